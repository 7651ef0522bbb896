"""Decisions on disagreements, and what the author chose to print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.errors import InvalidValueError, UnknownNameError
from qualcode.model import Choice, Decision, Span
from store_contents import Study


def decision(disagreement: str, choice: Choice = Choice.TAKE_A, **more: object) -> Decision:
    return Decision(disagreement, choice, "Anna", "G01", **more)  # type: ignore[arg-type]


def test_the_latest_decision_on_a_disagreement_stands_and_history_keeps_both(
    study: Study,
) -> None:
    one, two = study.store.add_decisions([decision("d1"), decision("d2")], "Anna")
    agreed = decision("d1", Choice.NEW, span=Span(21, 30), code="motieven", reason="breder")
    (new,) = study.store.add_decisions([agreed], "Anna")
    assert replace(new, decided_at=None) == agreed
    assert study.store.decisions() == (two, new)
    made = [e for e in study.store.events() if e.action == "decision.add"]
    assert len(made) == 3
    study.store.undo("Anna")
    assert study.store.decisions() == (one, two)


@pytest.mark.parametrize(
    ("wrong", "kind", "told"),
    [
        (decision("d", Choice.NEW, span=Span(0, 900), code="motieven"), InvalidValueError, "900"),
        (decision("d", Choice.NEW, span=Span(0, 9), code="x"), UnknownNameError, "No code 'x'"),
        (replace(decision("d"), transcript="G9"), UnknownNameError, "No transcript 'G9'"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(
    study: Study, wrong: Decision, kind: type[Exception], told: str
) -> None:
    with pytest.raises(kind, match=told):
        study.store.add_decisions([decision("d0"), wrong])
    assert study.store.decisions() == ()


def test_chosen_quotes_are_those_of_standing_codings(study: Study) -> None:
    one, two = study.code("feest"), study.code("vrienden")
    study.store.choose([one.id, two.id], True, "Anna")
    study.store.choose([one.id], True, "Ben")
    study.store.choose([two.id], False, "Ben")
    assert study.store.chosen() == {one.id}
    study.store.withdraw_codings([one.id], "Anna")
    assert study.store.chosen() == frozenset()
    with pytest.raises(UnknownNameError, match="withdrawn"):
        study.store.choose([one.id], True)
    study.store.undo("Anna")
    assert study.store.chosen() == {one.id}


def test_the_text_to_print_is_set_changed_and_taken_away(study: Study) -> None:
    coding = study.code("Op een feest 😀, met vrienden")
    study.store.set_excerpt(coding.id, "Op een feest [...]", "Anna")
    study.store.set_excerpt(coding.id, "[...] met vrienden", "Anna")
    assert study.store.excerpts() == {coding.id: "[...] met vrienden"}
    study.store.undo("Anna")
    assert study.store.excerpts() == {coding.id: "Op een feest [...]"}
    study.store.set_excerpt(coding.id, None, "Anna")
    assert study.store.excerpts() == {}
    with pytest.raises(InvalidValueError, match="empty"):
        study.store.set_excerpt(coding.id, "  ")
