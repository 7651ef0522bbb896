"""A coder's work travels between copies of a project: whole, once, and only where it fits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import ConflictError, UnknownNameError, UnreadableFileError
from qualcode.model import MemoTarget
from qualcode.project import Project
from two_coder_study import SECRET, give, make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two copies of a project in which a blind round was made."""
    here = make_project(tmp_path, "here")
    with Project.open(here) as project:
        project.acting_as("anna").rounds.create(
            "een", coders=("anna", "bram"), transcripts=("A1", "A2")
        )
    shutil.copy(here, tmp_path / "there.qualcode")
    return tmp_path


@pytest.fixture
def there(folder: Path) -> Iterator[Project]:
    with Project.open(folder / "there.qualcode", as_coder="bram") as project:
        give(project, "A1", "Het is leuk hoor", "joy", "bram", memo=SECRET)
        key = give(project, "A2", "Dat is alles", "boredom", "bram")
        project.acting_as("bram").codings.add_memo(MemoTarget.CODING, key, "een notitie")
        yield project


@pytest.fixture
def here(folder: Path) -> Iterator[Project]:
    with Project.open(folder / "here.qualcode", as_coder="carla") as project:
        yield project


def test_work_comes_in_as_one_step_with_its_ids_times_and_notes(
    folder: Path, there: Project, here: Project
) -> None:
    there.rounds.hand_in("een", "bram")
    there.exchange.write_package("bram", folder / "bram.json")
    steps = {event.step for event in here.history.events()}
    merged = here.acting_as("carla").exchange.merge_package(folder / "bram.json")
    assert (merged.added, merged.memos, merged.handed_in) == (2, 1, ("een",))
    assert here.codings.collect() == there.codings.collect()
    assert here.codings.collect_memos() == there.codings.collect_memos()
    assert len({event.step for event in here.history.events()} - steps) == 1
    assert here.history.check() == ()


def test_merging_twice_changes_nothing(folder: Path, there: Project, here: Project) -> None:
    there.rounds.hand_in("een", "bram")
    there.exchange.write_package("bram", folder / "bram.json")
    here.acting_as("carla").exchange.merge_package(folder / "bram.json")
    before = here.history.revision()
    assert here.acting_as("carla").exchange.merge_package(folder / "bram.json").changed is False
    assert here.history.revision() == before


def test_the_same_work_gives_the_same_bytes(folder: Path, there: Project) -> None:
    there.exchange.write_package("bram", folder / "one.json")
    there.exchange.write_package("bram", folder / "two.json")
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()
    assert json.loads((folder / "one.json").read_text("utf-8"))["format"] == "qualcode-work/1"


def test_what_was_withdrawn_there_is_withdrawn_here(
    folder: Path, there: Project, here: Project
) -> None:
    there.exchange.write_package("bram", folder / "bram.json")
    here.exchange.merge_package(folder / "bram.json")
    there.acting_as("bram").codings.withdraw([there.codings.collect()[0].id])
    there.exchange.write_package("bram", folder / "bram.json")
    merged = here.exchange.merge_package(folder / "bram.json")
    assert (merged.added, merged.withdrawn, merged.known) == (0, 1, 1)
    assert here.codings.collect() == there.codings.collect()


def test_a_coding_made_in_both_copies_stands_once(
    folder: Path, there: Project, here: Project
) -> None:
    give(here.acting_as("bram"), "A1", "Het is leuk hoor", "joy", "bram")
    there.exchange.write_package("bram", folder / "bram.json")
    assert here.exchange.merge_package(folder / "bram.json").added == 1


def test_what_suggestions_were_shown_travels_along_once(
    folder: Path, there: Project, here: Project
) -> None:
    """Else the report would say that nobody saw a suggestion."""
    there.acting_as("bram").suggestions.offer("A3")
    assert there.suggestions.collect_exposures()
    there.exchange.write_package("bram", folder / "bram.json")
    for _ in range(2):
        here.exchange.merge_package(folder / "bram.json")
        assert here.suggestions.collect_exposures() == there.suggestions.collect_exposures()


def test_an_undo_takes_back_the_whole_merge(folder: Path, there: Project, here: Project) -> None:
    there.exchange.write_package("bram", folder / "bram.json")
    here.acting_as("carla").exchange.merge_package(folder / "bram.json")
    here.acting_as("carla").history.undo()
    assert here.codings.collect() == ()
    assert here.codings.collect_memos() == ()


def test_who_is_bound_by_the_round_merges_without_seeing(
    folder: Path, there: Project, here: Project
) -> None:
    there.exchange.write_package("bram", folder / "bram.json")
    anna = here.acting_as("anna")
    merged = anna.exchange.merge_package(folder / "bram.json")
    assert merged.added is None
    assert anna.codings.collect() == ()
    assert len(here.codings.collect()) == 2


def test_only_the_coder_exports_blind_work(there: Project) -> None:
    for viewer in ("anna", ""):
        with pytest.raises(ConflictError, match="only bram can export"):
            there.acting_as(viewer).exchange.collect_package("bram")


