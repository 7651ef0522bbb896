"""Decides which label candidates are speakers, each with a confidence for a person to check.

A label counts if it has a form that transcripts use (``I``, ``R1``, ``SPEAKER_00``,
``Interviewer``) or looks like a name and recurs. ``Let op:`` and ``Nou ja:`` are speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.errors import Problem
from qualcode.importing.label_candidates import LabelCandidate, LabelLayout, label_key
from qualcode.importing.label_typos import (
    LabelCorrection,
    correct_candidates,
    corrections_problem,
    occurring,
    usual_labels,
)
from qualcode.messages import Message
from qualcode.model import is_uncertain_label

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
# "Dan: hoe gaat het?" may be somebody called Dan.
_ALSO_NAMES = frozenset(("dan", "stel", "juist"))
_FEWEST_TURNS = 2
_METADATA = re.compile(
    r"(?:datum(?: interview| opname)?|date|locatie|location|plaats|duur|duration|bestand(?:snaam)?"
    r"|file|opname(?:datum)?|recording|project|titel|title|onderwerp|subject|transcri(?:ptie|pt|bent)"
    r"|getranscribeerd door|transcribed by|interviewnummer|leeftijd|geslacht|tijd|tijdstip|time)"
)
# Parts of an interview, which have the form of a label with a number.
_NUMBERED = re.compile(
    r"(?:taak|deel|blok|stap|les|week|dag|punt|fase|item|thema|task|part|step|day|topic|unit|uur)"
    r"[-_ ]?\d{1,3}"
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
_PEOPLE = frozenset("man vrouw mannen vrouwen jongen meisje male female woman stem voice".split())
_PARTICLES = frozenset("de den der van ten ter te het 't la le von und & en da del".split())
_LIST_LETTER = re.compile(r"(?:[a-z]|[ivx]{1,5})\.", re.IGNORECASE)
# Data about the interview (date, place, duration) are in its first lines.
_HEADING_LINES = 25
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
    """The candidates that start a turn, their labels, and what was not taken as written.

    Attributes:
        candidates: In the order of the text.
        proposals: The labels, by :func:`label_key`.
        rejected: Labels that were not taken for a speaker, with their counts.
        corrections: Labels that are read as another one, from which they differ in one letter.
    """

    candidates: tuple[LabelCandidate, ...]
    proposals: dict[str, LabelProposal]
    rejected: Counter[str] = field(default_factory=Counter)
    corrections: tuple[LabelCorrection, ...] = ()


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
        stated_keys: Labels that the layout of the file states; see ``stated_labels``.
    """
    user_keys = {label_key(label) for label in user_labels}
    usable, corrections = correct_candidates(_without_metadata(candidates, user_keys), user_keys)
    by_key = _Groups()
    for candidate in usable:
        by_key.setdefault(candidate.key, []).append(candidate)
    certain_keys = _recurring(by_key)
    chosen: dict[str, LabelProposal] = {}
    for key, group in by_key.items():
        confidence, reason = _judge(key, group, by_key, certain_keys, lines)
        if key in _ALSO_NAMES and _is_name_here(group, by_key, lines):
            confidence, reason = 0.6, Message("begins turns as a name does")
        if key in stated_keys and confidence < 0.95:
            confidence, reason = 0.95, Message("nearly every turn begins with its label")
        if key in user_keys:
            confidence, reason = 1.0, Message("named by you")
        if confidence:
            spelling = Counter(candidate.label for candidate in group).most_common(1)[0][0]
            chosen[key] = LabelProposal(spelling, confidence, reason)
    if not user_keys and _is_single_weak_label(chosen, by_key, lines):
        chosen = {}
    chosen_candidates = tuple(candidate for candidate in usable if candidate.key in chosen)
    rejected = _passed_over(usable, chosen_candidates, chosen)
    return SpeakerLabels(chosen_candidates, chosen, rejected, occurring(corrections, chosen))


def label_problems(speaker_labels: SpeakerLabels, file_name: str) -> tuple[Problem, ...]:
    """Return what a person must look at: corrected labels, and words that were not taken."""
    return corrections_problem(speaker_labels.corrections, file_name) + _rejected_labels_problem(
        speaker_labels, file_name
    )


