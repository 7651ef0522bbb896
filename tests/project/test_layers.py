"""Themes of a study that nobody settled: the layer of all coders together, or of one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.errors import UndefinedRequestError
from qualcode.model import UNION
from qualcode.project import Project, QuoteFilter
from two_coder_study import give, make_project, words_in

WORDS = "union of the codings of coder A and coder B"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = make_project(tmp_path)
    with Project.open(path, verify=False) as project:
        for coder in ("anna", "bram"):
            project.rounds.add_coder(coder)
        give(project, "A1", "leuk hoor", "joy", "anna", memo="van anna")
        give(project, "A1", "Het is leuk", "joy", "bram")
        give(project, "A1", "wakker", "energy", "anna")
        give(project, "A2", "leuk is het", "joy", "bram")
    return path


@pytest.fixture
def project(study: Path) -> Iterator[Project]:
    with Project.open(study, verify=False) as opened:
        yield opened


@pytest.mark.slow
def test_passages_with_one_code_that_overlap_are_one_passage(project: Project) -> None:
    union = project.codings.collect_layer(UNION)
    assert [(c.transcript, c.code, c.quote) for c in union] == [
        ("A1", "motives/joy", "Het is leuk hoor"),
        ("A1", "motives/energy", "wakker"),
        ("A2", "motives/joy", "leuk is het"),
    ]
    assert {coding.coder for coding in union} == {UNION}


def test_a_passage_is_left_out_of_print_if_one_coder_s_part_of_it_is(project: Project) -> None:
    part = next(c for c in project.codings.collect() if c.quote == "leuk hoor")
    project.disclosure.leave_out([part.id])
    report = project.quotes.report(QuoteFilter(layer=UNION))
    assert [q.text for s in report.sections for q in s.quotes] == ["wakker", "leuk is het"]


def test_without_a_consensus_the_error_names_both_ways_on(project: Project) -> None:
    with pytest.raises(UndefinedRequestError, match=r"--layer union.*--layer anna"):
        project.themes.report()


def test_the_layer_of_one_coder_says_that_there_is_another(project: Project) -> None:
    made = project.themes.report("anna").provenance
    assert made is not None
    assert (made.coders, made.other_coders) == (("anna",), ("bram",))
    assert "bram coded these interviews too" in made.describe_layer()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md", "json"])
def test_every_file_names_the_layer(suffix: str, study: Path, tmp_path: Path) -> None:
    for command in ("themes", "quotes"):
        out = tmp_path / f"{command}.{suffix}"
        options = ("--layer", "union", "--out", out, "--language", "en")
        assert not qualcode(command, *options, folder=study.parent).code
        text = words_in(out)
        if suffix == "json":
            made = json.loads(text)["made"]
            assert (made["layer"], made["coders"]) == ("union", ["coder A", "coder B"])
        else:
            assert WORDS in text


@pytest.mark.slow
def test_a_chart_in_a_file_names_the_layer_too(study: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    with Project.open(study) as project:
        report = project.themes.report(layer=UNION)
        paths = project.themes.plot(report, tmp_path / "charts", language="en")
    assert len(paths) == 2
    for path in paths:
        words = " ".join(re.findall(">([^<>]+)<", path.read_text(encoding="utf-8")))
        assert WORDS in words
        assert "anna" not in words


@pytest.mark.slow
def test_the_command_line_and_its_json_name_the_layer(study: Path) -> None:
    themes = ("themes", "--layer", "union")
    assert "union of the codings of anna and bram" in qualcode(*themes, folder=study.parent).out
    made = qualcode(*themes, "--json", folder=study.parent).json["made"]
    assert made["layer"] == "union"


def test_the_way_out_can_be_typed_for_a_coder_with_a_space(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path)) as project:
        for coder, code in (("Anna de Vries", "joy"), ("bram", "energy")):
            project.rounds.add_coder(coder)
            give(project, "A1", "Het is leuk", code, coder)
        with pytest.raises(UndefinedRequestError, match='--layer "Anna de Vries", --layer bram'):
            project.codings.collect_layer("final")