def test_other_texts_are_refused_and_nothing_is_merged(folder: Path, there: Project) -> None:
    there.exchange.write_package("bram", folder / "bram.json")
    other = folder / "other"
    other.mkdir()
    target = make_project(other)
    with Project.open(target) as project:
        project.rounds.create("een", coders=("anna", "bram"), transcripts=("A1", "A2"))
    data = json.loads((folder / "bram.json").read_text("utf-8"))
    data["texts"][0]["sha256"] = "0" * 64
    (folder / "changed.json").write_text(json.dumps(data), "utf-8")
    with Project.open(target, as_coder="carla") as project:
        with pytest.raises(ConflictError, match="another text of 'A1'"):
            project.exchange.merge_package(folder / "changed.json")
        data["texts"][0]["name"] = "A9"
        (folder / "changed.json").write_text(json.dumps(data), "utf-8")
        with pytest.raises(ConflictError, match="'A9', a text that this project does not have"):
            project.exchange.merge_package(folder / "changed.json")
        assert project.codings.collect() == ()
        assert project.exchange.merge_package(folder / "bram.json").added == 2


def test_another_version_of_the_codebook_is_refused(
    folder: Path, there: Project, here: Project
) -> None:
    there.acting_as("bram").codebook.rename("motives/joy", "fun")
    there.exchange.write_package("bram", folder / "bram.json")
    with pytest.raises(ConflictError, match="version 2 of the codebook, which this project does"):
        here.exchange.merge_package(folder / "bram.json")
    here.acting_as("carla").codebook.rename("motives/joy", "pleasure")
    with pytest.raises(ConflictError, match="has with other codes or texts"):
        here.exchange.merge_package(folder / "bram.json")


def test_an_older_codebook_is_taken_where_the_round_asks_for_it(
    folder: Path, there: Project, here: Project
) -> None:
    there.exchange.write_package("bram", folder / "bram.json")
    here.acting_as("carla").codebook.rename("motives/joy", "fun")
    assert here.exchange.merge_package(folder / "bram.json").added == 2
    assert here.codings.collect()[0].code == "motives/fun"


def test_an_older_codebook_outside_a_round_is_refused(
    folder: Path, there: Project, here: Project
) -> None:
    give(there, "A3", "Nu is het leuk", "joy", "bram")
    there.exchange.write_package("bram", folder / "bram.json")
    here.acting_as("carla").codebook.rename("motives/joy", "fun")
    with pytest.raises(ConflictError, match="has version 2 now"):
        here.exchange.merge_package(folder / "bram.json")
    assert here.codings.collect() == ()


def test_another_round_is_refused(folder: Path, there: Project, here: Project) -> None:
    there.rounds.create("twee", coders=("anna", "bram"), transcripts=("A3",))
    there.exchange.write_package("bram", folder / "bram.json")
    with pytest.raises(ConflictError, match="round 'twee', which this project does not have"):
        here.exchange.merge_package(folder / "bram.json")
    here.rounds.create("twee", coders=("anna", "bram"), transcripts=("A3",), blind=False)
    with pytest.raises(ConflictError, match=r"Round 'twee' .* has other"):
        here.exchange.merge_package(folder / "bram.json")


def test_what_was_handed_in_here_is_not_changed_by_a_merge(
    folder: Path, there: Project, here: Project
) -> None:
    there.rounds.hand_in("een", "bram")
    there.exchange.write_package("bram", folder / "bram.json")
    here.exchange.merge_package(folder / "bram.json")
    there.rounds.reopen("een", "bram")
    give(there, "A1", "Anders is het saai", "boredom", "bram")
    there.exchange.write_package("bram", folder / "bram.json")
    with pytest.raises(ConflictError, match="reopen een --coder bram"):
        here.exchange.merge_package(folder / "bram.json")
    assert len(here.codings.collect()) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "is no JSON"),
        ("[]", "no JSON object"),
        ("{}", "is not a work file"),
        ('{"format": "qualcode-work/2"}', "has the format 'qualcode-work/2'"),
        ('{"format": "qualcode-work/1"}', "is damaged"),
    ],
)
def test_a_file_that_is_no_work_file_is_refused(
    folder: Path, here: Project, text: str, said: str
) -> None:
    (folder / "x.json").write_text(text, "utf-8")
    with pytest.raises(UnreadableFileError, match=said):
        here.exchange.merge_package(folder / "x.json")


@pytest.mark.parametrize("field", ["texts", "codings", "rounds", "memos", "codebooks", "coder"])
@pytest.mark.parametrize("value", [None, 5, "x", [5], [{}], {"a": 1}])
def test_a_damaged_field_is_refused_in_a_sentence(
    folder: Path, there: Project, here: Project, field: str, value: object
) -> None:
    there.exchange.write_package("bram", folder / "bram.json")
    data = json.loads((folder / "bram.json").read_text("utf-8")) | {field: value}
    (folder / "x.json").write_text(json.dumps(data), "utf-8")
    with pytest.raises((UnreadableFileError, ConflictError)):
        here.exchange.merge_package(folder / "x.json")
    assert here.codings.collect() == ()


def test_a_coder_who_is_not_there_has_no_work(here: Project) -> None:
    for name in ("dirk", "consensus"):
        with pytest.raises(UnknownNameError):
            here.exchange.collect_package(name)
