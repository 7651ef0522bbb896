"""Labels that a file states itself: nearly every caption or paragraph begins with one.

Such a label counts however seldom it occurs: a guest who speaks once has one all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from qualcode.importing.label_candidates import LabelCandidate, LabelLayout
from qualcode.importing.speaker_labels import is_common_label, is_name, is_spoken
from qualcode.model import is_uncertain_label

# At least this share of the captions or paragraphs begins with a label.
_STATED_SHARE = 0.8
# Speakers, the interviewer included.
_SMALLEST_GROUP = 3


def find_stated_keys(candidates: Sequence[LabelCandidate], cues: int) -> frozenset[str]:
    """Return the labels of captions in which nearly every cue begins with its label.

    Args:
        candidates: The candidates of the cues.
        cues: Number of cues.
    """
    return _stated(
        [
            candidate.key
            for candidate in candidates
            if candidate.layout is LabelLayout.COLON and not is_spoken(candidate.key)
        ],
        cues,
    )


def find_stated_keys_of_text(
    candidates: Sequence[LabelCandidate], *divisions: Collection[int]
) -> frozenset[str]:
    """Return the labels of a text in which nearly every paragraph begins with its label.

    Args:
        candidates: The candidates of the lines.
        divisions: Where each paragraph starts, in one or more ways to divide the text (by blank
            lines, by line ends); the first one that fits counts.
    """
    labels = [
        candidate
        for candidate in candidates
        if candidate.layout is LabelLayout.COLON
        and not is_spoken(candidate.key)
        and (is_common_label(candidate.label) or is_name(candidate.label))
    ]
    stated = next(filter(None, (_stated_at(labels, starts) for starts in divisions)), frozenset())
    usual = Counter(c.key for c in labels if is_common_label(c.label))
    # With I: and R: in the text, "Amsterdam: daar begon het" is how somebody talks, and "A: geld"
    # an item of a list.
    if sum(count > 1 for count in usual.values()) > 1:
        uncertain = {key for key in stated & usual.keys() if is_uncertain_label(key)}
        # "Samen: ..." is a label in a group only.
        people = {key for key in usual if key not in uncertain or key.endswith("?")}
        return frozenset(uncertain if len(people) >= _SMALLEST_GROUP else ())
    return stated


def _stated_at(labels: Sequence[LabelCandidate], starts: Collection[int]) -> frozenset[str]:
    return _stated([label.key for label in labels if label.start in starts], len(starts))


def _stated(keys: Sequence[str], places: int) -> frozenset[str]:
    counts = Counter(keys)
    # In two captions that happen to hold a colon no label recurs, and none is usual.
    backed = sum(count for key, count in counts.items() if count > 1 or is_common_label(key))
    is_stated = counts.total() >= _STATED_SHARE * places and backed * 2 >= places
    return frozenset(counts) if is_stated else frozenset()
