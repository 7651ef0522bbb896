"""The chain of evidence: findings, who carries them, what speaks against them, what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcode.errors import (
    InvalidValueError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.model import FrozenMap
from qualcode.model.finding import FindingState, OutsideEvidence, Relation
from qualcode.project import Project
from two_coder_study import give, make_project

MOTIVES, JOY = "motives", "motives/joy"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two users and a professional, coded by anna."""
    with Project.open(make_project(tmp_path), as_coder="anna", verify=False) as opened:
        give(opened, "A1", "Het is leuk hoor", "joy", "anna")
        give(opened, "A1", "je blijft wakker", "energy", "anna")
        give(opened, "A2", "leuk is het ook", "joy", "anna")
        give(opened, "A3", "Het was saai thuis", "boredom", "anna")
        yield opened


def id_of(project: Project, words: str) -> str:
    return next(c.id for c in project.codings.collect() if c.quote == words)


def state_of(project: Project, number: int = 1, *, for_print: bool = False) -> FindingState:
    report = project.themes.findings.report(for_print=for_print)
    return next(s for s in report.findings if s.finding.number == number)


def counts(state: FindingState) -> dict[str, tuple[int | None, int | None]]:
    return {reach.group: (reach.cases, reach.of) for reach in state.reaches}


def test_a_finding_counts_participants_per_group(project: Project) -> None:
    findings = project.themes.findings
    assert findings.add("Plezier is de reden.", [JOY]).number == 1
    assert counts(state_of(project)) == {"": (2, 3), "users": (2, 2), "professionals": (0, 1)}
    # A passage of another code carries it too; one that speaks against it does not.
    findings.link(1, [id_of(project, "Het was saai thuis")[:8]])
    findings.link(1, [id_of(project, "leuk is het ook")[:8]], contrary=True)
    state = state_of(project)
    assert counts(state) == {"": (2, 3), "users": (1, 2), "professionals": (1, 1)}
    assert [quote.text for quote in state.supporting] == ["Het was saai thuis"]
    assert [quote.text for quote in state.contrary] == ["leuk is het ook"]
    findings.unlink(1, [id_of(project, "leuk is het ook")[:8]])
    assert counts(state_of(project))["users"] == (2, 2)


