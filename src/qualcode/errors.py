"""Errors in two forms: problems in data, and requests that cannot be met.

Defines :class:`Problem` (trouble in data, returned with a result) and the exceptions under
:class:`QualcodeError` (a request that cannot be met). The command line and the app show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qualcode.model import Code, FieldConflict


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in data, as a value, so that one odd line does not stop an import.

    Attributes:
        where: The file, and the line, cue, paragraph or code in it.
        message: The trouble in one sentence.
        hint: Advice on what to do; empty if nothing is needed.
    """

    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        if not self.hint:
            return Message("{where}: {message}", where=self.where, message=self.message)
        return Message(
            "{where}: {message} {hint}", where=self.where, message=self.message, hint=self.hint
        )


class QualcodeError(Exception):
    """A request that cannot be met; the message says what, where and what to do next."""


class InvalidValueError(QualcodeError, ValueError):
    """A value that may not exist: an empty span, a coding without a coder, ..."""


class UnreadableFileError(QualcodeError):
    """A file that cannot be read in the format of its name."""


class UnsupportedFormatError(QualcodeError):
    """A file name suffix that has no reader or writer."""


class WriteError(QualcodeError):
    """A file that cannot be written: read-only folder, full disk."""


class InvalidCodebookError(QualcodeError):
    """A codebook or guide file that does not describe one; carries its problems."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class InvalidTableError(QualcodeError):
    """A csv or xlsx table with the wrong columns or rows; carries its problems."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class UnknownColumnsError(InvalidTableError):
    """No column of a table is known to hold what is needed; a person can say which does.

    Attributes:
        titles: Titles of the columns that there are.
        missing: What no column is known to hold: ``code``, ``quote``, ...
    """

    def __init__(
        self, message: str, titles: Iterable[str], missing: Iterable[str] = ("code",)
    ) -> None:
        super().__init__(message)
        self.titles = tuple(titles)
        self.missing = tuple(missing)


class UnknownNameError(QualcodeError):
    """A name that the project does not have: code, transcript, case, coder, round."""


class DuplicateError(QualcodeError):
    """An item that exists already: the same file twice, a name in use."""


class AlreadyImportedError(DuplicateError):
    """An interview that the project has already, by its file or its text."""


class SameTextError(DuplicateError):
    """An interview whose text the project has under another name: a copy, or another person's."""


class WithdrawnTextError(QualcodeError):
    """A text, or a file made on it, whose words a participant took back."""


class ConflictError(QualcodeError):
    """Two changes that exclude each other; the message names both."""


class EditConflictError(ConflictError):
    """Two people changed one thing, each without having seen the other's change; nothing is saved.

    Attributes:
        stored: What is stored now: a :class:`~qualcode.model.Code`, or the values of other things
            by field; None if it is gone.
        fields: What the later person wanted to save, where both changed a field with the stored
            value; as it was sent if the thing is gone.
        conflicts: Both sides of each field that both changed; empty if the thing is gone.
    """

    def __init__(
        self,
        message: str,
        stored: Code | Mapping[str, Any] | None,
        fields: Mapping[str, Any],
        conflicts: Iterable[FieldConflict] = (),
    ) -> None:
        super().__init__(message)
        self.stored = stored
        self.fields = dict(fields)
        self.conflicts = tuple(conflicts)


class LossError(ConflictError):
    """Something would be lost that nobody agreed to lose."""


class NotAllowedError(QualcodeError):
    """Something that a person may not do, or read, by their role in the project."""


class UndefinedRequestError(QualcodeError):
    """A step that lacks its input: agreement with one coder, undo with nothing to undo."""


class ProjectError(QualcodeError):
    """A project file that cannot be opened, created or written."""


class ProjectTooNewError(ProjectError):
    """A project written by a newer version of qualcode."""


class DamagedProjectError(ProjectError):
    """A project whose stored quotes and texts no longer agree."""


class NotAProjectError(ProjectError):
    """A file or database that is not a project of qualcode."""


class ReadOnlyProjectError(ProjectError):
    """A project in a place where nothing may be written."""


class MovedProjectError(ProjectError):
    """A project whose file was moved, deleted or replaced while it was open.

    Attributes:
        place: Where what was saved stands now; None where it is not in a file with a name.
    """

    def __init__(self, message: str, place: Path | None = None) -> None:
        super().__init__(message)
        self.place = place


class ReplacedProjectError(ProjectError):
    """A project file that another version replaced, with a log of the version before beside it.

    Attributes:
        log: Where the log is kept.
    """

    def __init__(self, message: str, log: Path) -> None:
        super().__init__(message)
        self.log = log


class FullDiskError(ProjectError):
    """A project that cannot grow: the disk is full."""


class RefusedPasswordError(ProjectError):
    """A database server that wants another password, or one at all."""


class UnreachableServerError(ProjectError):
    """A database server that does not answer, or no longer: later it may."""


class UncertainChangeError(ProjectError):
    """A change that a server may have kept or not, because it cannot be asked any more."""


class OldSchemaError(ProjectError):
    """A project on a server that an earlier version made, and an owner must upgrade first."""


class LockedProjectError(ProjectError):
    """A project that another program keeps locked."""


class ModelServerError(QualcodeError):
    """A server of language models that does not answer, or not in a way that can be relied on."""


class MissingExtraError(QualcodeError):
    """An optional part that is not installed; the message names the extra."""


def unknown_name(kind: str, name: str, known_names: Iterable[str], where: str) -> UnknownNameError:
    """Return the error for an unknown name, with the nearest known one.

    Args:
        kind: Kind of the item ("code", "transcript", ...).
        name: The unknown name.
        known_names: All known names.
        where: The collection that was searched ("codebook 'substance_use'").
    """
    from difflib import get_close_matches

    names = sorted(known_names)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if not close:
        # A person writes the last part of a path, or its label, with capitals.
        ends = {known.rpartition("/")[2].casefold(): known for known in reversed(names)}
        close = [ends[end] for end in get_close_matches(name.casefold(), ends, n=1, cutoff=0.6)]
    if close:
        hint = Message("Did you mean '{close}'?", close=close[0])
    elif 0 < len(names) <= 12:
        hint = Message("There is: {names}.", names=", ".join(names))
    elif names:
        hint = Message("There are {count}; the first is '{name}'.", count=len(names), name=names[0])
    else:
        hint = Message("There is none yet.")
    return UnknownNameError(
        Message(
            "No {kind} '{name}' in {where}. {hint}", kind=kind, name=name, where=where, hint=hint
        )
    )
