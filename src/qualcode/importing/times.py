"""Time stamps as transcripts write them, in milliseconds."""

from __future__ import annotations

import re

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3}|-\d{1,2}(?![\d:]))?"
_RANGE = rf"{_CLOCK}(?:\s{{0,3}}(?:-->|-|–)\s{{0,3}}{_CLOCK})?"
BRACKETED = rf"(?:\[{_RANGE}\]|\({_RANGE}\)|\{{{_RANGE}\}}|\#{_CLOCK}\#)"
STAMP = rf"(?:{BRACKETED}|{_RANGE}(?![\w:]))"
"""Pattern of a time stamp: ``[00:00:12]``, ``(0:12)``, ``#00:01:23-4#``, ``00:12``, a range."""

_CLOSING = re.compile(rf"(?:\#{_CLOCK}\#|\[{_CLOCK}\])\Z")
_ONLY = re.compile(rf"\s*{STAMP}\s*\Z")
# Without brackets only h:mm:ss counts: a line that begins with "10:30" may be speech.
_LEADING = re.compile(rf"\s*(?:{BRACKETED}|\d{{1,2}}:\d{{2}}:\d{{2}}(?![\w:]))[ \t]*")
_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,-](\d{1,6}))?")
_SECONDS = re.compile(r"(\d+)(?:[.,](\d{1,6}))?\s*s?\Z")
_LONGEST = 60


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


def leading_stamp(text: str, start: int, end: int) -> tuple[int, int | None]:
    """Return where the words after a leading time stamp begin, and the time."""
    match = _LEADING.match(text, start, min(end, start + _LONGEST))
    if match is None:
        return start, None
    return match.end(), milliseconds(match.group())


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
