"""What an open blind round hides of the other coder, and when it shows all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualcode.errors import ConflictError, UndefinedRequestError, UnknownNameError
from qualcode.model import MemoTarget, Span
from qualcode.placement import Placement
from qualcode.project import Project
from two_coder_study import SECRET, give, make_project


class Kept:
    """A project in which both coded in an open blind round; what of it is bram's secret."""

    def __init__(self, folder: Path) -> None:
        self.path = make_project(folder)
        with Project.open(self.path) as project:
            project.rounds.create("een", coders=("anna", "bram"), transcripts=("A1", "A2"))
            bram, anna = project.acting_as("bram"), project.acting_as("anna")
            self.ids = [
                give(bram, "A1", "Het is leuk hoor", "joy", "bram", memo=SECRET),
                give(bram, "A2", "Dat is alles", "boredom", "bram"),
            ]
            give(bram, "A3", "Nu is het leuk", "joy", "bram", memo="mag gezien worden")
            give(anna, "A1", "je blijft wakker", "energy", "anna")
            give(anna, "A2", "Om wakker te blijven", "energy", "anna")
            bram.codings.add_memo(MemoTarget.CODING, self.ids[0], SECRET)
            bram.codings.add_memo(MemoTarget.TURN, "A1#2", SECRET)
            bram.codings.add_memo(MemoTarget.TRANSCRIPT, "A2", SECRET)
            bram.quotes.choose(self.ids[:1])
            bram.quotes.set_excerpt(self.ids[0], "Het is [...] hoor")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("blind"))


@pytest.fixture
def anna(kept: Kept, tmp_path: Path) -> Iterator[Project]:
    copy = tmp_path / "copy.qualcode"
    copy.write_bytes(kept.path.read_bytes())
    with Project.open(copy, as_coder="anna") as project:
        yield project


@pytest.mark.slow
def test_own_codings_and_those_outside_the_round_are_shown(anna: Project) -> None:
    shown = {(c.transcript, c.coder) for c in anna.codings.collect()}
    assert shown == {("A1", "anna"), ("A2", "anna"), ("A3", "bram")}


def test_counts_leave_the_other_out(anna: Project) -> None:
    assert anna.codings.count() == {"motives/energy": 2, "motives/joy": 1}
    mine, other = anna.rounds.progress("een")
    assert (mine.codings, other.codings, other.uncoded) == (2, None, None)


def test_someone_unnamed_sees_nobodys_work_in_the_round(kept: Kept) -> None:
    with Project.open(kept.path) as project:
        assert {c.transcript for c in project.codings.collect()} == {"A3"}
        assert [one.name for one in project.rounds.collect_hiding()] == ["een"]


def test_somebody_outside_the_round_sees_all(kept: Kept) -> None:
    with Project.open(kept.path, as_coder="carla") as project:
        assert len(project.codings.collect()) == 5


@pytest.mark.parametrize("viewer", ["anna", "bram", "", "carla"])
def test_reports_of_both_are_refused_for_everyone(kept: Kept, viewer: str) -> None:
    with (
        Project.open(kept.path, as_coder=viewer) as project,
        pytest.raises(UndefinedRequestError, match="anna and bram did not hand in"),
    ):
        project.agreement.compare(("anna", "bram"))


def test_an_oracle_is_refused(anna: Project, kept: Kept) -> None:
    """Coding as bram would tell by its refusal that bram coded the passage."""
    span = Span(25, 29)
    with pytest.raises(ConflictError, match="anna cannot act for bram"):
        anna.codings.add_placements([Placement("A1", span, "motives/joy", "bram")], origin="x")
    with pytest.raises(UnknownNameError):
        anna.codings.withdraw(kept.ids[:1])
    with pytest.raises(ConflictError, match="anna cannot act for bram"):
        anna.rounds.hand_in("een", "bram")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("undo", ("bram",)),
        ("code", ("A1", Span(25, 29), "motives/joy", "bram")),
        ("withdraw", (["0"], "bram")),
    ],
)
def test_the_old_verbs_act_for_nobody_else_either(
    anna: Project, verb: str, arguments: tuple[Any, ...]
) -> None:
    with pytest.raises(ConflictError, match="anna cannot act for bram"):
        getattr(anna, verb)(*arguments)


def test_all_is_shown_once_both_have_handed_in(anna: Project) -> None:
    anna.rounds.hand_in("een", "anna")
    assert len(anna.codings.collect()) == 3
    anna.acting_as("bram").rounds.hand_in("een", "bram")
    assert len(anna.codings.collect()) == 5
    assert anna.agreement.compare(("anna", "bram"), round="een").units == 4


def test_opening_again_hides_again(anna: Project) -> None:
    anna.rounds.hand_in("een", "anna")
    anna.acting_as("bram").rounds.hand_in("een", "bram")
    anna.rounds.reopen("een", "anna")
    assert len(anna.codings.collect()) == 3
