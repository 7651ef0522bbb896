"""What was changed in a project: events, undo and redo, the check of its quotes, backups."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from qualcode import encryption
from qualcode.errors import ConflictError, InvalidValueError, Problem
from qualcode.exporting.files import write_bytes
from qualcode.importing.transcripts import read_bytes
from qualcode.messages import Message
from qualcode.model import Event
from qualcode.project.part import Part


class History(Part):
    """The steps that were made, and what protects them from loss."""

    def events(self, *, coder: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """Return what was changed, newest last.

        Args:
            coder: Only what this coder changed.
            limit: Only the latest ones, at most so many.
        """
        return self._store.events(who=coder, limit=limit)

    def step(self) -> AbstractContextManager[None]:
        """Make all changes inside a ``with`` block one step of the history."""
        return self._store.step(self._coder)

    def revision(self) -> int:
        """Return a number that grows with every change, whoever made it."""
        return self._store.revision()

    # --- undo --------------------------------------------------------------------------------

    def undo(self) -> tuple[Event, ...]:
        """Undo the last step of the acting coder, and return its events.

        Raises:
            ConflictError: somebody changed the same things since.
            UndefinedRequestError: there is nothing to undo.
        """
        return self._store.undo(self._coder)

    def next_undo(self) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
        """Return the events that :meth:`undo` would take back, and later ones it passes over.

        Passed over is what cannot be undone: cutting texts into segments, handing in.
        """
        return self._store.next_undo(self._coder)

    def last_turned(self) -> tuple[Event, ...]:
        """Return the events of the step that the acting coder undid or redid last."""
        return self._store.last_turned(self._coder)

    def redo(self) -> tuple[Event, ...]:
        """Do the step again that the acting coder undid last; see :meth:`undo`."""
        return self._store.redo(self._coder)

    def undo_counts(self) -> tuple[int, int]:
        """Return how many steps the acting coder can undo on the coding page, and how many redo."""
        return self._store.count_browser_steps(self._coder)

    # --- safety ------------------------------------------------------------------------------

    def check(self) -> tuple[Problem, ...]:
        """Return everything that is wrong inside the project: none means all quotes hold."""
        return self._store.check()

    def back_up(self, to: Path, passphrase: str = "") -> None:
        """Copy the project to a file that does not exist yet, while it is open.

        Args:
            to: The new file.
            passphrase: Encrypt the copy with it; plain where it is empty.

        Raises:
            ConflictError: the file is there already.
            InvalidValueError: the passphrase is too short.
        """
        if to.exists():
            raise ConflictError(
                Message("'{to}' is there already. Give the backup another name.", to=to)
            )
        if passphrase:
            # Encrypted in memory, so that no plain copy reaches the disk.
            write_bytes(to, encryption.encrypt(self._store.backup_bytes(), passphrase))
        else:
            self._store.backup(to)

    def find_copies(self) -> tuple[Path, ...]:
        """Return files next to the project that look like copies of it: they keep the names."""
        path = self._store.path
        if path is None:
            return ()
        return tuple(
            file
            for file in sorted(path.resolve().parent.glob("*"))
            if file.name != path.name and file.suffix in {".qualcode", ".qdpx", ".sealed"}
        )


def restore_backup(file: Path, to: Path, passphrase: str) -> None:
    """Write the project in an encrypted backup to a file that does not exist yet.

    Raises:
        ConflictError: the file is there already.
        UnreadableFileError: it is no encrypted backup, or does not open with this passphrase.
    """
    if to.exists():
        raise ConflictError(
            Message("'{to}' is there already. Give the project another name.", to=to)
        )
    project = encryption.decrypt(read_bytes(file), passphrase, file.name)
    # The first bytes of every SQLite file: a sealed key of names opens too, and is no project.
    if not project.startswith(b"SQLite format 3\x00"):
        raise InvalidValueError(
            Message("'{name}' opens, but holds no project. Give another file.", name=file.name)
        )
    write_bytes(to, project)
