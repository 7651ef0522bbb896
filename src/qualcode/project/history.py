"""What was changed in a project: events, undo and redo, the check of its quotes, backups."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import encryption
from qualcode.errors import ConflictError, InvalidValueError, Problem
from qualcode.exporting.files import write_bytes
from qualcode.importing.files import read_bytes
from qualcode.messages import Message
from qualcode.model import Event
from qualcode.model.team import Right
from qualcode.project.backups import list_backups
from qualcode.project.part import Part

if TYPE_CHECKING:
    from qualcode.storage.rescue import RescueReport


class History(Part):
    """The steps that were made, and what protects them from loss."""

    @property
    def path(self) -> Path | None:
        """The file of the project; None if it is on a server or in memory."""
        return self._store.path

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

    def state(self) -> str:
        """Return the hash of all changes; two copies of a project with one hash are the same."""
        return self._store.state()

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

    def check(self, *, thorough: bool = True) -> tuple[Problem, ...]:
        """Return everything that is wrong inside the project: none means all quotes hold.

        Args:
            thorough: Read every stored value too. Opening a project leaves out what takes seconds.
        """
        return self._store.check(thorough=thorough)

    def back_up(self, to: Path, passphrase: str = "") -> None:
        """Copy the project to a file that does not exist yet, while it is open.

        Args:
            to: The new file.
            passphrase: Encrypt the copy with it; plain where it is empty.

        Raises:
            ConflictError: the file is there already.
            InvalidValueError: the passphrase is too short.
            NotAllowedError: the role of the acting coder allows no copy.
        """
        self._store.require(Right.COPY)
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
        """Return files that look like copies of the project: they keep the names.

        They lie next to it, or are backups that the program made by itself.
        """
        path = self._store.path
        if path is None:
            return ()
        beside = (
            file
            for file in sorted(path.resolve().parent.glob("*"))
            if file.name != path.name and file.suffix in {".qualcode", ".qdpx", ".sealed"}
        )
        return (*beside, *(backup.path for backup in list_backups(self._project)))


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


def rescue_project(file: Path, to: Path) -> RescueReport:
    """Save all that is whole in a damaged project file into a new file, and say what is not.

    Raises:
        DamagedProjectError: nothing in the file is whole.
        ProjectError: a file cannot be read or written, or the new one exists already.
    """
    from qualcode.storage.rescue import rescue

    return rescue(file, to)


def copy_project(source: Path | str, to: Path | str) -> Mapping[str, int]:
    """Copy a whole project to a file that does not exist yet, or to an empty database on a server.

    Args:
        source: The project: a file, or the URL of a database.
        to: The new place.

    Returns:
        How many ``transcripts`` and ``codings`` there are; every row was compared.

    Raises:
        DuplicateError: there is a project at the new place.
        ProjectError: a place cannot be read or written.
    """
    from qualcode.storage.transfer import transfer

    return transfer(source, to)


def upgrade_project(target: str, dump: Path, who: str = "") -> bool:
    """Bring a project on a server to the newest schema, after a dump; tell whether it was older.

    Args:
        target: URL of the database.
        dump: The file for the dump, which does not exist yet.
        who: Who does it; where the project has a list of people, an owner.

    Raises:
        NotAllowedError: who asks is no owner.
        ProjectError: no dump could be made, so that nothing was changed.
        UndefinedRequestError: the project is a file.
    """
    from qualcode.storage.upgrade import upgrade

    return upgrade(target, dump, who)


def is_encrypted_backup(file: Path) -> bool:
    """Tell whether a file is an encrypted backup.

    Raises:
        UnreadableFileError: it cannot be read.
    """
    return encryption.is_encrypted(read_bytes(file))


def restore_plain(file: Path, to: Path) -> None:
    """Write the project in a backup that is not encrypted to a file that does not exist yet.

    Raises:
        ProjectError: the backup is no project, or the new file cannot be made.
    """
    from qualcode.storage import Store

    with Store.open(file) as store:
        store.backup(to)
