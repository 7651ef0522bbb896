"""Finds speaker labels that fill a line: as a heading, in bold, or plain, without a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from qualcode.importing.label_candidates import (
    LabelCandidate,
    LabelLayout,
    label_key,
    nonblank_lines,
)
from qualcode.importing.speaker_labels import is_common_label, is_name

_WORD = r"[^\W_][\w.'’&/-]{0,40}"
_LABEL = rf"(?P<label>{_WORD}(?:[ \xa0]{_WORD}){{0,3}})"
_LINE = re.compile(
    rf"[ \t]{{0,12}}(?:\#{{1,6}}[ \t]+)?(?P<em>[*_]{{1,3}})?{_LABEL}(?(em)[*_]{{1,3}})[ \t]*$"
)
_BOLD = re.compile(rf"[ \t]{{0,12}}(?:\*\*|__){_LABEL}(?:\*\*|__)[ \t]+(?=\S)")
_EMPHASIZED = re.compile(rf"[ \t]{{0,12}}{_LABEL}[ \t]*")
# Answers such as "Ja" fill lines too: labels recur, and words follow most of them.
_FEWEST, _FOLLOWED_SHARE = 2, 0.8


def find_line_candidates(
    text: str, user_labels: Collection[str], emphases: Iterable[tuple[int, int]] = ()
) -> list[LabelCandidate]:
    """Return the labels that fill lines, where two or more recur and words follow them.

    Args:
        text: The text.
        user_labels: Labels that the user gave; they count wherever they fill a line.
        emphases: Start and end of what is in bold or italics: a label may be at the start of a
            line.
    """
    user_keys = {label_key(label) for label in user_labels}
    emphasis_ends = dict(emphases)
    lines = [
        (end, _candidate(text[start:end], start, user_keys, min(emphasis_ends.get(start, 0), end)))
        for start, end in nonblank_lines(text)
        if not text[start:end].isspace()
    ]
    counts = Counter(candidate.key for _, candidate in lines if candidate is not None)
    candidates: list[LabelCandidate] = []
    followed = Counter[str]()
    above = ""
    for end, candidate in lines:
        # "uur 3" on a line has the form of a label; one that does not recur is what is said.
        if candidate is None or not (counts[candidate.key] > 1 or candidate.key in user_keys):
            followed[above] += 1
            above = ""
            continue
        candidates.append(candidate)
        above = candidate.key
        if candidate.speech_start < end:
            followed[above] += 1
            above = ""
    return _recurring(candidates, followed, user_keys)


def _candidate(
    line: str, start: int, user_keys: set[str], emphasis_end: int
) -> LabelCandidate | None:
    # First what is in bold: with the words after it a short line looks like a label as a whole.
    bold = _EMPHASIZED.fullmatch(line, 0, emphasis_end - start) if emphasis_end > start else None
    match = bold or _LINE.match(line) or _BOLD.match(line)
    if match is None:
        return None
    label = " ".join(match["label"].split())
    if label_key(label) not in user_keys and not (is_common_label(label) or is_name(label)):
        return None
    return LabelCandidate(start, label, LabelLayout.LINE, start + match.end())


def _recurring(
    candidates: list[LabelCandidate], followed: Counter[str], user_keys: set[str]
) -> list[LabelCandidate]:
    counts = Counter(candidate.key for candidate in candidates)
    kept = {
        key
        for key, count in counts.items()
        if count >= _FEWEST and followed[key] >= _FOLLOWED_SHARE * count
    }
    kept = (kept if len(kept) > 1 else set()) | (user_keys & counts.keys())
    return [candidate for candidate in candidates if candidate.key in kept]
