"""Time stamps as transcripts write them, in milliseconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import le, lt

_FRACTION = r"(?:[.,]\d{1,6}|-\d{1,2}(?![\d:]))?"
# Teams wrote "0:0:3.0", with a single digit, in its first documents.
_WITH_HOURS = (
    rf"(?:\d{{1,2}}:\d{{1,3}}:[0-5]\d{_FRACTION}|\d{{1,2}}:\d{{1,2}}:\d{{1,2}}\.\d{{1,3}})"
)
_WITHOUT_HOURS = rf"\d{{1,3}}:[0-5]\d{_FRACTION}"
_CLOCK = rf"(?:{_WITH_HOURS}|{_WITHOUT_HOURS})"
_TO = r"\s{0,3}(?:-->|-|–)\s{0,3}"
# Both ends of a range have one form: after "00:05:12 - " a "10:30" is speech.
_RANGE = rf"(?:{_WITH_HOURS}(?:{_TO}{_WITH_HOURS})?|{_WITHOUT_HOURS}(?:{_TO}{_WITHOUT_HOURS})?)"
BRACKETED = rf"(?:\[{_RANGE}\]|\({_RANGE}\)|\{{{_RANGE}\}}|\#{_CLOCK}\#)"
# A stamp that is cut within its fraction would leave ".520" before the words.
STAMP = rf"(?:{BRACKETED}|{_RANGE}(?![\w:]|[.,]\d))"
"""Pattern of a time stamp: ``[00:00:12]``, ``(0:12)``, ``#00:01:23-4#``, ``00:12``, a range."""

_CLOSING = re.compile(rf"(?:\#{_CLOCK}\#|\[{_CLOCK}\])\Z")
_ONLY = re.compile(rf"\s*{STAMP}\s*\Z")
_LEADING = re.compile(rf"\s*(?P<stamp>{STAMP})[ \t]*")
_HOURS = re.compile(_WITH_HOURS)
_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,-](\d{1,6}))?")
_SECONDS = re.compile(r"(\d+)(?:[.,](\d{1,6}))?\s*s?\Z")
_LONGEST = 60
# Shares of the places of a layout that must hold a stamp of one form. Round brackets and bare
# minutes are also how people write the time of day: "10:30 uur vertrok de bus".
_ROUND_SHARE, _BARE_SHARE, _FEWEST_BARE = 0.5, 0.9, 4


def milliseconds(stamp: str) -> int | None:
    """Return the first clock time in ``stamp`` in milliseconds, or None if there is none."""
    match = _PARTS.search(stamp)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + _fraction(fraction)


def parse_time(cell: str) -> int | None:
    """Return the time in a table cell (a clock time, or seconds) in milliseconds, or None."""
    seconds = _SECONDS.match(cell.strip())
    if seconds is not None:
        return int(seconds[1]) * 1000 + _fraction(seconds[2])
    return milliseconds(cell)


def _fraction(digits: str | None) -> int:
    return int((digits or "0")[:3].ljust(3, "0"))


def is_stamp(line: str) -> bool:
    """Tell whether a line holds a time stamp and nothing else."""
    return len(line) <= _LONGEST and _ONLY.match(line) is not None


def is_unmistakable(stamp: str) -> bool:
    """Tell whether no speech is written like this stamp: it has hours, or brackets but round."""
    return stamp[:1] in "[{#" or _HOURS.search(stamp) is not None


def stamps_of_layout(stamps: Sequence[str], places: int) -> frozenset[str]:
    """Return the stamps that belong to a layout; the others are times that somebody mentions.

    Args:
        stamps: What is written like a stamp in one place of the layout (after a label, at the
            start of a paragraph), in the order of the text.
        places: How often that place occurs.
    """
    accepted = {stamp for stamp in stamps if is_unmistakable(stamp)}
    for opening, share, fewest in (("(", _ROUND_SHARE, 2), ("", _BARE_SHARE, _FEWEST_BARE)):
        doubtful = [
            stamp
            for stamp in stamps
            if stamp not in accepted and (stamp[0] if stamp[0] == "(" else "") == opening
        ]
        times = [milliseconds(stamp) or 0 for stamp in doubtful]
        is_enough = len(doubtful) >= max(fewest, share * places)
        # Half an hour is mentioned twice, but a recording runs on.
        rises = lt if opening == "" else le
        if is_enough and all(rises(before, after) for before, after in pairwise(times)):
            accepted.update(doubtful)
    return frozenset(accepted)


def leading_stamp(text: str, start: int, end: int) -> tuple[str, int]:
    """Return a time stamp at the start of a text and where the words after it begin."""
    match = _LEADING.match(text, start, min(end, start + _LONGEST))
    if match is None:
        return "", start
    return match["stamp"], match.end()


def starts_with_stamp(text: str, start: int) -> bool:
    """Tell whether a time stamp begins at ``start``, white space aside."""
    return _LEADING.match(text, start, start + _LONGEST) is not None


def closing_stamp(text: str, start: int, end: int) -> tuple[int, int | None]:
    """Return where the words before a closing stamp such as ``#00:01:23-4#`` end, and the time."""
    # A cheap test first: this runs once for each turn.
    if not text.endswith(("#", "]"), start, end):
        return end, None
    tail = max(start, end - _LONGEST)
    match = _CLOSING.search(text[tail:end])
    if match is None:
        return end, None
    return tail + match.start(), milliseconds(match.group())
