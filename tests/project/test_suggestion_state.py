"""What suggestions learned is used again as long as nothing changed that they learned from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcode.model import MemoTarget, Role, SegmentKind, Span, Suggestion
from qualcode.project import Project
from qualcode.project import suggestion_model as module
from qualcode.project.snapshot import Snapshot
from two_coder_study import make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path)) as project:
        project.rounds.add_coder("anna")
        for name, word, code in (("A1", "leuk", "motives/joy"), ("A2", "wakker", "motives/energy")):
            project.acting_as("anna").codings.add(name, place(project, name, word), code)
        yield project


def place(work: Project, name: str, word: str) -> Span:
    """Return where a word stands in an interview."""
    start = work.transcripts.get(name).text.index(word)
    return Span(start, start + len(word))


def reject(work: Project) -> None:
    """Reject a code for the first sentence of an interview."""
    (sentence, *_) = work.transcripts.collect_segments(SegmentKind.SENTENCE, "A3")
    suggestion = Suggestion("A3", "motives/joy", 0.5, sentence.span)
    work.suggestions.reject(suggestion, sentence)


ROLES = {"R": Role.INTERVIEWER, "I": Role.RESPONDENT}
CHANGES: dict[str, Callable[[Project], object]] = {
    "a coding": lambda work: work.codings.add("A3", place(work, "A3", "saai"), "motives/boredom"),
    "a rejection": reject,
    "the role of a speaker": lambda work: work.transcripts.set_roles("A2", ROLES),
    "a new name of an interview": lambda work: work.transcripts.revisions.rename("A2", "B2"),
    "a language": lambda work: work.transcripts.set_language(["A2"], "en"),
}
NO_CHANGES: dict[str, Callable[[Project], object]] = {
    "a memo": lambda work: work.codings.add_memo(MemoTarget.PROJECT, "", "Denk hieraan."),
    "what somebody saw": lambda work: work.suggestions.offer("A3"),
}


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages whose passages were collected, one for each time."""
    calls: list[str] = []
    collect = module.SuggestionModel._collect

    def count(model: module.SuggestionModel, snapshot: Snapshot, language: str) -> object:
        calls.append(language)
        return collect(model, snapshot, language)

    monkeypatch.setattr(module.SuggestionModel, "_collect", count)
    return calls


def learn(project: Project) -> None:
    # A project of its own: nothing is remembered but what the file keeps.
    path = project.history.path
    assert path is not None
    with Project.open(path) as fresh:
        fresh.acting_as("anna").suggestions.offer("A1")


@pytest.mark.slow
def test_nothing_is_collected_again_while_nothing_changed(
    project: Project, collected: list[str]
) -> None:
    learn(project)
    learn(project)
    assert collected == ["nl"]


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
@pytest.mark.slow
def test_what_teaches_nothing_changes_nothing(
    project: Project, collected: list[str], change: Callable[[Project], object]
) -> None:
    learn(project)
    change(project.acting_as("anna"))
    learn(project)
    assert collected == ["nl"]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.slow
def test_what_teaches_something_else_is_learned_anew(
    project: Project, collected: list[str], change: Callable[[Project], object]
) -> None:
    learn(project)
    change(project.acting_as("anna"))
    learn(project)
    assert collected == ["nl", "nl"]
