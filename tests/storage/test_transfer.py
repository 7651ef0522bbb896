"""A project that moves to a server, or back, is the same there, with what was withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, delete

from qualcode.errors import DuplicateError, ProjectError
from qualcode.storage import Store, row_sums
from qualcode.storage.schema import codings
from qualcode.storage.transfer import transfer
from store_contents import Study, clock, file_of, first_codebook, interview


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A project with a coding, a withdrawn coding, a step that was undone, and vectors."""
    path = tmp_path / "source.qualcode"
    with Store.create(path, name="Proef", now=clock()) as store:
        transcript = interview()
        store.add_transcript(transcript, file_of(transcript), "Anna")
        store.save_codebook(first_codebook(), "Anna", "the first one")
        store.add_coder("Anna", "Anna")
        study = Study(store, transcript)
        study.code("feest")
        store.withdraw_codings([study.code("vrienden").id], "Anna")
        study.code("week")
        store.undo("Anna")
        store.keep_vectors("model", {"key": b"\x00\xff"})
    return path


@pytest.mark.slow
def test_a_copied_project_is_the_same_and_goes_on(source: Path, place: str, tmp_path: Path) -> None:
    assert transfer(source, place) == {"transcripts": 1, "codings": 1}
    back = tmp_path / "back.qualcode"
    transfer(place, back)
    with Store.open(source) as store, Store.open(place) as there, Store.open(back) as again:
        for copy in (there, again):
            assert copy.check() == ()
            assert copy.events() == store.events()
            assert copy.info() == store.info()
            assert copy.codings(include_withdrawn=True) == store.codings(include_withdrawn=True)
            assert copy.vectors("model", ["key"]) == {}
            copy.redo("Anna")
            assert [coding.quote for coding in copy.codings()] == ["feest", "week"]


@pytest.mark.slow
def test_a_copy_replaces_no_project(source: Path, place: str) -> None:
    transfer(source, place)
    with pytest.raises(DuplicateError):
        transfer(source, place)


@pytest.mark.slow
def test_a_copy_that_came_out_different_is_not_kept(
    source: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_codings(connection: Connection) -> None:
        connection.execute(delete(codings))

    with monkeypatch.context() as patch:
        patch.setattr(row_sums, "renew", lose_codings)
        with pytest.raises(ProjectError, match=r"came out different \(codings\)"):
            transfer(source, place)
    with pytest.raises(ProjectError):
        Store.open(place)
    assert transfer(source, place)["codings"] == 1