def test_a_passage_is_on_one_side_only(project: Project) -> None:
    findings, key = project.themes.findings, id_of(project, "leuk is het ook")
    findings.add("Plezier.", [JOY])
    findings.link(1, [key])
    finding = findings.link(1, [key], contrary=True)
    assert (finding.supporting, finding.contrary) == ((), (key,))


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda f: f.add(" "), "needs a sentence"),
        (lambda f: f.add("woord " * 10_000), "has 10000 words"),
        (lambda f: f.add("Iets.", ["motief"]), "No code 'motief'"),
        (lambda f: f.add("Iets.", layer="carla"), "carla"),
        (lambda f: f.edit(9, text="Iets."), "No finding '9'"),
        (lambda f: f.link(1, ["0123456789"]), "no passage '0123456789'"),
        (lambda f: f.link(1, [""]), "no passage ''"),
        (lambda f: f.unlink(1, ["0123456789"]), "No passage '0123456789'"),
        (lambda f: f.recommend("Doe iets.", []), "name one"),
        (lambda f: f.recommend("Doe iets.", [9]), "No finding '9'"),
        (lambda f: f.recommend("Doe iets.", [1], 7), "No recommendation '7'"),
        (lambda f: f.recommend("", [1]), "needs a sentence"),
        (lambda f: f.set_evidence(1, [OutsideEvidence(" ")]), "where the evidence is from"),
        (lambda f: f.accept_small_counts(1, " "), "Say why"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_is_refused_in_a_sentence(
    project: Project, act: object, refusal: str
) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    with pytest.raises(QualcodeError, match=refusal):
        act(findings)  # type: ignore[operator]
    assert len(findings.report().findings) == 1


@pytest.mark.slow
def test_a_changed_coding_marks_the_finding_and_what_is_recommended(project: Project) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    findings.add("Energie.", ["motives/energy"])
    findings.recommend("Bied iets anders dat leuk is.", [1])
    give(project, "A3", "Nu is het leuk", "joy", "anna")
    assert [s.finding.number for s in findings.report().findings if s.is_stale] == [1]
    told = "\n".join(map(str, findings.check(findings.report())))
    assert "A finding that it rests on changed" in told
    assert findings.look_at([1]) == 1
    assert not state_of(project).is_stale
    key = id_of(project, "Het was saai thuis")
    findings.link(2, [key])
    assert not state_of(project, 2).is_stale
    project.codings.withdraw([key])
    assert state_of(project, 2).is_stale
    findings.unlink(2, [key[:8]])
    assert not state_of(project, 2).is_stale


def test_linking_does_not_count_as_looking_at_the_rest(project: Project) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    give(project, "A3", "Nu is het leuk", "joy", "anna")
    findings.link(1, [id_of(project, "Het was saai thuis")])
    assert state_of(project).is_stale


@pytest.mark.slow
def test_undo_and_removal(project: Project) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    findings.add("Energie.")
    findings.recommend("Doe iets.", [1, 2])
    findings.remove(1)
    (recommendation,) = findings.report().recommendations
    assert len(recommendation.findings) == 1
    assert [s.finding.number for s in findings.report().findings] == [2]
    project.history.undo()
    assert len(findings.report().findings) == 2
    assert len(findings.report().recommendations[0].findings) == 2
    findings.recommend("", [], 1)
    assert findings.report().recommendations == ()


def test_contrary_cases_are_proposed_and_change_nothing(project: Project) -> None:
    book = project.codebook.get()
    opposite: FrozenMap[str, tuple[str, ...]] = FrozenMap({"opposite": ("boredom",)})
    codes = tuple(replace(c, attributes=opposite) if c.path == JOY else c for c in book.codes)
    project.codebook.save(book.with_codes(codes), "opposite")
    give(project, "A1", "Anders is het saai", "boredom", "anna")
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    proposals = {p.kind: p for p in findings.propose_contrary(1)}
    assert proposals["opposite"].cases == ("P1",)
    assert proposals["opposite"].codings == (id_of(project, "Anders is het saai"),)
    assert (proposals["silent"].group, proposals["silent"].cases) == ("professionals", ("P3",))
    assert state_of(project).finding.contrary == ()
    assert not state_of(project).is_stale


def test_small_counts_are_printed_after_a_decision_only(project: Project) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    assert state_of(project).risk
    printed = state_of(project, for_print=True)
    assert {reach.cases for reach in printed.reaches} <= {None, 0}
    findings.accept_small_counts(1, "allen keurden het goed")
    printed = state_of(project, for_print=True)
    assert counts(printed)["users"] == (2, 2)
    assert printed.accepted == "allen keurden het goed"
    project.disclosure.hide_counts()
    printed = state_of(project, for_print=True)
    assert counts(printed)["users"] == (None, 2)
    # A file with hidden counts may not say why they are printed.
    assert printed.accepted == ""


def test_a_file_hides_small_counts_whatever_report_it_is_given(
    project: Project, tmp_path: Path
) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    for number, for_print in enumerate((False, True)):
        findings.write(findings.report(for_print=for_print), tmp_path / f"{number}.md")
    written = [(tmp_path / f"{number}.md").read_text("utf-8") for number in range(2)]
    assert written[0] == written[1]
    assert "<3" in written[0]
    assert "2 van 2" not in written[0]


def test_a_recommendation_on_a_finding_that_is_gone_is_told(project: Project) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    findings.recommend("Doe iets.", [1])
    report = findings.report()
    assert "It rests on no finding" not in "\n".join(map(str, findings.check(report)))
    told = "\n".join(map(str, findings.check(replace(report, findings=()))))
    assert "It rests on no finding" in told


@pytest.mark.slow
def test_a_passage_that_is_left_out_is_in_no_file(project: Project, tmp_path: Path) -> None:
    findings, key = project.themes.findings, id_of(project, "leuk is het ook")
    findings.add("Iemand zegt 'leuk is  het ook'.", [JOY])
    findings.link(1, [key, id_of(project, "Het is leuk hoor")])
    said = "3 op 10 zeggen: leuk is het ook"
    findings.set_evidence(1, [OutsideEvidence("Monitor 2020", said, Relation.EXTENDS)])
    findings.recommend("Let op plezier.", [1])
    project.disclosure.leave_out([key])
    # Also of a report that was made for the screen: a file hides by itself.
    report = findings.report()
    for suffix in ("docx", "xlsx", "html", "md", "json"):
        path = tmp_path / f"joint.{suffix}"
        findings.write(report, path)
        if suffix == "docx":
            tables = Document(str(path)).tables
            words = "\n".join(c.text for t in tables for r in t.rows for c in r.cells)
            width = Document(str(path)).sections[0].page_width
            assert width is not None
            assert round(width.mm) == 297
        elif suffix == "xlsx":
            book = load_workbook(path)
            words = "\n".join(str(c.value) for sheet in book for row in sheet for c in row)
        else:
            words = path.read_text(encoding="utf-8")
        assert "leuk is het ook" not in words, suffix
        assert "Het is leuk hoor" in words, suffix
        assert "Monitor 2020" in words, suffix
        assert key not in words, suffix
    findings.write(report, tmp_path / "audit.html", audit=True)
    assert "Het is leuk hoor" in (tmp_path / "audit.html").read_text(encoding="utf-8")


def test_in_a_blind_round_each_sees_their_own(project: Project) -> None:
    bram = project.acting_as("bram")
    project.rounds.add_coder("bram")
    project.rounds.create("blind", coders=["anna", "bram"], transcripts=["A1"])
    give(bram, "A1", "Het is leuk hoor", "joy", "bram")
    bram.themes.findings.add("Van bram.", [JOY], layer="bram")
    project.themes.findings.add("Van anna.", [JOY], layer="anna")
    assert [s.finding.text for s in project.themes.findings.report().findings] == ["Van anna."]
    assert state_of(project).finding.number == 1
    project.rounds.hand_in("blind", "anna")
    bram.rounds.hand_in("blind", "bram")
    report = project.themes.findings.report()
    assert [(s.finding.number, s.finding.text) for s in report.findings] == [
        (1, "Van anna."),
        (2, "Van bram."),
    ]


@pytest.mark.slow
def test_a_finding_on_a_layer_that_is_gone_is_marked(project: Project) -> None:
    findings = project.themes.findings
    findings.add("Plezier.", [JOY])
    give(project.acting_as("bram"), "A1", "je blijft wakker", "joy", "bram")
    with pytest.raises(UndefinedRequestError):
        project.codings.collect_layer("final")
    assert state_of(project).is_stale


def test_a_retired_layer_name_is_unknown(project: Project) -> None:
    with pytest.raises(UnknownNameError):
        project.themes.findings.add("Iets.", layer="niemand")


def test_a_long_finding_is_refused(project: Project) -> None:
    with pytest.raises(InvalidValueError, match="120 is the most"):
        project.themes.findings.add("woord " * 121)
