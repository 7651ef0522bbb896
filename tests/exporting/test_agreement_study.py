"""The whole report of agreement: the methods paragraph says what the project knows, no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from qualcode.errors import MissingExtraError
from qualcode.exporting import write_agreement
from qualcode.exporting.charts import chart_files
from qualcode.exporting.reports.methods_section import methods_paragraphs
from qualcode.model import (
    AgreementReport,
    Choice,
    Coding,
    Confusion,
    Decision,
    Disagreement,
    DisagreementKind,
    Leak,
    Round,
    Span,
)
from qualcode.model.adjudication_summary import AdjudicationSummary, ReasonCount
from qualcode.model.agreement_study import AgreementStudy, Method

ROUND = Round("een", ("Anna", "Bram"), ("U01", "U03"), closed=True, seed=7, drawn_from=10)
METHOD = Method("qualcode 9", 10, 2, ROUND, 0, 0, 30, 4, 28, 3, (1, 2))
CODING = Coding(
    "a" * 32, "U01", Span(0, 4), "Snel", "influences/availability", "Anna", memo="let op"
)


@pytest.fixture
def study(agreement_report: AgreementReport) -> AgreementStudy:
    codes = ("influences/availability", "influences/finances")
    difference = Disagreement(
        "d1", "U01", Span(0, 9), codes[0], "Anna", "Bram", DisagreementKind.MISSED, (CODING,)
    )
    return AgreementStudy(
        agreement_report,
        METHOD,
        Confusion(
            ("Anna", "Bram"), codes, ((7, 1, 2), (0, 0, 0), (1, 0, 0)), (Leak(*codes, 1, 0.1),)
        ),
        (difference,),
        (Decision("d1", Choice.TAKE_A, "Cor", "U01", "boundary: een woord"),),
        settling=AdjudicationSummary(
            ("Anna", "Bram"),
            *(1, 0, ("Cor",), (("a", 1),), (ReasonCount("boundary", 1, codes[:1]),), 0, 300.0),
            agreement_report.overall,
            (),
        ),
    )


def said(study: AgreementStudy, language: str = "en") -> str:
    return " ".join(methods_paragraphs(study, language))


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            (
                "Anna and Bram both coded 2 of the 10 interviews (20%), independently",
                "drawn at random from 10 interviews (seed 7)",
                "versions 1 and 2; it has 30 codes under 4 themes, against 28",
                "(40)",
                "0.70 (95%: 0.50; 0.90)",
                "There was 1 difference. Of these, 1 was resolved by Cor",
                "boundary of the passage (1)",
                "computed with qualcode 9.",
            ),
        ),
        (
            "nl",
            (
                "Anna en Bram codeerden 2 van de 10 interviews (20%) allebei, onafhankelijk",
                "aselect getrokken uit 10 interviews (startgetal 7)",
                "0,70 (95%: 0,50; 0,90)",
                "beurten van respondenten",
                "grens van de passage (1)",
            ),
        ),
    ],
)
def test_the_methods_paragraph_is_filled_from_the_project(
    study: AgreementStudy, language: str, parts: tuple[str, ...]
) -> None:
    text = said(study, language)
    for part in parts:
        assert part in text, part


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"round": None}, "does not record whether they did so independently"),
        ({"round": None}, "does not record how these interviews were chosen"),
        ({"round": replace(ROUND, blind=False)}, "in the joint round ‘een’"),
        ({"round": replace(ROUND, seed=None)}, "were chosen, not drawn"),
        ({"round": replace(ROUND, seed=None), "double_coded": 10}, "All interviews were coded"),
        ({"round": replace(ROUND, stratified_by="sex")}, "stratified by sex"),
        ({"reopened": 2, "reopened_after_all": 1}, "opened again 2 times, of which 1 after all"),
        ({"exposures": 9, "adopted": 3}, "shown 9 times; 3 codings came from them"),
    ],
)
def test_what_was_done_otherwise_is_said(
    study: AgreementStudy, change: dict[str, object], part: str
) -> None:
    method = replace(METHOD, **change)  # type: ignore[arg-type]
    assert part in said(replace(study, method=method))


def test_differences_without_a_decision_are_said_to_be_unsettled(study: AgreementStudy) -> None:
    assert "It has not been resolved yet" in said(replace(study, settling=None))
    assert "each says which" in said(replace(study, settling=None))
    assert "no differences" in said(replace(study, disagreements=(), settling=None))


def test_every_part_stands_in_the_documents(study: AgreementStudy, tmp_path: Path) -> None:
    write_agreement(study, tmp_path / "a.md", language="en")
    text = (tmp_path / "a.md").read_text("utf-8")
    for title in ("Methods", "Which code met which", "How the disagreements were resolved"):
        assert f"## {title}" in text
    assert "“Snel” memo: let op" in text
    assert "boundary of the passage: een woord" in text
    assert "qualcode 9; codebook substance" in text


def test_the_sheets_hold_passages_in_full_with_memos(study: AgreementStudy, tmp_path: Path) -> None:
    write_agreement(study, tmp_path / "a.xlsx", language="en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    header, row = book["Differences"].iter_rows(values_only=True)
    shown = dict(zip(header, row, strict=True))
    assert (shown["A's passage"], shown["A's memo"], shown["decision"]) == ("Snel", "let op", "A")
    matrix = list(book["Confusion"].iter_rows(values_only=True))
    assert matrix[1][1:] == ("influences / availability", 7, 1, 2)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "html", "md", "xlsx", "json"])
def test_the_same_study_gives_the_same_bytes(
    study: AgreementStudy, tmp_path: Path, suffix: str
) -> None:
    paths = [tmp_path / f"{name}.{suffix}" for name in ("one", "two")]
    for path in paths:
        write_agreement(study, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.slow
def test_without_the_extra_the_report_comes_without_the_plot(
    study: AgreementStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise MissingExtraError("not installed")

    monkeypatch.setattr(chart_files, "converter", missing)
    write_agreement(study, tmp_path / "a.html")
    assert "<img" not in (tmp_path / "a.html").read_text("utf-8")


def test_counts_of_one_are_singular(study: AgreementStudy, tmp_path: Path) -> None:
    one = replace(METHOD, exposures=1, adopted=1, interviews=1, double_coded=1, codes=1, themes=1)
    text = said(replace(study, method=one), "nl")
    assert "1 van 1 interview (100%)" in text
    assert "werden 1 keer getoond; 1 codering kwam eruit voort" in text
    assert "het telt 1 code onder 1 thema, tegen" in text
    write_agreement(study, tmp_path / "a.md")
    assert "1 besluit, 0 nog open" in (tmp_path / "a.md").read_text("utf-8")