def _rejected_labels_problem(speaker_labels: SpeakerLabels, file_name: str) -> tuple[Problem, ...]:
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
        Message("Not read as a speaker: {labels}.", labels=labels)
        if more <= 0
        else Message(
            "Not read as a speaker: {labels}; and {more} others.", labels=labels, more=more
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


class _Groups(dict[str, list[LabelCandidate]]):
    """The candidates by their label; what all of them say together is counted once.

    A table read as a text may have ten thousands of labels, each of which is compared with all.
    """

    @cached_property
    def top_count(self) -> int:
        """How often the most frequent label occurs."""
        return max(len(group) for key, group in self.items() if key not in _SPEECH)

    @cached_property
    def clear_count(self) -> int:
        """How many candidates have a gap between label and time."""
        return sum(candidate.clear for group in self.values() for candidate in group)

    @cached_property
    def opening(self) -> int | None:
        """Where the first label of a known form that recurs stands."""
        return min((self[key][0].start for key in _recurring(self)), default=None)


def _recurring(by_key: _Groups) -> set[str]:
    """Return the labels of a known form that recur; other labels are compared with them."""
    return {key for key, group in by_key.items() if len(group) > 1 and _is_known(key, group[0])}


def is_spoken(key: str) -> bool:
    """Tell whether words before a colon are such as people say; ``key`` as for comparison."""
    return key in _SPEECH


def is_common_label(label: str) -> bool:
    """Tell whether a label has a form that transcripts use: ``I``, ``R1``, ``Interviewer``."""
    key = label_key(label)
    if key in _SPEECH or _NUMBERED.fullmatch(key):
        return False
    return bool(_COMPACT.fullmatch(key) or _ROLE_WORD.fullmatch(key)) or _is_usual_guess(key)


def _is_usual_guess(key: str) -> bool:
    """Tell whether a label stands for somebody whom the transcriber did not know: "Man?"."""
    if not is_uncertain_label(key):
        return False
    stem = key.rstrip("(?) ")
    # "Waarom?:" is speech; a question mark counts after a word for a person only.
    return stem == key or is_common_label(stem) or stem in _PEOPLE


def _is_known(key: str, candidate: LabelCandidate) -> bool:
    is_list = (
        candidate.layout is LabelLayout.TAB and _LIST_LETTER.fullmatch(candidate.label) is not None
    )
    is_label = is_common_label(key) or bool(usual_labels(key))
    return is_label and not is_list


def _judge(
    key: str,
    group: list[LabelCandidate],
    by_key: _Groups,
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
        # Beside labels of a known form, or with time stamps, it is a word that somebody repeats.
        stamped = by_key.clear_count
        is_frequent = (
            len(certain_keys) < 2
            and stamped - sum(candidate.clear for candidate in group) < 2
            and key not in _SPEECH
            and " " not in key
            and count >= max(4, lines * 0.2)
        )
        return (0.6 if is_frequent else 0.0), Message("begins many lines; {times}", times=times)
    if sum(candidate.clear for candidate in group) * 2 > count:
        # Programs stamp every turn, so one stamped line alone is no evidence.
        enough = count > 1 or by_key.clear_count > 2
        return (0.95 if enough else 0.0), Message("is next to a time stamp; {times}", times=times)
    return _judge_name(group, by_key, certain_keys), Message(
        "looks like a name; {times}", times=times
    )


def _is_name_here(group: list[LabelCandidate], by_key: _Groups, lines: int) -> bool:
    """Tell whether a word that people say is a name: it begins turns as often as another name."""
    is_written_so = all(candidate.label[0].isupper() for candidate in group)
    # Asked first: few words can begin a fifth of the lines, so that the others are counted for few.
    if not is_written_so or len(group) < max(_FEWEST_TURNS, lines * 0.2):
        return False
    other_counts = [
        len(g)
        for key, g in by_key.items()
        if key != group[0].key and (is_common_label(key) or is_name(g[0].label))
    ]
    return bool(other_counts) and len(group) >= max(other_counts) / 2


def _judge_name(group: list[LabelCandidate], by_key: _Groups, certain_keys: set[str]) -> float:
    """Return the confidence for a name: it must recur, more often if other labels are certain."""
    count, dashed = len(group), group[0].layout is LabelLayout.DASH
    top_count = by_key.top_count
    # A speaker talks at least a tenth as often as the main one; a title does not recur so often.
    # With a moderator as the only usual label, the names are those who answer.
    has_others = len(certain_keys) > 1
    minimum_count = max(3, top_count / 10) if has_others else max(2, top_count / 20)
    if count < minimum_count or (dashed and (certain_keys or count < 4)):
        return 0.0
    return 0.6 if count < 3 or dashed else 0.85


def _judge_known(
    key: str,
    group: list[LabelCandidate],
    by_key: _Groups,
    certain_keys: set[str],
) -> float:
    first, count = group[0], len(group)
    # "Samen: ..." once may be how a sentence begins.
    if count == 1 and is_uncertain_label(key) and "?" not in key and first.time_ms is None:
        return 0.0
    if count > 1:
        return 0.85 if first.layout is LabelLayout.DASH else 0.97
    opening = first.start if by_key.opening is None else by_key.opening
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


def _is_single_weak_label(chosen: dict[str, LabelProposal], by_key: _Groups, lines: int) -> bool:
    """Tell whether the only label is a word with which a few paragraphs happen to begin."""
    if len(chosen) != 1:
        return False
    key = next(iter(chosen))
    group = by_key[key]
    if group[0].layout in {LabelLayout.STAMP, LabelLayout.CELL, LabelLayout.LINE}:
        return False
    return len(group) < (1 if _is_known(key, group[0]) else max(2, lines * 0.3))
