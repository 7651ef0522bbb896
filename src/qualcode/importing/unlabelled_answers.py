"""Answers without a label, in a text where only the interviewer has one."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.errors import Problem
from qualcode.importing.label_candidates import LabelCandidate, LabelLayout, label_key
from qualcode.importing.speaker_labels import LabelProposal, SpeakerLabels
from qualcode.importing.speaker_roles import is_interviewer_label
from qualcode.importing.turns import UNLABELLED_SPEAKER
from qualcode.messages import Message
from qualcode.model import Role

# At least this share of the questions is followed by a paragraph without a label.
_ANSWERED_SHARE = 0.5
_CONFIDENCE = 0.6


def add_unlabelled_answers(
    speaker_labels: SpeakerLabels,
    paragraphs: Sequence[tuple[int, int]],
    roles: Mapping[str, Role],
) -> SpeakerLabels:
    """Return the labels with a candidate where an answer without a label begins.

    Args:
        speaker_labels: The labels that were found.
        paragraphs: The paragraphs of the text that are not blank.
        roles: Roles that the user gave, by label.
    """
    if len(speaker_labels.proposals) != 1:
        return speaker_labels
    (key, proposal), *_ = speaker_labels.proposals.items()
    user_roles = {label_key(label): role for label, role in roles.items()}
    is_asking = user_roles.get(key) is Role.INTERVIEWER or (
        key not in user_roles and is_interviewer_label(proposal.label)
    )
    starts = [candidate.start for candidate in speaker_labels.candidates]
    answers: dict[int, int] = {}
    for start, end in paragraphs:
        question = bisect.bisect_right(starts, start) - 1
        # The paragraph that holds a label ends where the question ends.
        label = bisect.bisect_left(starts, start)
        has_label = label < len(starts) and starts[label] < end
        if question >= 0 and not has_label:
            answers.setdefault(question, start)
    if not is_asking or len(answers) < max(2, _ANSWERED_SHARE * len(starts)):
        return speaker_labels
    answer_candidates = [
        LabelCandidate(start, UNLABELLED_SPEAKER, LabelLayout.PARAGRAPH, start)
        for start in answers.values()
    ]
    merged = sorted(
        (*speaker_labels.candidates, *answer_candidates), key=lambda candidate: candidate.start
    )
    answering = LabelProposal(
        UNLABELLED_SPEAKER, _CONFIDENCE, Message("follows a question, without a label")
    )
    return replace(
        speaker_labels,
        candidates=tuple(merged),
        proposals={**speaker_labels.proposals, label_key(UNLABELLED_SPEAKER): answering},
    )


def unlabelled_answers_problem(
    speaker_labels: SpeakerLabels, file_name: str
) -> tuple[Problem, ...]:
    """Return a Problem that asks whether the paragraphs without a label are answers."""
    count = sum(c.layout is LabelLayout.PARAGRAPH for c in speaker_labels.candidates)
    if not count:
        return ()
    question_label = next(
        c.label for c in speaker_labels.candidates if c.layout is not LabelLayout.PARAGRAPH
    )
    message = Message(
        "'{label}' is the only speaker label; {count} passages without a label are taken as "
        "answers of '{answering}'.",
        label=question_label,
        count=count,
        answering=UNLABELLED_SPEAKER,
    )
    return (Problem(file_name, message, "If others speak, too, put a label before their turns."),)
