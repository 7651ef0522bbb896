"""A codebook file does not take back unseen what a colleague changed meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ConflictError
from qualcode.model import Code, Codebook, LocalText
from qualcode.project import Project


def test_an_import_over_an_unseen_change_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    path, file = tmp_path / "study.qualcode", tmp_path / "book.yaml"
    with Project.create(path, name="s", as_coder="anna") as anna:
        anna.codebook.save(Codebook("s", (Code("werk"), Code("thuis"))), "first")
        anna.codebook.write(file)
        seen = anna.codebook.get()
        bram = anna.acting_as("bram")
        bram.codebook.edit("werk", definition=LocalText({"nl": "Van bram."}))
        stored = anna.codebook.get()
        with pytest.raises(ConflictError, match="Nothing is imported"):
            anna.codebook.read(file, as_read=seen)
        assert anna.codebook.get() == stored
        # An undo and another change give a version of the same number, and are noticed as well.
        bram.history.undo()
        bram.codebook.edit("thuis", definition=LocalText({"nl": "Weer van bram."}))
        assert anna.codebook.get().version == stored.version
        with pytest.raises(ConflictError, match="Nothing is imported"):
            anna.codebook.read(file, as_read=stored)
        # Who has looked at the change imports over it.
        book, _problems = anna.codebook.read(file, as_read=anna.codebook.get())
        assert not book.code("thuis").definition
