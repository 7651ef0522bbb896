"""A changed coding marks every cell and finding that rests on it, and no other: any change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.importing import read_transcript
from qualcode.model import Span
from qualcode.project import Project
from two_coder_study import TEXTS, make_project

CODES = ("motives", "motives/joy", "motives/energy", "motives/boredom")
CASES = {"A1": "P1", "A2": "P2", "A3": "P3"}
ANSWERS = {
    name: [
        (text.index(line) + 3, text.index(line) + len(line))
        for line in text.splitlines()
        if line.startswith("R:")
    ]
    for name, text in TEXTS.items()
}
PLACES = [(name, start, end) for name, spans in ANSWERS.items() for start, end in spans]

passages = st.tuples(st.sampled_from(PLACES), st.integers(0, 8), st.sampled_from(CODES))
studies = st.lists(passages, min_size=1, max_size=8, unique=True)
picks = st.integers(0, 1_000)
changes = st.tuples(
    st.sampled_from(["withdraw", "add", "recode", "correct", "rename"]), picks, passages
)


def place_of(passage: tuple[tuple[str, int, int], int, str]) -> tuple[str, Span, str]:
    (name, start, end), shorter, code = passage
    return name, Span(start, max(start + 1, end - shorter)), code


def make_change(project: Project, change: tuple[str, int, object], folder: Path) -> None:
    """Change the codings in one way; a coding that is there twice, or nothing, changes nothing."""
    kind, pick, passage = change
    codings = project.codings.collect()
    coding = codings[pick % len(codings)]
    if kind == "withdraw":
        project.codings.withdraw([coding.id])
    elif kind == "add":
        name, span, code = place_of(passage)  # type: ignore[arg-type]
        if (name, span, code) not in {(c.transcript, c.span, c.code) for c in codings}:
            project.codings.add(name, span, code)
    elif kind == "recode":
        _, _, code = place_of(passage)  # type: ignore[arg-type]
        taken = {(c.transcript, c.span, c.code) for c in codings}
        if (coding.transcript, coding.span, code) not in taken:
            project.codings.recode([coding.id], code)
    elif kind == "correct":
        text = TEXTS[coding.transcript].replace("leuk", "heel leuk").replace("saai", "doodsaai")
        file = folder / f"{coding.transcript}.txt"
        file.write_text(text, encoding="utf-8")
        project.transcripts.revisions.correct_text(read_transcript(file), coding.transcript)
    else:
        project.codebook.rename("motives/joy", "fun")


Evidence = dict[str, tuple[str, str, str]]


def evidence(project: Project, rests_on: Callable[[str, str], bool]) -> Evidence:
    """Return what a text rests on, found in the plainest way: by walking through all codings."""
    ids = {code.path: code.id for code in project.codebook.get().codes}
    return {
        c.id: (c.transcript, ids[c.code], c.quote)
        for c in project.codings.collect()
        if rests_on(CASES[c.transcript], c.code)
    }


def cells_of(project: Project) -> Iterator[tuple[str, str]]:
    for case in CASES.values():
        for code in project.codebook.get().paths:
            yield case, code


def evidence_of_cell(project: Project, case: str, code: str) -> Evidence:
    return evidence(project, lambda name, path: name == case and f"{path}/".startswith(f"{code}/"))


@settings(max_examples=examples(30), deadline=None)
@given(study=studies, change=changes)
def test_a_changed_coding_marks_each_cell_that_rests_on_it(
    study: list[tuple[tuple[str, int, int], int, str]], change: tuple[str, int, object]
) -> None:
    with TemporaryDirectory() as folder:
        target = make_project(Path(folder))
        with Project.open(target, as_coder="anna") as project:
            for name, span, code in {place_of(passage) for passage in study}:
                project.codings.add(name, span, code)
            framework = project.themes.framework
            for case, code in cells_of(project):
                framework.write_summary(case, code, "Een samenvatting.")
            renamed = {code.id: code.path for code in project.codebook.get().codes}
            before = {
                (case, code): evidence_of_cell(project, case, code)
                for case, code in cells_of(project)
            }
            make_change(project, change, Path(folder))
            now_called = {renamed[code.id]: code.path for code in project.codebook.get().codes}
            for (case, code), known in before.items():
                path = now_called[code]
                is_other = evidence_of_cell(project, case, path) != known
                assert framework.cell(case, path).is_stale == is_other, (case, path)
            stale = [
                (case, code)
                for case, code in cells_of(project)
                if framework.cell(case, code).is_stale
            ]
            assert framework.look_at(stale) == len(stale)
            assert not any(framework.cell(*place).is_stale for place in cells_of(project))


@settings(max_examples=examples(30), deadline=None)
@given(study=studies, change=changes, linked=st.lists(picks, max_size=3))
def test_a_changed_coding_marks_each_finding_that_rests_on_it(
    study: list[tuple[tuple[str, int, int], int, str]],
    change: tuple[str, int, object],
    linked: list[int],
) -> None:
    with TemporaryDirectory() as folder:
        target = make_project(Path(folder))
        with Project.open(target, as_coder="anna") as project:
            for name, span, place in {place_of(passage) for passage in study}:
                project.codings.add(name, span, place)
            findings, codings = project.themes.findings, project.codings.collect()
            ids = {codings[pick % len(codings)].id for pick in linked}
            known: dict[int, tuple[str, Evidence]] = {}
            for code in project.codebook.get().codes:
                number = findings.add("Een bevinding.", [code.path]).number
                findings.link(number, sorted(ids), contrary=number % 2 == 0)
                known[number] = (code.id, evidence_of_finding(project, code.path, ids))
            make_change(project, change, Path(folder))
            paths = {known_code.id: known_code.path for known_code in project.codebook.get().codes}
            for state in findings.report().findings:
                code_id, before = known[state.finding.number]
                is_other = evidence_of_finding(project, paths[code_id], ids) != before
                assert state.is_stale == is_other, (paths[code_id], change)
            findings.look_at([*known])
            assert not any(state.is_stale for state in findings.report().findings)


def evidence_of_finding(project: Project, code: str, linked: set[str]) -> Evidence:
    of_code = evidence(project, lambda _, path: f"{path}/".startswith(f"{code}/"))
    everything = evidence(project, lambda _, __: True)
    return of_code | {key: everything[key] for key in linked if key in everything}
