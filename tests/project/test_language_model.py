"""A language model of one's own in a project: off by default, asked, kept, measured, printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_runner import qualcode
from model_server import NAME, ModelServer, running_server
from qualcode.errors import (
    InvalidValueError,
    ModelServerError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.exporting.reports.methods_section import methods_paragraphs
from qualcode.model import Round
from qualcode.project import Project
from two_coder_study import give, make_project

WORDS = {"Plezier": ("leuk",), "Verveling": ("saai",)}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running_server(words=WORDS) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with Project.open(file, as_coder="anna", verify=False) as opened:
        give(opened, "A1", "Het is leuk hoor", "joy", "anna")
        yield opened


def choose(project: Project, server: ModelServer) -> None:
    project.suggestions.language_model.choose(server.url, NAME)


def test_it_is_off_until_somebody_chooses_it(project: Project, server: ModelServer) -> None:
    project.suggestions.offer("A1")
    assert project.suggestions.language_model.read_choice() is None
    with pytest.raises(UndefinedRequestError, match="No language model"):
        project.suggestions.language_model.ask()
    assert not server.paths


def test_another_machine_is_not_chosen(project: Project) -> None:
    with pytest.raises(InvalidValueError, match="another machine"):
        project.suggestions.language_model.choose("http://10.1.2.3:11434", NAME)
    assert project.suggestions.language_model.read_choice() is None


def test_a_model_without_a_name_and_an_unknown_protocol_are_refused(
    project: Project, server: ModelServer
) -> None:
    choice = project.suggestions.language_model
    with pytest.raises(InvalidValueError, match="as its server calls it"):
        choice.choose(server.url, " ")
    with pytest.raises(UnknownNameError, match="openai"):
        choice.choose(server.url, NAME, "lm-studio")
    assert choice.read_choice() is None


@pytest.mark.slow
def test_what_it_says_is_offered_kept_and_named(project: Project, server: ModelServer) -> None:
    choose(project, server)
    report = project.suggestions.language_model.ask("A1")
    assert report.codes_given > 0
    prompts = len(server.prompts)
    offers = project.suggestions.offer("A1", floor=0.0)
    # offering asks nothing
    assert len(server.prompts) == prompts
    model = project.suggestions.language_model.read_choice()
    assert model is not None
    spoken = [s for _, listed in offers for s in listed if s.version.endswith(model.description)]
    assert spoken
    assert {reason.suggester for s in spoken for reason in s.reasons} >= {"language_model"}
    assert any(
        exposure.suggester.endswith(f" with {model.description}")
        for exposure in project.suggestions.collect_exposures()
    )
    coding = project.acting_as("bram").suggestions.accept(spoken[0], "A1")
    assert coding.origin == f"suggestion:fused@{spoken[0].version}"
    for needed in (NAME, "digest=0123456789ab", "Q4_K_M", "prompt=1", "temperature=0", "seed=1"):
        assert needed in coding.origin
    assert project.suggestions.language_model.ask("A1").new_judgements == 0


def test_a_model_of_another_digest_is_not_mixed_up_with_it(
    project: Project, server: ModelServer
) -> None:
    choose(project, server)
    server.digest = "sha256:ffffffffffffffff"
    with pytest.raises(ModelServerError, match="another version"):
        project.suggestions.language_model.ask("A1")
    choose(project, server)
    assert project.suggestions.language_model.ask("A1").known_judgements == 0


def test_nothing_is_asked_of_an_open_blind_round(project: Project, server: ModelServer) -> None:
    choose(project, server)
    for coder in ("anna", "bram"):
        project.rounds.add_coder(coder)
    project.rounds.put(Round("one", ("anna", "bram"), ("A1", "A2")))
    # whoever asks: also somebody who is not in the round
    for coder in ("anna", "carla"):
        own_model = project.acting_as(coder).suggestions.language_model
        with pytest.raises(UndefinedRequestError, match="open round"):
            own_model.ask("A1")
    report = project.suggestions.language_model.ask()
    assert report.left_out == ("A1", "A2")
    text = project.transcripts.get("A1").text
    spoken = [line.split(": ")[-1] for line in text.splitlines() if len(line) > 30]
    asked = "\n".join(server.prompts)
    assert spoken
    others = "\n".join(
        other.text for other in project.transcripts.collect() if other.name not in ("A1", "A2")
    )
    assert not any(line in asked for line in spoken if line not in others)


@pytest.mark.slow
def test_it_is_measured_like_every_other(project: Project, server: ModelServer) -> None:
    give(project, "A2", "leuk is het ook", "joy", "anna")
    before = project.suggestions.evaluate("all")
    assert before.judged is None
    choose(project, server)
    project.suggestions.language_model.ask()
    report = project.suggestions.evaluate("all")
    assert "language_model" in {score.suggester for score in report.suggesters}
    assert "language_model" in {score.suggester for score in report.without}
    assert report.judged
    assert report.judged > 0


@pytest.mark.slow
def test_after_it_is_turned_off_suggestions_are_those_of_before(
    project: Project, server: ModelServer
) -> None:
    before = project.suggestions.offer("A1")
    choose(project, server)
    project.suggestions.language_model.ask("A1")
    assert project.suggestions.offer("A1") != before
    project.suggestions.language_model.turn_off()
    assert project.suggestions.offer("A1") == before


@pytest.mark.slow
def test_the_command_line_chooses_asks_measures_and_turns_off(
    file: Path, server: ModelServer
) -> None:
    with Project.open(file) as project:
        give(project, "A1", "Het is leuk hoor", "joy", "anna")
    folder = file.parent
    options = ("-p", file)
    shown = qualcode("language-model", *options, folder=folder)
    assert "No language model" in shown.out
    refused = qualcode(
        "language-model", "--server", "http://example.org", "--name", "x", *options, folder=folder
    )
    assert refused.code == 1
    wrong = qualcode("language-model", "--server", server.url, *options, folder=folder)
    assert wrong.code == 2
    chosen = qualcode(
        "language-model", "--server", server.url, "--name", NAME, *options, folder=folder
    )
    assert (chosen.code, "digest=0123456789ab" in chosen.out) == (0, True)
    asked = qualcode("suggest", "ask", "--json", *options, folder=folder)
    assert asked.json["codes_given"] > 0
    again = qualcode("suggest", "ask", "--interview", "A1", *options, folder=folder)
    assert "now: 0;" in again.out
    measured = qualcode("suggest", "evaluate", "--layer", "all", *options, folder=folder)
    assert "language_model" in measured.out
    assert "The language model judged" in measured.out
    offered = qualcode("suggest", "A1", "--coder", "anna", "--json", *options, folder=folder)
    assert "language_model" in offered.out
    off = qualcode("language-model", "--off", "--json", *options, folder=folder)
    assert json.loads(off.out) is None


@pytest.mark.slow
def test_the_methods_section_says_which_model_and_how_often_it_was_corrected(
    project: Project, server: ModelServer
) -> None:
    choose(project, server)
    project.suggestions.language_model.ask("A1")
    bram = project.acting_as("bram")
    offers = bram.suggestions.offer("A1", floor=0.0)
    spoken = [(place, s) for place, listed in offers for s in listed if " with " in s.version]
    bram.suggestions.accept(spoken[0][1], "A1")
    bram.suggestions.reject(spoken[-1][1], spoken[-1][0])
    study = project.agreement.report(("anna", "bram"))
    (use,) = study.method.model_uses
    assert (use.accepted, use.rejected) == (1, 1)
    model = project.suggestions.language_model.read_choice()
    assert model is not None
    assert use.description == model.description
    (paragraph, *_) = methods_paragraphs(study, "en")
    assert model.description in paragraph
    assert "accepted 1 of what it spoke for and rejected 1 (50% of those decided on)" in paragraph
