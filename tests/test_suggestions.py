"""Suggestions in a project: shown and kept, accepted, rejected, silent in a round without them."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode import study
from qualcode.errors import (
    DuplicateError,
    InvalidValueError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.model import FrozenMap, HitUnit, SavedSearch, SegmentKind
from qualcode.project import Project, run_search, suggest_for_segments


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "study.qualcode"
    with Project.create(path) as made:
        made.codebook.read(study.codebook())
        assert all(r.read for r in made.transcripts.read_files(study.transcripts()[:2]))
        made.cases.read(study.cases())
        for guide in study.guides():
            made.transcripts.read_guide(guide)
        list(made.transcripts.segment())
    return path


@pytest.fixture
def project(tmp_path: Path, template: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(template, tmp_path / "study.qualcode")) as opened:
        yield opened


def test_what_a_coder_was_shown_is_kept_and_is_no_coding(project: Project) -> None:
    found = project.acting_as("anna").suggestions.offer("G01", limit=2, floor=0.3)
    assert found
    assert all(1 <= len(offers) <= 2 for _, offers in found)
    assert all(offer.because for _, offers in found for offer in offers)
    shown = project.suggestions.collect_exposures()
    assert {(e.coder, e.transcript) for e in shown} == {("anna", "G01")}
    assert [e.codes for e in shown] == [tuple(o.code for o in offers) for _, offers in found]
    assert project.codings.collect() == ()


def test_suggestions_lie_in_what_respondents_said(project: Project) -> None:
    text = project.transcripts.get("G01")
    own = {turn.number for turn in text.respondent_turns()}
    for segment, offers in project.acting_as("anna").suggestions.offer(
        "G01", unit=SegmentKind.TURN
    ):
        assert set(segment.turns) <= own
        assert all(o.span is None or segment.span.contains(o.span) for o in offers)


def test_accepting_makes_a_coding_whose_origin_names_the_suggester(project: Project) -> None:
    segment, offers = project.acting_as("anna").suggestions.offer("G01", floor=0.3)[0]
    coding = project.acting_as("anna").suggestions.accept(offers[0], "G01")
    assert coding.origin == "suggestion:fused@5"
    assert coding.span == offers[0].span
    assert segment.span.contains(coding.span)
    with pytest.raises(DuplicateError):
        project.acting_as("anna").suggestions.accept(offers[0], "G01")
    project.acting_as("anna").history.undo()
    assert project.codings.collect() == ()


def test_a_rejected_suggestion_is_not_shown_to_that_coder_again(project: Project) -> None:
    segment, offers = project.acting_as("anna").suggestions.offer("G01", floor=0.3)[0]
    project.acting_as("anna").suggestions.reject(offers[0], segment)
    again = dict(project.acting_as("anna").suggestions.offer("G01", floor=0.3))
    assert offers[0].code not in {o.code for o in again.get(segment, ())}
    other = dict(project.acting_as("bram").suggestions.offer("G01", floor=0.3))
    assert offers[0].code in {o.code for o in other[segment]}
    project.acting_as("anna").suggestions.reject(offers[0], segment, again=True)
    back = dict(project.acting_as("anna").suggestions.offer("G01", floor=0.3))
    assert offers[0].code in {o.code for o in back[segment]}


def test_in_a_round_without_suggestions_nothing_is_shown_or_kept(project: Project) -> None:
    project.rounds.create("one", coders=("anna", "bram"), transcripts=("G01",), blind=True)
    with pytest.raises(UndefinedRequestError, match="has no suggestions"):
        project.acting_as("anna").suggestions.offer("G01")
    assert project.suggestions.collect_exposures() == ()
    assert project.acting_as("anna").suggestions.offer("G02")


def test_a_search_is_coded_as_one_step(project: Project) -> None:
    hits = project.suggestions.find(lemma="werken", where={"group": "users"})
    assert hits
    made = project.acting_as("anna").suggestions.code_hits(hits, "influences/finances")
    assert len(made) == len(hits)
    assert {coding.origin for coding in made} == {"find"}
    project.acting_as("anna").history.undo()
    assert project.codings.collect() == ()


def test_sentences_and_turns_of_hits_are_coded_once(project: Project) -> None:
    anna, code = project.acting_as("anna"), "influences/finances"
    hits = project.suggestions.find(lemma="ik")
    turns = anna.suggestions.code_hits(hits, code, HitUnit.TURN)
    assert len(turns) == len({(hit.transcript, hit.turn) for hit in hits}) < len(hits)
    # What has the code already keeps it; where all have it, that is said.
    with pytest.raises(DuplicateError):
        anna.suggestions.code_hits(hits, code, HitUnit.TURN)
    sentences = anna.suggestions.code_hits(hits, code, HitUnit.SENTENCE)
    for coding in sentences:
        inside = [t for t in turns if t.transcript == coding.transcript]
        assert any(turn.span.contains(coding.span) for turn in inside)
    assert project.suggestions.find(lemma="ik", without=["influences"]) == ()
    only = project.suggestions.find(exact="werk", transcripts=("G01",))
    assert {hit.transcript for hit in only} == {"G01"}
    with pytest.raises(UnknownNameError):
        project.suggestions.find(exact="werk", transcripts=("Z9",))


def test_a_search_is_kept_run_and_removed(project: Project) -> None:
    search = SavedSearch(
        "geld, nog niet gecodeerd",
        "geld",
        without=("influences",),
        where=FrozenMap({"group": "users"}),
    )
    project.suggestions.save_search(search)
    assert project.suggestions.collect_searches() == (search,)
    assert run_search(project, search) == project.suggestions.find(
        lemma="geld", where={"group": "users"}
    )
    with pytest.raises(UnknownNameError, match="saved search"):
        project.suggestions.remove_search("geld")
    project.suggestions.remove_search(search.name)
    assert project.suggestions.collect_searches() == ()
    with pytest.raises(InvalidValueError, match="1 to 120"):
        SavedSearch(" ")


def test_nothing_to_measure_against_is_said(project: Project) -> None:
    with pytest.raises(UndefinedRequestError):
        project.suggestions.evaluate()


LINES = [
    {"id": 1, "text": "Ik bel mijn dealer en binnen een kwartier is hij er."},
    {"id": "b", "text": "😀😀", "question": "U24"},
    {"id": "c", "text": "", "question": "Hoe kom je eraan?"},
]


def test_suggestions_without_a_project_rank_every_code(tmp_path: Path) -> None:
    path = tmp_path / "segments.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    words = ("--codebook", study.codebook(), "--guide", study.guides()[1], "--segments", path)
    result = qualcode("suggest", *words, "--json", folder=tmp_path)
    assert result.code == 0, result.err
    lines = [json.loads(line) for line in result.out.strip().split("\n")]
    assert [line["id"] for line in lines] == ["1", "b", "c"]
    for line in lines:
        assert len(line["suggestions"]) == 44
        assert {"code", "theme", "probability", "because"} <= set(line["suggestions"][0])
        chances = [one["probability"] for one in line["suggestions"]]
        assert chances == sorted(chances, reverse=True)
    assert lines[0]["suggestions"][0]["code"] == "influences/availability"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "Line 1"),
        ("[1]", "Line 1"),
        ('{"text": "x"}', "no 'id'"),
        ('{"id": 1}', "no 'text'"),
        ('{"id": 1, "text": 3}', "not a text"),
    ],
)
def test_lines_that_are_no_segments_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "segments.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QualcodeError, match=message):
        suggest_for_segments(study.codebook().with_name("minimal.yaml"), path)
    with pytest.raises(QualcodeError, match="There is no file"):
        suggest_for_segments(study.codebook(), tmp_path / "nowhere.jsonl")


def test_the_commands_show_suggestions_searches_and_the_language(
    project: Project, tmp_path: Path
) -> None:
    project.close()
    shown = qualcode("suggest", "G01", "--coder", "anna", "--json", folder=tmp_path)
    assert shown.code == 0, shown.err
    assert shown.json[0]["suggestions"][0]["code"]
    found = qualcode("find", "geld", "--json", folder=tmp_path)
    assert found.code == 0, found.err
    assert all("geld" in hit["text"].lower() for hit in found.json)
    given = qualcode(
        "find", "geld", "--give", "influences/finances", "--coder", "anna", folder=tmp_path
    )
    assert f"{len(found.json)} codings" in given.err
    pieces = qualcode("language", "--json", folder=tmp_path).json
    assert {"spacy", "simplemma"} <= {piece["name"] for piece in pieces if piece["in_use"]}
    kept = ("geld", "--without", "influences", "--save", "geld, nog te doen")
    assert "keeps this search" in qualcode("find", *kept, folder=tmp_path).err
    again = qualcode("find", "--saved", "geld, nog te doen", "--json", folder=tmp_path)
    assert again.json == []
    assert qualcode("find", "--exact", "geld", "--interview", "G01", folder=tmp_path).code == 0
    for bad in (["--saved", "iets"], ["geld OF"], ["--interview", "Z9"]):
        refused = qualcode("find", *bad, folder=tmp_path)
        assert (refused.code, "Traceback" in refused.err) == (1, False), bad
    for words in (("language", "xx"), ("find",), ("find", "--pattern", "("), ("suggest", "Z9")):
        refused = (
            qualcode(*words, "--coder", "anna", folder=tmp_path)
            if words[0] != "language"
            else qualcode(*words, folder=tmp_path)
        )
        assert refused.code == 1, words
        assert "Traceback" not in refused.err


def test_the_examples_learn_from_what_a_coder_rejects(project: Project) -> None:
    """The same words are proposed with less confidence after the code was rejected for them."""
    for name in ("codings_anna.csv", "codings_bram.csv"):
        table = next(path for path in study.codings() if path.name == name)
        project.codings.read_table(table, coder="anna", partial=True)
    turns = project.transcripts.collect_segments(SegmentKind.TURN, "G02")
    # rejected for the whole turn, so that the sentence itself is still suggested for
    segment, offer, turn = max(
        (
            (segment, offers[0], turn)
            for segment, offers in project.acting_as("anna").suggestions.offer("G02", limit=1)
            for turn in turns
            if turn.span.contains(segment.span) and turn.span != segment.span
        ),
        key=lambda offered: offered[1].probability,
    )
    project.acting_as("anna").suggestions.reject(offer, turn)
    after = dict(project.acting_as("anna").suggestions.offer("G02", limit=44))
    chances = {one.code: one.probability for one in after[segment]}
    assert chances.get(offer.code, 0.0) < offer.probability


@pytest.mark.slow
def test_the_whole_path_of_a_project_runs_with_sockets_blocked(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    segment, offers = project.acting_as("anna").suggestions.offer("G01", floor=0.3)[0]
    project.acting_as("anna").suggestions.accept(offers[0], "G01")
    project.acting_as("bram").suggestions.reject(offers[0], segment)
    assert project.acting_as("anna").suggestions.offer("G01")
    assert project.suggestions.evaluate("all").passages == 1
    assert project.suggestions.find(lemma="vriend")


@pytest.mark.slow
def test_with_enough_codings_of_ones_own_the_weights_are_fitted_to_them(project: Project) -> None:
    """Whoever codes nothing as suggested is shown less sure suggestions."""
    before = project.acting_as("anna").suggestions.offer("G01", limit=1)
    codes = ("consequences/shame", "motives/sex", "influences/finances")
    for number, (segment, _) in enumerate(before[:60]):
        project.acting_as("anna").codings.add("G01", segment.span, codes[number % 3])
    after = project.acting_as("anna").suggestions.offer("G01", limit=1)
    sure = [
        sum(offers[0].probability for _, offers in found) / len(found) for found in (before, after)
    ]
    assert sure[1] < sure[0] - 0.1
