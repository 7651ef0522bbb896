"""A text with its turns, before the speakers have their roles."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.errors import Problem
from qualcode.importing.label_candidates import label_key
from qualcode.importing.label_typos import LabelCorrection
from qualcode.importing.speaker_labels import LabelProposal
from qualcode.messages import Message
from qualcode.model import Turn

UNLABELLED_SPEAKER = "R"
"""The speaker of a text without labels."""

ASSUMED_LABELS = {
    # The low confidence makes a person look: an interviewer's words may be among this speech.
    label_key(UNLABELLED_SPEAKER): LabelProposal(UNLABELLED_SPEAKER, 0.3, "the text has no labels")
}


@dataclass(frozen=True, slots=True)
class InterviewText:
    """A frozen text with its turns.

    Attributes:
        text: The text.
        turns: In order.
        labels: How sure each speaker label is, by :func:`label_key`.
        problems: What was odd.
        corrections: Labels that are read as another one, which a person must confirm.
    """

    text: str
    turns: tuple[Turn, ...]
    labels: dict[str, LabelProposal] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    corrections: tuple[LabelCorrection, ...] = ()

    def speech_by_label(self) -> dict[str, list[str]]:
        """Return the turns of each speaker as text, speakers in order of first appearance."""
        speech: dict[str, list[str]] = {}
        for turn in self.turns:
            speech.setdefault(turn.speaker, []).append(turn.span.of(self.text))
        return speech


def no_labels_problem(file_name: str) -> Problem:
    """Return the Problem of a text in which nobody is named."""
    return Problem(
        file_name,
        Message(
            "No speaker labels were found; all of it is taken as speech of "
            "'{unlabelled_speaker}', a respondent.",
            unlabelled_speaker=UNLABELLED_SPEAKER,
        ),
        "Put a label such as 'I:' or 'R:' before each turn to tell speakers apart.",
    )
