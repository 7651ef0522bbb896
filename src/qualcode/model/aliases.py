"""Replaces names of coders and interviews by aliases in values that go to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from string import ascii_uppercase
from typing import Any, TypeVar

from qualcode.model.case import Case
from qualcode.model.coding import CONSENSUS
from qualcode.model.frozen import FrozenMap

T = TypeVar("T")

# Fields are recognised by name, so a new value of the model is covered without a change here.
_CODERS = frozenset({"coder", "coders", "pair", "author", "layer"})
_TRANSCRIPTS = frozenset({"transcript", "interviews", "asked", "missed"})
_FROM_FILE = ("table:", "file:")


def coder_aliases(coders: Iterable[str], word: str = "coder") -> FrozenMap[str, str]:
    """Return "coder A", "coder B", ... by coder, in the order given; the consensus gets none.

    Args:
        coders: Names of coders, possibly several times.
        word: Word for a coder in the language of the file.
    """
    # The consensus is no person, so its name reveals nobody.
    people = [name for name in dict.fromkeys(coders) if name and name != CONSENSUS]
    return FrozenMap({name: f"{word} {_letters(n)}" for n, name in enumerate(people)})


def _letters(number: int) -> str:
    """Return A to Z, then AA, AB, ..."""
    above, letter_index = divmod(number, len(ascii_uppercase))
    return (_letters(above - 1) if above else "") + ascii_uppercase[letter_index]


def transcript_aliases(
    transcripts: Iterable[str], cases: Sequence[Case], word: str = "interview"
) -> FrozenMap[str, str]:
    """Return the pseudonym of the respondent by transcript; "interview 3" without a case.

    A second interview with the same people gets a number: "G3 (2)".

    Args:
        transcripts: Names of all transcripts, in order.
        cases: All cases of the project.
        word: Word for an interview in the language of the file.
    """
    label_counts: dict[str, int] = {}
    aliases = {}
    for number, name in enumerate(transcripts, 1):
        # An interview has the name of its file by default, which is no pseudonym.
        speakers = ", ".join(case.name for case in cases if name in case.transcripts)
        label = speakers or f"{word} {number}"
        label_counts[label] = label_counts.get(label, 0) + 1
        aliases[name] = label if label_counts[label] == 1 else f"{label} ({label_counts[label]})"
    return FrozenMap(aliases)


def apply_aliases(value: T, coders: Mapping[str, str], transcripts: Mapping[str, str]) -> T:
    """Return a value with aliases for coders and transcripts in all its fields.

    Names within texts that people wrote are not replaced. Names of source files of codings are
    removed, because they often contain the name of a coder.

    Args:
        value: A frozen value of the model, or a tuple of them.
        coders: Aliases by name; a coder without an alias keeps the name.
        transcripts: Likewise.
    """
    return _walk(value, coders, transcripts)  # type: ignore[no-any-return]


def _walk(value: Any, coders: Mapping[str, str], transcripts: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_walk(item, coders, transcripts) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in fields(value):
        before = getattr(value, field.name)
        if field.name in _CODERS:
            after = _named(before, coders)
        elif field.name in _TRANSCRIPTS:
            after = _named(before, transcripts)
        elif field.name == "origin" and isinstance(before, str):
            after = without_file(before)
        else:
            after = before
        # Names occur at every depth: a report holds summaries that hold passages.
        after = _walk(after, coders, transcripts)
        if after is not before:
            changed[field.name] = after
    return replace(value, **changed) if changed else value


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_named(item, names) for item in value)
    return value


def without_file(origin: str) -> str:
    """Return the origin of a coding ("table:anna.csv") without the name of the file."""
    return origin.partition(":")[0] if origin.startswith(_FROM_FILE) else origin
