"""Finds identifying passages in one text: by form, lists, cues and capitals.

No rule finds every name. If two findings overlap, the more certain rule counts: names decided
on before, then form, then names by their words, then entities of a language model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from qualcode.messages import Message
from qualcode.model import Span
from qualcode.pseudonyms.capitals import NameWords, find_capitals
from qualcode.pseudonyms.language_cues import cues_of
from qualcode.pseudonyms.lists import NameLists, load_lists
from qualcode.pseudonyms.patterns import IsWord, find_patterns
from qualcode.pseudonyms.values import IN_CONTEXT, Finding, NameEntry, NameKind

Entities = Callable[[str], Iterable[tuple[int, int, str]]]
"""Returns start, end and label of each entity that a language model finds in a text."""

NOTE = re.compile(r"\[[^\[\]\n]{0,80}\]")
"""Text in brackets: pseudonyms and notes of the transcriber."""
_TIME_MARK = re.compile(r"#\d{1,2}:\d{2}:\d{2}(?:-\d{1,3})?#")
# models of spaCy have two sets of labels: PERSON and GPE in one, PER and LOC in the other
_ENTITY_KINDS = {
    "PERSON": (NameKind.PERSON, "persoon"),
    "PER": (NameKind.PERSON, "persoon"),
    "GPE": (NameKind.PLACE, "plaats"),
    "LOC": (NameKind.PLACE, "plaats"),
    "FAC": (NameKind.ADDRESS, "adres"),
    "ORG": (NameKind.EMPLOYER, "werkgever"),
}


def no_word(word: str) -> bool:  # noqa: ARG001 - knows no dictionary
    """Return False for every word: without a dictionary no word is known."""
    return False


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings of the detection of names.

    Attributes:
        lists: Existing names.
        known: Names decided on before, found at every place.
        ignored: Words to leave unchanged, as written.
        is_word: Tells whether a word in lower case is in a dictionary.
        entities: Finds entities by a language model; None without one.
        language: Language of the texts: its cues tell names from other words.
    """

    lists: NameLists = field(default_factory=load_lists)
    known: tuple[NameEntry, ...] = ()
    ignored: frozenset[str] = frozenset()
    is_word: IsWord = no_word
    entities: Entities | None = None
    language: str = "nl"


def find_names(text: str, rules: Rules) -> tuple[Finding, ...]:
    """Return the identifying passages, in order of the text, without overlaps.

    In brackets, which contain pseudonyms and notes, only known or listed names are searched.
    """
    # Blanked with spaces, so that positions stay those of the text.
    spoken = _TIME_MARK.sub(_blank, NOTE.sub(_blank, text))
    spoken = cues_of(rules.language).phrases.sub(_blank, spoken)
    findings = _first_ones(len(text), _by_rank(text, spoken, rules))
    return tuple(sorted(findings, key=lambda name_finding: name_finding.span))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _by_rank(text: str, spoken: str, rules: Rules) -> Iterator[Finding]:
    # Ages and dates are left to the rules below, because their words have other meanings too.
    entries = (entry for entry in rules.known if entry.kind not in IN_CONTEXT)
    names_pattern = known_pattern(entries)
    for name_finding in _all_others(text, spoken, rules, names_pattern):
        if name_finding.text not in rules.ignored:
            yield name_finding


def _all_others(text: str, spoken: str, rules: Rules, known_names: KnownNames) -> Iterator[Finding]:
    # Known names are searched in notes too, because a decision holds everywhere.
    yield from known_names.find(text)
    yield from find_patterns(spoken, rules.is_word)
    words = NameWords(rules.lists, rules.is_word, cues_of(rules.language))
    yield from find_capitals(spoken, text, words)
    for note in NOTE.finditer(text):
        yield from _in_note(note, rules.lists)
    for start, end, label in rules.entities(spoken) if rules.entities else ():
        if label in _ENTITY_KINDS and spoken[start:end].strip():
            kind, role = _ENTITY_KINDS[label]
            yield Finding(
                Span(start, end),
                text[start:end],
                kind,
                Message("language model: {label}", label=label),
                role,
            )


def _in_note(note: re.Match[str], lists: NameLists) -> Iterator[Finding]:
    for word in re.finditer(r"[^\W\d_]+", note.group()):
        if word.group()[0].isupper() and word.group().casefold() in lists.first_names:
            start = note.start() + word.start()
            span = Span(start, start + len(word.group()))
            yield Finding(span, word.group(), NameKind.PERSON, "first name in a note", "persoon")


def _first_ones(length: int, ranked: Iterable[Finding]) -> list[Finding]:
    # one byte per character: comparing findings with each other grows with their square
    covered = bytearray(length)
    findings = []
    for name_finding in ranked:
        place = slice(name_finding.span.start, name_finding.span.end)
        if not any(covered[place]):
            covered[place] = b"\x01" * len(name_finding.span)
            findings.append(name_finding)
    return findings


class KnownNames:
    """Finds names that were decided on, at every place where they are whole words.

    Args:
        entries: The names.
    """

    def __init__(self, entries: Iterable[NameEntry]) -> None:
        self._entries = {entry.text: entry for entry in entries}
        longest = sorted(self._entries, key=len, reverse=True)
        words = "|".join(re.escape(text) for text in longest)
        # A final s may follow: in Dutch it marks the possessive ("Annas fiets").
        self._pattern = re.compile(rf"(?<![^\W_])(?:{words})(?=s?(?![^\W_]))") if words else None

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the places of the names; the longest if several begin at one place."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            entry = self._entries[match.group()]
            role = entry.replacement[1:-1]
            yield Finding(Span(*match.span()), entry.text, entry.kind, "decided before", role)


def known_pattern(entries: Iterable[NameEntry]) -> KnownNames:
    """Return a finder of names that were decided on."""
    return KnownNames(entries)
