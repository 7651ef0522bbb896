"""Replaces names of coders and interviews by aliases in values that go to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any, TypeVar

from qualcode.messages import Message, rebuild
from qualcode.model.case import Case
from qualcode.model.coding import CONSENSUS, UNION
from qualcode.model.frozen import FrozenMap

T = TypeVar("T")

# Fields are recognised by name, so a new value of the model is covered without a change here.
_CODERS = frozenset(
    {"coder", "coders", "other_coders", "pair", "author", "layer", "people", "rest"}
)
_TRANSCRIPTS = frozenset({"transcript", "interviews", "asked", "missed"})
_FROM_FILE = ("table:", "file:")


def coder_aliases(coders: Iterable[str], word: str = "coder") -> FrozenMap[str, str]:
    """Return "coder A", "coder B", ... by coder, in order of name; the consensus gets none.

    Args:
        coders: Names of all coders of the project, possibly several times.
        word: Word for a coder in the language of the file.
    """
    # They are no persons, so their names reveal nobody.
    people = [name for name in in_order(set(coders)) if name and name not in {CONSENSUS, UNION}]
    return FrozenMap({name: f"{word} {_letters(n)}" for n, name in enumerate(people)})


def in_order(coders: Iterable[str]) -> tuple[str, ...]:
    """Return coders by name, with the consensus and the like last.

    The first of two is A wherever two are compared.
    """
    # Copies of a project know its coders in different orders: each lists its own coder first.
    return tuple(sorted(coders, key=lambda name: (name in {CONSENSUS, UNION}, name)))


def _letters(number: int) -> str:
    """Return A to Z, then AA, AB, ..."""
    above, letter_index = divmod(number, len(ascii_uppercase))
    return (_letters(above - 1) if above else "") + ascii_uppercase[letter_index]


def transcript_aliases(
    transcripts: Iterable[str],
    cases: Sequence[Case],
    kinds: Mapping[str, str] = MappingProxyType({}),
    words: Mapping[str, str] | None = None,
) -> FrozenMap[str, str]:
    """Return the pseudonym of the respondent by transcript; "interview 3" of nobody, or of several.

    A second interview with the same person gets a number: "G3 (2)". A group, a document and a
    question of a survey are called so: "group 1".

    Args:
        transcripts: Names of all transcripts, in order.
        cases: All cases of the project.
        kinds: Kinds of the transcripts that have one, as in ``Transcript.KINDS``.
        words: Words for the kinds in the language of the file; English by default.
    """
    label_counts: dict[str, int] = {}
    kind_counts: dict[str, int] = {}
    aliases = {}
    words = SOURCE_WORDS if words is None else words
    people: dict[str, list[str]] = {}
    for case in cases:
        for name in case.transcripts:
            people.setdefault(name, []).append(case.name)
    for number, name in enumerate(transcripts, 1):
        # An interview has the name of its file by default, which is no pseudonym.
        names, kind = people.get(name, []), kinds.get(name, "")
        kind_counts[kind] = kind_counts.get(kind, 0) + 1
        # The names of a whole group beside a quote would read as if all of them said it.
        label = names[0] if len(names) == 1 and kind != "answers" else ""
        if kind in words and not (label and kind == "group"):
            of_kind = f"{words[kind]} {kind_counts[kind]}"
            label = f"{label} ({words[kind]})" if label else of_kind
        label = label or f"interview {number}"
        label_counts[label] = label_counts.get(label, 0) + 1
        aliases[name] = label if label_counts[label] == 1 else f"{label} ({label_counts[label]})"
    return FrozenMap(aliases)


SOURCE_WORDS = MappingProxyType({"group": "group", "document": "document", "answers": "question"})
"""Words for kinds of transcripts that are no interviews with one person."""


def apply_aliases(value: T, coders: Mapping[str, str], transcripts: Mapping[str, str]) -> T:
    """Return a value with aliases for coders and transcripts in all its fields.

    Names within texts that people wrote are not replaced, those of coders in sentences of the
    program are. Names of source files of codings are
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
    if isinstance(value, Message):
        return _in_sentence(value, coders)
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


def _in_sentence(message: Message, coders: Mapping[str, str]) -> Message:
    """Return a sentence of the program in which each value that is a coder's name is the alias."""
    values = {
        name: _in_sentence(value, coders) if isinstance(value, Message) else _named(value, coders)
        for name, value in message.values.items()
    }
    if values == message.values:
        return message
    return rebuild(message.template, values, message.plural, message.context)


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, (tuple, list)):
        return tuple(_named(item, names) for item in value)
    return value


def without_file(origin: str) -> str:
    """Return the origin of a coding ("table:anna.csv") without the name of the file."""
    return origin.partition(":")[0] if origin.startswith(_FROM_FILE) else origin
