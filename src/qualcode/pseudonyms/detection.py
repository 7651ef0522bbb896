"""Finds what may say who somebody is, in one text: by form, lists, cues and capitals.

No rule finds every name. Where two findings overlap, the surer rule counts: form, then names
that were decided on before, then names by their words, then what a language model says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from qualcode.model import Span
from qualcode.pseudonyms.capitals import find_capitals
from qualcode.pseudonyms.lists import NameLists, load_lists
from qualcode.pseudonyms.patterns import IsWord, find_patterns
from qualcode.pseudonyms.values import IN_CONTEXT, Finding, NameEntry, NameKind

Entities = Callable[[str], Iterable[tuple[int, int, str]]]
"""Gives the start, end and label of each entity that a language model sees in a text."""

NOTE = re.compile(r"\[[^\[\]\n]{0,80}\]")
"""What stands in brackets: pseudonyms and the transcriber's notes."""
_TIME_MARK = re.compile(r"#\d{1,2}:\d{2}:\d{2}(?:-\d{1,3})?#")
_ENTITY_KINDS = {
    "PERSON": (NameKind.PERSON, "persoon"),
    "PER": (NameKind.PERSON, "persoon"),
    "GPE": (NameKind.PLACE, "plaats"),
    "LOC": (NameKind.PLACE, "plaats"),
    "FAC": (NameKind.ADDRESS, "adres"),
    "ORG": (NameKind.EMPLOYER, "werkgever"),
}


def no_word(word: str) -> bool:  # noqa: ARG001 - knows no dictionary
    """Tell of every word that it is in no dictionary."""
    return False


@dataclass(frozen=True, slots=True)
class Rules:
    """What to find names by.

    Attributes:
        lists: Names that exist.
        known: What was decided before: found wherever it stands.
        ignored: Words to leave alone, as they were written.
        is_word: Whether a word in lower case stands in a dictionary.
        entities: What a language model sees; None without one.
    """

    lists: NameLists = field(default_factory=load_lists)
    known: tuple[NameEntry, ...] = ()
    ignored: frozenset[str] = frozenset()
    is_word: IsWord = no_word
    entities: Entities | None = None


def find_names(text: str, rules: Rules) -> tuple[Finding, ...]:
    """Return what may say who somebody is, in order of the text, without overlaps.

    In brackets, which hold pseudonyms and notes, only names known or listed are looked for.
    """
    spoken = _TIME_MARK.sub(_blank, NOTE.sub(_blank, text))
    found = _first_ones(len(text), _by_rank(text, spoken, rules))
    return tuple(sorted(found, key=lambda one: one.span))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _by_rank(text: str, spoken: str, rules: Rules) -> Iterator[Finding]:
    kept = (one for one in rules.known if one.kind not in IN_CONTEXT)
    given = known_pattern(kept)
    for finding in _all_others(text, spoken, rules, given):
        if finding.text not in rules.ignored:
            yield finding


def _all_others(text: str, spoken: str, rules: Rules, known: KnownNames) -> Iterator[Finding]:
    yield from known.find(text)
    yield from find_patterns(spoken, rules.is_word)
    yield from find_capitals(spoken, text, rules.lists, rules.is_word)
    for note in NOTE.finditer(text):
        yield from _in_note(note, rules.lists)
    for start, end, label in rules.entities(spoken) if rules.entities else ():
        if label in _ENTITY_KINDS and spoken[start:end].strip():
            kind, role = _ENTITY_KINDS[label]
            yield Finding(Span(start, end), text[start:end], kind, f"language model: {label}", role)


def _in_note(note: re.Match[str], lists: NameLists) -> Iterator[Finding]:
    for word in re.finditer(r"[^\W\d_]+", note.group()):
        if word.group()[0].isupper() and word.group().casefold() in lists.first_names:
            start = note.start() + word.start()
            span = Span(start, start + len(word.group()))
            yield Finding(span, word.group(), NameKind.PERSON, "first name in a note", "persoon")


def _first_ones(length: int, ranked: Iterable[Finding]) -> list[Finding]:
    taken = bytearray(length)
    kept = []
    for finding in ranked:
        own = slice(finding.span.start, finding.span.end)
        if not any(taken[own]):
            taken[own] = b"\x01" * len(finding.span)
            kept.append(finding)
    return kept


class KnownNames:
    """Names that were decided on, to find wherever they stand as words of their own.

    Args:
        entries: The names.
    """

    def __init__(self, entries: Iterable[NameEntry]) -> None:
        self._entries = {entry.text: entry for entry in entries}
        longest = sorted(self._entries, key=len, reverse=True)
        words = "|".join(re.escape(text) for text in longest)
        self._pattern = re.compile(rf"(?<![^\W_])(?:{words})(?=s?(?![^\W_]))") if words else None

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the places of the names, the longest where several begin."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            entry = self._entries[match.group()]
            role = entry.replacement[1:-1]
            yield Finding(Span(*match.span()), entry.text, entry.kind, "decided before", role)


def known_pattern(entries: Iterable[NameEntry]) -> KnownNames:
    """Return a finder of names that were decided on."""
    return KnownNames(entries)
