"""Converts positions of selections, which each program counts in its own way.

A text is kept without byte order mark and with line feeds; a :class:`Ruler` converts the
positions of a program to code points of that text; :func:`detect_convention` finds how a file
counts.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.importing.text_encoding import replace_damaged_characters, unify_line_ends
from qualcode.model import Convention

_LINE_END = re.compile(r"\r\n|\r|\n")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
# More selections would hardly change the outcome, and each is tried under every convention.
_SAMPLE = 2_000
# Exclusive ends are usual: "inclusive" must fit a fifth more selections to be believed.
_SURE = 0.2
# Measured on files of these programs: their ends are exclusive.
_EXCLUSIVE_PROGRAMS = ("nvivo", "qualcoder")
# A reading that fits nearly as many selections is told, where it gives other passages.
_AS_GOOD = 0.01
_TOLD = 0.9
# With so many selections at word edges, counting in bytes is not tried.
_GOOD = 0.95
# A shorter name begins many passages by chance.
_SHORTEST_BEGINNING = 10


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text in the form of the model, with its line ends and encoding in the file.

    Attributes:
        text: Without BOM, with line feeds; positions are its code points.
        line_ends: Position of each line end, with its length in the file (1 or 2).
        astral: Positions of characters that UTF-16 writes as two units.
        has_bom: Whether the file starts with a byte order mark.
    """

    text: str
    line_ends: tuple[tuple[int, int], ...]
    astral: tuple[int, ...]
    has_bom: bool = False

    @classmethod
    def of(cls, raw: str, *, has_bom: bool = False) -> StoredText:
        """Return the text of a file; ``raw`` has the line ends of the file."""
        raw, _ = replace_damaged_characters(raw, "")
        ends: list[tuple[int, int]] = []
        shorter = 0
        for match in _LINE_END.finditer(raw):
            length = match.end() - match.start()
            ends.append((match.start() - shorter, length))
            shorter += length - 1
        text = unify_line_ends(raw)
        if text.startswith("\ufeff"):
            # The model drops a byte order mark; a space keeps every position after it.
            text = " " + text[1:]
        astral = tuple(match.start() for match in _ASTRAL.finditer(text))
        return cls(text, tuple(ends), astral, has_bom)


