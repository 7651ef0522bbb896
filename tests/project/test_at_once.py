"""Two who change the same thing at the same moment: neither loses what the other wrote."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from qualcode import codebook_edits
from qualcode.model import Code, Codebook
from qualcode.project import Project
from qualcode.project.cases_update import update_cases
from qualcode.project.measures import pack_measures


class Meanwhile:
    """Starts what a colleague does in the middle of a change, and lets both finish.

    Args:
        act: What the colleague does, in a window of their own.
    """

    def __init__(self, act: Callable[[], object]) -> None:
        self._thread = Thread(target=act)
        self._is_started = False

    def start(self) -> None:
        if not self._is_started:
            self._is_started = True
            self._thread.start()
            # Long enough to finish, unless it has to wait for the change that is going on.
            self._thread.join(1.0)

    def finish(self) -> None:
        self._thread.join(30)
        assert not self._thread.is_alive()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "study.qualcode"
    with Project.create(path, name="s", as_coder="anna") as project:
        project.codebook.save(Codebook("s", (Code("werk"),)), "first")
    return path


@pytest.mark.slow
def test_two_codes_that_are_added_at_once_are_both_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_code = codebook_edits.add_code
    with Project.open(path, as_coder="anna") as anna, Project.open(path, as_coder="bram") as bram:
        meanwhile = Meanwhile(lambda: bram.codebook.add(Code("thuis")))

        def slow(book: Codebook, code: Code) -> Codebook:
            edited = add_code(book, code)
            meanwhile.start()
            return edited

        monkeypatch.setattr(codebook_edits, "add_code", slow)
        anna.codebook.add(Code("reizen"))
        meanwhile.finish()
        assert {*anna.codebook.get().paths} == {"werk", "reizen", "thuis"}


@pytest.mark.slow
def test_two_measures_of_disclosure_at_once_are_both_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(path, as_coder="anna") as anna, Project.open(path, as_coder="bram") as bram:
        meanwhile = Meanwhile(bram.disclosure.hide_counts)

        def slow(*parts: Any) -> Any:
            packed = pack_measures(*parts)
            meanwhile.start()
            return packed

        monkeypatch.setattr("qualcode.project.disclosure.pack_measures", slow)
        anna.disclosure.set_threshold(5)
        meanwhile.finish()
        measures = anna.disclosure.measures()
    assert (measures.threshold, measures.hide_counts) == (5, True)


@pytest.mark.slow
def test_two_tables_of_people_at_once_are_both_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, column in (("ages", "leeftijd"), ("towns", "plaats")):
        rows = [f"case,transcript,{column}", f"P1,G1,{name}"]
        (tmp_path / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "G1.txt").write_text("I: Hoe?\nR: Goed.\n", encoding="utf-8")
    with Project.open(path, as_coder="anna") as anna, Project.open(path, as_coder="bram") as bram:
        list(anna.transcripts.read_files([tmp_path / "G1.txt"]))
        meanwhile = Meanwhile(partial(bram.cases.read, tmp_path / "towns.csv"))

        def slow(*parts: Any) -> Any:
            update = update_cases(*parts)
            meanwhile.start()
            return update

        monkeypatch.setattr("qualcode.project.cases.update_cases", slow)
        anna.cases.read(tmp_path / "ages.csv")
        meanwhile.finish()
        (case,) = anna.cases.collect()
    assert {"ages", "towns"} <= {*case.attributes.values()}
