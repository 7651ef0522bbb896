"""What a backup holds, and what would be lost by going back to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import UnreadableFileError
from qualcode.messages import Message, shell_word

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class BackupPreview:
    """What a backup holds, and what the present project has that it does not.

    Attributes:
        name: Name of the project in it.
        transcripts: Number of its interviews.
        codings: Number of its codings by coder.
        changed_at: Time of its latest change, in UTC.
        problems: How many problems its check found.
        missing: What would be lost by going back to it, or come back with it, as sentences.
    """

    name: str
    transcripts: int
    codings: dict[str, int]
    changed_at: datetime
    problems: int
    missing: tuple[str, ...]


def preview_backup(file: Path, present: Project | None = None) -> BackupPreview:
    """Return what a backup holds, and what the present project has that it does not.

    Args:
        file: The backup.
        present: The project as it is now; its acting coder is the one who looks.

    Raises:
        QualcodeError: it is no project, or cannot be opened.
    """
    from qualcode.project.project import Project

    coder = present.info.coder if present is not None else ""
    with Project.open(file, verify=False, as_coder=coder) as copy:
        problems = copy.history.check()
        if problems:
            raise UnreadableFileError(
                Message(
                    "'{file}' is damaged: {problem} Take an older backup, or save what is whole: "
                    "qualcode rescue {file_word} NEW.qualcode",
                    file=file,
                    file_word=shell_word(file),
                    problem=problems[0].message,
                )
            )
        codings = copy.codings.collect()
        return BackupPreview(
            name=copy.info.name,
            transcripts=len(copy.transcripts.collect()),
            codings=dict(Counter(coding.coder for coding in codings)),
            changed_at=copy.history.events(limit=1)[-1].at,
            problems=0,
            missing=_missing(copy, present) if present is not None else (),
        )


def _missing(copy: Project, present: Project) -> tuple[str, ...]:
    names = {text.name for text in copy.transcripts.collect()}
    # What a blind round of the backup hides is in it all the same: each coder sees their own.
    views = [copy, *(copy.acting_as(name) for name in copy.rounds.coders())]
    ids = {coding.id for view in views for coding in view.codings.collect()}
    memos = {memo.id for view in views for memo in view.codings.collect_memos()}
    texts = [text.name for text in present.transcripts.collect() if text.name not in names]
    codings = [coding for coding in present.codings.collect() if coding.id not in ids]
    notes = [memo for memo in present.codings.collect_memos() if memo.id not in memos]
    sentences = []
    if texts:
        sentences.append(Message("Interviews that it does not have: {names}", names=texts))
    if codings:
        sentences.append(
            Message.counted(
                "{count} coding that it does not have",
                "{count} codings that it does not have",
                len(codings),
            )
        )
    if notes:
        sentences.append(
            Message.counted(
                "{count} memo that it does not have",
                "{count} memos that it does not have",
                len(notes),
            )
        )
    erased = _count_withdrawals(present) - _count_withdrawals(copy)
    if erased > 0:
        sentences.append(
            Message.counted(
                "{count} participant withdrew since: it brings back what that person said",
                "{count} participants withdrew since: it brings back what they said",
                erased,
            )
        )
    return tuple(sentences)


def _count_withdrawals(project: Project) -> int:
    return sum(event.action == "participant.withdraw" for event in project.history.events())