class Ruler:
    """Turns the positions of one convention into code points of one text."""

    def __init__(self, stored: StoredText, convention: Convention) -> None:
        wide: list[tuple[int, int]] = []
        if convention.newline in {"crlf_counts_2", "lf_counts_2"}:
            always = convention.newline == "lf_counts_2"
            wide += [(at, 1) for at, length in stored.line_ends if always or length == 2]
        if convention.unit == "utf16":
            wide += [(at, 1) for at in stored.astral]
        if convention.unit == "utf8":
            for match in _NOT_ASCII.finditer(stored.text):
                wide += [(match.start(), 1)] * (len(match[0].encode()) - 1)
        wide.sort()
        self._length = len(stored.text)
        self._base = 1 if convention.bom and stored.has_bom else 0
        self._inclusive = convention.end == "inclusive"
        self._at = [at for at, _ in wide]
        self._starts = [at + self._base + number for number, at in enumerate(self._at)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of a selection; they may lie past the end of the text."""
        return self._position(start, up=False), self._position(end + self._inclusive, up=True)

    def _position(self, offset: int, *, up: bool) -> int:
        before = bisect_left(self._starts, offset)
        if before and offset == self._starts[before - 1] + 1:
            # The position lies within a character of several units.
            return self._at[before - 1] + up
        return offset - self._base - before


@dataclass(frozen=True, slots=True)
class Mark:
    """Positions of a selection, in the convention of the file, and its name."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Fit:
    convention: Convention
    quotes: int
    exact: int
    edges: float
    is_doubtful: bool

    def worth(self) -> tuple[float, float, float]:
        """Return the sort key of conventions; inclusive ends need strong evidence."""
        doubt = _SURE if self.convention.end == "inclusive" else 0.0
        # A person may select one letter too few: edges of words cannot outweigh what is known.
        doubt = 1.0 if self.is_doubtful else doubt
        share = 1 - _SURE if self.is_doubtful else 1.0
        return self.quotes * share, self.exact * share, self.edges - doubt


@dataclass(frozen=True, slots=True)
class DetectedConvention:
    """How the positions of a file are read.

    Attributes:
        convention: The convention.
        score: Share of the selections that fit it.
        other: Another convention that fits as well and gives other passages; None without one.
        differing: Number of selections that it would read in another way.
    """

    convention: Convention
    score: float
    other: Convention | None = None
    differing: int = 0


def detect_convention(
    texts: Mapping[str, StoredText], marks: Mapping[str, Iterable[Mark]], origin: str
) -> DetectedConvention | None:
    """Return the convention of a file and the share of selections that fit; None without any.

    If the names of selections are their quotes, these decide; else the share of selections
    with both ends at the edge of a word. What is known of ``origin`` goes before a reading that
    fits better by these edges; such a reading is told.

    Args:
        texts: Texts by key.
        marks: Selections by the same keys.
        origin: The program that wrote the file.
    """
    distinct = [
        (key, mark)
        for key, text_marks in marks.items()
        if key in texts
        for mark in {(m.start, m.end): m for m in text_marks if m.end > m.start}.values()
    ]
    if not distinct:
        return None
    sample = distinct[:: len(distinct) // _SAMPLE + 1]
    named = sum(1 for _, mark in sample if mark.name.strip())
    fits = [
        _fit(c, texts, sample, origin) for c in _conventions(texts, origin, ("codepoint", "utf16"))
    ]
    best = max(fits, key=_Fit.worth)
    if best.edges < _GOOD and (best.quotes * 2 < named or not named):
        # Bytes are rare, and slow to count in a text of another alphabet.
        fits += [_fit(c, texts, sample, origin) for c in _conventions(texts, origin, ("utf8",))]
        best = max(fits, key=_Fit.worth)
    if best.quotes and best.quotes * 2 >= named:
        as_good = [fit for fit in fits if (fit.quotes, fit.exact) >= (best.quotes, best.exact)]
        return _detected(best, best.quotes / named, as_good, texts, distinct)
    best = max(fits, key=lambda fit: fit.worth()[2])
    as_good = [fit for fit in fits if fit.edges >= best.edges - _AS_GOOD]
    return _detected(best, best.edges, as_good, texts, distinct)


def _detected(
    best: _Fit,
    score: float,
    as_good: Sequence[_Fit],
    texts: Mapping[str, StoredText],
    places: Sequence[tuple[str, Mark]],
) -> DetectedConvention:
    """Return the best convention, with the one fitting as well that differs on most selections."""
    # What is known of the program leaves no doubt where its own reading fits as well.
    as_good = [fit for fit in as_good if not fit.is_doubtful or fit.edges > best.edges + _AS_GOOD]
    if score < _TOLD and all(fit.edges < _TOLD for fit in as_good):
        # No reading fits well, which says more than that another one fits as badly.
        return DetectedConvention(best.convention, score)
    spans = _word_spans(best.convention, texts, places)
    differing: dict[Convention, int] = {}
    for fit in as_good:
        other = _word_spans(fit.convention, texts, places)
        differing[fit.convention] = sum(a != b for a, b in zip(spans, other, strict=True))
    rival = max(differing, key=lambda convention: differing[convention], default=None)
    if rival is None or not differing[rival]:
        return DetectedConvention(best.convention, score)
    return DetectedConvention(best.convention, score, rival, differing[rival])


def _word_spans(
    convention: Convention, texts: Mapping[str, StoredText], places: Sequence[tuple[str, Mark]]
) -> list[tuple[int, int]]:
    rulers = {key: Ruler(texts[key], convention) for key in {key for key, _ in places}}
    return [
        _words_in(texts[key].text, *rulers[key].span(mark.start, mark.end)) for key, mark in places
    ]


def _words_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without signs and spaces at its edges: they make no other reading."""
    start, end = max(start, 0), min(end, len(text))
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _conventions(
    texts: Mapping[str, StoredText], origin: str, units: Sequence[str]
) -> list[Convention]:
    """Return all conventions that differ for these texts, the most likely first."""
    program = origin.casefold()
    # NVivo counts in UTF-16 units. The first convention wins between equals.
    units = units[::-1] if "nvivo" in program else units
    if not any(length == 2 for t in texts.values() for _, length in t.line_ends):
        ends = ["lf", "lf_counts_2"]
    elif "atlas" in program:
        ends = ["crlf_counts_1", "crlf_counts_2", "lf_counts_2"]
    else:
        ends = ["crlf_counts_2", "crlf_counts_1", "lf_counts_2"]
    marks = [False, True] if any(t.has_bom for t in texts.values()) else [False]
    return [
        Convention(unit, newline, bom, end)
        for end, bom, unit, newline in itertools.product(
            ("exclusive", "inclusive"), marks, units, ends
        )
    ]


def _fit(
    convention: Convention,
    texts: Mapping[str, StoredText],
    sample: Sequence[tuple[str, Mark]],
    origin: str,
) -> _Fit:
    rulers = {key: Ruler(texts[key], convention) for key in {key for key, _ in sample}}
    quotes = exact = edges = 0
    for key, mark in sample:
        text = texts[key].text
        start, end = rulers[key].span(mark.start, mark.end)
        if not 0 <= start < end <= len(text):
            continue
        edges += is_word_edge(text, start) and is_word_edge(text, end)
        quotes += is_quote(mark.name, text[start:end])
        exact += _squeezed(mark.name) == _squeezed(text[start:end])
    is_exclusive = any(program in origin.casefold() for program in _EXCLUSIVE_PROGRAMS)
    return _Fit(
        convention,
        quotes,
        exact,
        edges / len(sample),
        is_doubtful=is_exclusive and convention.end == "inclusive",
    )


def is_word_edge(text: str, position: int) -> bool:
    """Tell whether a position lies outside a word or at its edge."""
    if position in {0, len(text)}:
        return True
    return not (text[position - 1].isalnum() and text[position].isalnum())


def is_quote(name: str, passage: str) -> bool:
    """Tell whether the name of a selection is its passage, or the beginning of it."""
    words, passage_words = _squeezed(name), _squeezed(passage)
    beginning = words.rstrip(".…").rstrip()
    is_beginning = len(beginning) >= _SHORTEST_BEGINNING and passage_words.startswith(beginning)
    return bool(words) and (words == passage_words or is_beginning)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
