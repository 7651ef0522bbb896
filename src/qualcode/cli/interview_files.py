"""Which files an import takes from a folder, and what it asks before it reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from qualcode.cli.language import translate
from qualcode.cli.output import confirm, print_message
from qualcode.errors import InvalidValueError, UnreadableFileError
from qualcode.messages import Message, shell_word

# Tables of codings have the suffix of an interview in a table.
_CODINGS = ("codings", "coderingen")
_SHOWN = 5


def collect_files(
    files: Sequence[Path], cases: Path | None
) -> tuple[list[Path], list[tuple[Path, Message]]]:
    """Return the files to import; for a folder, the files in it that may be interviews.

    Args:
        files: What the user named.
        cases: The table of respondents, which may be in the same folder.

    Returns:
        The files, and what is left out of each folder with the reason.

    Raises:
        UnreadableFileError: a folder holds no interviews.
    """
    paths: list[Path] = []
    skipped: list[tuple[Path, Message]] = []
    for file in files:
        if not file.is_dir():
            paths.append(file)
            continue
        inside = sorted(file.iterdir())
        reasons = [_why_skipped(path, cases) for path in inside]
        interviews = [p for p, reason in zip(inside, reasons, strict=True) if reason is None]
        skipped += [(p, reason) for p, reason in zip(inside, reasons, strict=True) if reason]
        if not interviews:
            print_skipped(skipped)
            raise UnreadableFileError(
                Message("Folder '{folder}' holds no interviews.", folder=str(file))
            )
        paths += interviews
    return paths, skipped


def _why_skipped(path: Path, cases: Path | None) -> Message | None:
    """Return why a file of a folder is no interview; None if it may be one."""
    from qualcode.project import known_suffixes

    name = path.name.lower()
    is_table = name == "cases.csv" or (cases is not None and name == cases.name.lower())
    reasons = (
        # Word keeps a hidden file "~$..." next to each open document.
        (name.startswith(("~$", ".")), Message("a hidden file")),
        # It may lead to any file of this machine, which nobody looked at before the import.
        (path.is_symlink(), Message("a link; name the file that it leads to")),
        (path.is_dir(), Message("a folder; name it to import what is in it")),
        (not path.is_dir() and not path.is_file(), Message("no ordinary file")),
        (is_table, Message("a table of respondents; read it with --cases")),
        (name == "readme.md", Message("a file about the folder")),
        (
            path.suffix.lower() not in known_suffixes(),
            Message("interviews do not end in '{suffix}'", suffix=path.suffix),
        ),
        (
            name.startswith(_CODINGS),
            Message(
                "a table of codings; read it with: qualcode code {name}", name=shell_word(path.name)
            ),
        ),
    )
    return next((reason for holds, reason in reasons if holds), None)


def print_skipped(skipped: Iterable[tuple[Path, Message]]) -> None:
    """Print which files of a folder are left out, and why."""
    for path, reason in skipped:
        print_message(
            Message("skipped  {name}: {reason}", name=path.name, reason=translate(reason))
        )


def keeps_service_lines(paths: Sequence[Path], answer: str) -> bool:
    """Tell whether the texts keep what transcription programs wrote: as answered, or asked.

    Args:
        paths: The files to import.
        answer: ``keep``, ``remove`` or ``""``.

    Raises:
        InvalidValueError: another answer.
    """
    if answer not in {"", "keep", "remove"}:
        raise InvalidValueError(
            Message("'{answer}' is no answer. Write keep or remove.", answer=answer)
        )
    # A script must not hang on a question that nobody reads; the import itself names the lines.
    if answer or not sys.stdin.isatty():
        return answer != "remove"
    from qualcode.project import read_service_lines

    lines = [line for path in paths if path.is_file() for line in read_service_lines(path)]
    if not lines:
        return True
    print_message(Message("Lines that a transcription program wrote, and that nobody said:"))
    for line in lines[:_SHOWN]:
        print_message(f"    {line}")
    if len(lines) > _SHOWN:
        print_message(Message("      ... and {count} more", count=len(lines) - _SHOWN))
    question = Message("Leave them out of the texts? (The original files keep them.)")
    return not confirm(question)
