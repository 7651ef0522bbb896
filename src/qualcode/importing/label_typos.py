"""Finds labels that are one letter off a usual one: "Inteviewer", "Repsondent 2"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qualcode.errors import Problem
from qualcode.importing.label_candidates import LabelCandidate, label_key
from qualcode.messages import Message

# Shorter words have too many neighbours that people say: "vraagt" is one letter off "vraag".
_WORDS = (
    "interviewer interviewster onderzoeker onderzoekster researcher moderator gespreksleider "
    "respondent respondente geïnterviewde interviewee participant deelnemer deelneemster "
    "professional speaker spreker observator"
).split()
_NUMBER = re.compile(r"(?:[ _-]?\d{1,3}|[ _-][a-z])\Z")
# One letter off a usual label too, but words of their own.
_REAL_WORDS = frozenset(
    "onderzoeken onderzoekers deelnemers respondenten participants professionals speakers "
    "sprekers respondents researchers interviewers moderators".split()
)


@dataclass(frozen=True, slots=True)
class LabelCorrection:
    """A label that is proposed as another one, from which it differs in one letter.

    Attributes:
        written: The label in the text.
        label: The label that it is read as.
        count: Number of turns.
    """

    written: str
    label: str
    count: int


@lru_cache(maxsize=1024)
def usual_labels(key: str) -> tuple[str, ...]:
    """Return the usual labels from which a label differs in one letter.

    Args:
        key: The label in its form for comparison.
    """
    number = _NUMBER.search(key)
    ending = number.group() if number is not None else ""
    stem = key.removesuffix(ending)
    # "RespondentA" is a label of its own; "Interviewerr" has a letter twice.
    is_lettered = stem[:-1] in _WORDS and stem[-1] != stem[-2]
    if stem in _REAL_WORDS or stem in _WORDS or is_lettered:
        return ()
    return tuple(f"{word}{ending}" for word in _WORDS if is_one_letter_off(stem, word))


def is_one_letter_off(word: str, second_word: str) -> bool:
    """Tell whether two words differ in one letter, or in the order of two letters."""
    if word == second_word or abs(len(word) - len(second_word)) > 1:
        return False
    start = 0
    while start < min(len(word), len(second_word)) and word[start] == second_word[start]:
        start += 1
    first, second = word[start:], second_word[start:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    return max(len(first), len(second)) == 1 or (len(first) == 2 and first == second[::-1])


def find_corrections(
    labels: Iterable[str], user_keys: Collection[str]
) -> dict[str, LabelCorrection]:
    """Return the corrections of labels that are one letter off another one, by their key.

    Args:
        labels: The label of each turn.
        user_keys: Labels that the user gave, by :func:`label_key`: those stay.
    """
    spellings: dict[str, Counter[str]] = {}
    for label in labels:
        spellings.setdefault(label_key(label), Counter())[label] += 1
    corrections = {}
    for key, written in spellings.items():
        targets = [target for target in usual_labels(key) if target in spellings]
        # Where two speakers may be meant, a person must say which one it is.
        if len(targets) == 1 and key not in user_keys:
            label = spellings[targets[0]].most_common(1)[0][0]
            spelling = written.most_common(1)[0][0]
            corrections[key] = LabelCorrection(spelling, label, written.total())
    return corrections


def correct_candidates(
    candidates: Sequence[LabelCandidate], user_keys: Collection[str]
) -> tuple[list[LabelCandidate], tuple[LabelCorrection, ...]]:
    """Give candidates the label that they are one letter off; return what was corrected, too."""
    corrections = find_corrections((candidate.label for candidate in candidates), user_keys)
    corrected = [
        replace(candidate, label=corrections[candidate.key].label)
        if candidate.key in corrections
        else candidate
        for candidate in candidates
    ]
    return corrected, tuple(corrections.values())


def occurring(
    corrections: Iterable[LabelCorrection], labels: Collection[str]
) -> tuple[LabelCorrection, ...]:
    """Return the corrections to labels that are speakers; ``labels`` are their keys."""
    return tuple(c for c in corrections if label_key(c.label) in labels)


def corrections_problem(
    corrections: Sequence[LabelCorrection], file_name: str
) -> tuple[Problem, ...]:
    """Return a Problem that asks whether each corrected label is the same speaker."""
    return tuple(
        Problem(
            file_name,
            Message(
                "'{written}' ({count}×) was read as '{label}': they differ in one letter.",
                written=correction.written,
                count=correction.count,
                label=correction.label,
            ),
            Message(
                "If it is another speaker, name it with its role when importing: "
                '--speakers "{written}=respondent".',
                written=correction.written,
            ),
        )
        for correction in corrections
    )
