"""Decides which label candidates are speakers, each with a confidence for a person to check.

A label counts if it has a form that transcripts use (``I``, ``R1``, ``SPEAKER_00``,
``Interviewer``) or looks like a name and recurs. ``Let op:`` and ``Nou ja:`` are speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qualcode.errors import Problem
from qualcode.importing.label_candidates import LabelCandidate, LabelLayout, label_key
from qualcode.messages import Message

# Words that people say, and note-takers write, before a colon: never a speaker.
_SPEECH = frozenset(
    """
    let op|nou ja|nou|ja|nee|dus|kijk|maar|want|en|of|oké|ok|okay|oh|ach|hè|he|tja|nb|n.b|ps|p.s
    bijvoorbeeld|kortom|conclusie|samenvatting|samengevat|eerlijk gezegd|weet je|snap je|zo van
    ten eerste|ten tweede|ten derde|ik bedoel|ik dacht|ik zeg|hij zegt|zij zegt|mijn vraag
    de vraag|vraag is|noot|opmerking|voorbeeld|toelichting|luister|moet je horen|stel
    note|well|yes|no|so|but|and|look|listen|like|actually|for example|in short|summary|example
    wel|echt|precies|klopt|inderdaad|goed|prima|juist|natuurlijk|helaas|eigenlijk|gewoon|dan
    toen|daarna|later|eerst|soms|vaak|altijd|vroeger|nu|http|https|mailto|www
    """.replace("\n", "|")
    .replace("  ", "")
    .split("|")
)
_METADATA = re.compile(
    r"(?:datum(?: interview| opname)?|date|locatie|location|plaats|duur|duration|bestand(?:snaam)?"
    r"|file|opname(?:datum)?|recording|project|titel|title|onderwerp|subject|transcri(?:ptie|pt|bent)"
    r"|getranscribeerd door|transcribed by|interviewnummer|leeftijd|geslacht|tijd|tijdstip|time)"
)
_COMPACT = re.compile(
    r"[a-z]\d{0,3}|[a-z]{1,5}[-_ ]?\d{1,3}|int|intv|resp|iv|ov|mod|spk", re.IGNORECASE
)
INTERVIEWER_WORDS = (
    r"interview(?:er|ster)|onderzoek(?:er|ster)|researcher|moderator|gespreksleider|vraag"
)
"""Dutch and English words for an interviewer, as alternatives of a pattern."""
RESPONDENT_WORDS = (
    r"respondente?|ge[iï]nterviewde|interviewee|participant|deelne(?:mer|emster)|gebruiker"
    r"|professional|antwoord|cli[eë]nt"
)
"""The same for a respondent."""
_ROLE_WORD = re.compile(
    rf"(?:{INTERVIEWER_WORDS}|{RESPONDENT_WORDS}|speaker|spreker|unknown speaker"
    r"|onbekende spreker|observator)(?:[ _-]?(?:\d{1,3}|[a-z]))?(?: \(.*\))?",
    re.IGNORECASE,
)
_PARTICLES = frozenset("de den der van ten ter te het 't la le von und & en da del".split())
_LIST_LETTER = re.compile(r"(?:[a-z]|[ivx]{1,5})\.", re.IGNORECASE)
# Data about the interview (date, place, duration) are in its first lines.
_HEADING_LINES = 25
# Captions state their labels where at least this share of the cues begins with one.
_STATED_SHARE = 0.8
_NAMED_IN_PROBLEM = 20


@dataclass(frozen=True, slots=True)
class LabelProposal:
    """A label taken for a speaker.

    Attributes:
        label: Its most frequent spelling.
        confidence: From 0 to 1.
        reason: Why, in a few words.
    """

    label: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class SpeakerLabels:
    """The candidates that start a turn, their labels, and the labels that were rejected."""

    candidates: tuple[LabelCandidate, ...]
    proposals: dict[str, LabelProposal]
    rejected: Counter[str]


def choose_speaker_labels(
    candidates: Sequence[LabelCandidate],
    *,
    lines: int,
    user_labels: Collection[str] = (),
    stated_keys: Collection[str] = (),
) -> SpeakerLabels:
    """Decide which candidates are speaker labels.

    Args:
        candidates: The candidates, in the order of the text.
        lines: Number of lines of the text that are not blank.
        user_labels: Labels that the user gave: they count at every place.
        stated_keys: Labels that the layout of the file states; see :func:`find_stated_keys`.
    """
    user_keys = {label_key(label) for label in user_labels}
    usable = _without_metadata(candidates, user_keys)
    by_key: dict[str, list[LabelCandidate]] = {}
    for candidate in usable:
        by_key.setdefault(candidate.key, []).append(candidate)
    certain_keys = _recurring(by_key)
    chosen: dict[str, LabelProposal] = {}
    for key, group in by_key.items():
        confidence, reason = _judge(key, group, by_key, certain_keys, lines)
        if key in stated_keys:
            confidence, reason = 0.95, Message("nearly every caption begins with its label")
        if key in user_keys:
            confidence, reason = 1.0, "named by you"
        if confidence:
            spelling = Counter(candidate.label for candidate in group).most_common(1)[0][0]
            chosen[key] = LabelProposal(spelling, confidence, reason)
    if not user_keys and _is_single_weak_label(chosen, by_key, lines):
        chosen = {}
    chosen_candidates = tuple(candidate for candidate in usable if candidate.key in chosen)
    return SpeakerLabels(chosen_candidates, chosen, _passed_over(usable, chosen_candidates, chosen))


def find_stated_keys(candidates: Sequence[LabelCandidate], cues: int) -> frozenset[str]:
    """Return the labels of captions in which nearly every cue begins with its label.

    Such a file says itself who speaks, so a label counts however seldom it occurs.

    Args:
        candidates: The candidates of the cues.
        cues: Number of cues.
    """
    counts = Counter(
        candidate.key
        for candidate in candidates
        if candidate.layout is LabelLayout.COLON and candidate.key not in _SPEECH
    )
    recurring = sum(count for count in counts.values() if count > 1)
    # In two cues that happen to hold a colon no label recurs.
    is_stated = counts.total() >= _STATED_SHARE * cues and recurring * 2 >= cues
    return frozenset(counts) if is_stated else frozenset()


def rejected_labels_problem(speaker_labels: SpeakerLabels, file_name: str) -> tuple[Problem, ...]:
    """Return a Problem that names the words at line starts that were not taken for a speaker."""
    counts = [
        (label, count)
        for label, count in speaker_labels.rejected.most_common()
        if is_common_label(label) or is_name(label)
    ]
    if not counts:
        return ()
    labels = ", ".join(f"'{label}' ({count}×)" for label, count in counts[:_NAMED_IN_PROBLEM])
    more = len(counts) - _NAMED_IN_PROBLEM
    message = (
        Message("Not taken for a speaker: {labels}.", labels=labels)
        if more <= 0
        else Message(
            "Not taken for a speaker: {labels}; and {more} others.", labels=labels, more=more
        )
    )
    hint = Message("If one is, name it with its role when importing.")
    return (Problem(file_name, message, hint),)


def _passed_over(
    candidates: Sequence[LabelCandidate],
    chosen_candidates: Sequence[LabelCandidate],
    chosen: Collection[str],
) -> Counter[str]:
    """Count the words within the turns that look like a label but were rejected."""
    opening = chosen_candidates[0].start if chosen_candidates else 0
    return Counter(
        candidate.label
        for candidate in candidates
        if candidate.key not in chosen
        and candidate.key not in _SPEECH
        and candidate.layout is LabelLayout.COLON
        # Above the first turn stands the heading, whose words before a colon are no speakers.
        and candidate.start > opening
    )


def _without_metadata(
    candidates: Sequence[LabelCandidate], user_keys: set[str]
) -> list[LabelCandidate]:
    """Drop the heading of a transcript: all lines up to the last one such as 'Datum: ...'."""
    opening = candidates[:_HEADING_LINES]
    last = max((i for i, h in enumerate(opening) if _METADATA.fullmatch(h.key)), default=-1)
    # If labels recur before it, the line is speech and not part of a heading.
    before = Counter(candidate.key for candidate in opening[: max(last, 0)])
    if before and before.most_common(1)[0][1] > 1:
        last = -1
    return [
        candidate
        for i, candidate in enumerate(candidates)
        if candidate.key in user_keys or (i > last and not _METADATA.fullmatch(candidate.key))
    ]


def _recurring(by_key: dict[str, list[LabelCandidate]]) -> set[str]:
    """Return the labels of a known form that recur; other labels are compared with them."""
    return {key for key, group in by_key.items() if len(group) > 1 and _is_known(key, group[0])}


def is_common_label(label: str) -> bool:
    """Tell whether a label has a form that transcripts use: ``I``, ``R1``, ``Interviewer``."""
    key = label_key(label)
    return key not in _SPEECH and bool(_COMPACT.fullmatch(key) or _ROLE_WORD.fullmatch(key))


def _is_known(key: str, candidate: LabelCandidate) -> bool:
    is_list = (
        candidate.layout is LabelLayout.TAB and _LIST_LETTER.fullmatch(candidate.label) is not None
    )
    return is_common_label(key) and not is_list


def _judge(
    key: str,
    group: list[LabelCandidate],
    by_key: dict[str, list[LabelCandidate]],
    certain_keys: set[str],
    lines: int,
) -> tuple[float, str]:
    """Return the confidence that a label is a speaker (0: it is not), and why."""
    first, count = group[0], len(group)
    times = Message("occurs once")
    if count > 1:
        times = Message("occurs {count} times", count=count)
    if first.layout is LabelLayout.CELL:
        return 0.95, "stands in the column of speakers"
    if first.layout is LabelLayout.LINE:
        return 0.85, Message("fills a line before what is said")
    if _is_known(key, first):
        return _judge_known(key, group, by_key, certain_keys), Message(
            "a usual label; {times}", times=times
        )
    if key in _SPEECH or not is_name(first.label):
        # A lower-case word that begins a fifth of all lines is a label rather than a sentence.
        # Beside labels of a known form it is a word that somebody repeats.
        is_frequent = (
            len(certain_keys) < 2
            and key not in _SPEECH
            and " " not in key
            and count >= max(4, lines * 0.2)
        )
        return (0.6 if is_frequent else 0.0), Message("begins many lines; {times}", times=times)
    if sum(candidate.clear for candidate in group) * 2 > count:
        # Programs stamp every turn, so one stamped line alone is no evidence.
        enough = count > 1 or sum(candidate.clear for g in by_key.values() for candidate in g) > 2
        return (0.95 if enough else 0.0), Message("stands with a time stamp; {times}", times=times)
    return _judge_name(group, by_key, certain_keys), Message(
        "looks like a name; {times}", times=times
    )


def _judge_name(
    group: list[LabelCandidate], by_key: dict[str, list[LabelCandidate]], certain_keys: set[str]
) -> float:
    """Return the confidence for a name: it must recur, more often if other labels are certain."""
    count, dashed = len(group), group[0].layout is LabelLayout.DASH
    top_count = max(len(g) for key, g in by_key.items() if key not in _SPEECH)
    # A speaker talks at least a tenth as often as the main one; a title does not recur so often.
    minimum_count = max(3, top_count / 10) if certain_keys else max(2, top_count / 20)
    if count < minimum_count or (dashed and (certain_keys or count < 4)):
        return 0.0
    return 0.6 if count < 3 or dashed else 0.85


def _judge_known(
    key: str,
    group: list[LabelCandidate],
    by_key: dict[str, list[LabelCandidate]],
    certain_keys: set[str],
) -> float:
    first, count = group[0], len(group)
    if count > 1:
        return 0.85 if first.layout is LabelLayout.DASH else 0.97
    opening = min((by_key[k][0].start for k in certain_keys), default=first.start)
    # 'Interviewer: Anna' above a transcript with I: and R: is a heading.
    if first.start < opening and _ROLE_WORD.fullmatch(key):
        return 0.0
    # 'A: geld' once, in a text with I: and R:, is an item of a list in the speech.
    is_item = len(certain_keys) > 1 and len(key) == 1 and key not in {"i", "r"}
    return 0.0 if is_item or first.layout is LabelLayout.DASH else 0.75


def is_name(label: str) -> bool:
    """Tell whether a label is written like a name: capitals, and particles between them."""
    words = label.replace(",", " ").split()
    if not words or not any(word[0].isupper() for word in words):
        return False
    named = (w in _PARTICLES or w[0].isupper() or w[0].isdigit() or w[0] == "(" for w in words)
    return words[0][0].isupper() and all(named)


def _is_single_weak_label(
    chosen: dict[str, LabelProposal], by_key: dict[str, list[LabelCandidate]], lines: int
) -> bool:
    """Tell whether the only label is a word with which a few paragraphs happen to begin."""
    if len(chosen) != 1:
        return False
    key = next(iter(chosen))
    group = by_key[key]
    if group[0].layout in {LabelLayout.STAMP, LabelLayout.CELL, LabelLayout.LINE}:
        return False
    return len(group) < (1 if _is_known(key, group[0]) else max(2, lines * 0.3))
