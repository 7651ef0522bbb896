"""Codings that a figure leaves out, counted by the reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class OmissionReason(StrEnum):
    """Why a coding is not counted, or for no person."""

    INTERVIEWER = "interviewer"
    """It lies in what interviewers say."""
    OTHER = "other"
    """It lies in what somebody says who is no respondent."""
    UNCONFIRMED = "unconfirmed"
    """The speaker is only proposed as an interviewer: nobody confirmed the role."""
    DOCUMENT = "document"
    """It lies in a document by nobody who takes part."""
    ANSWER = "answer"
    """It lies in an answer of a survey, and nobody said whose."""
    UNKNOWN = "unknown"
    """Nobody said, or nobody can tell, who the speaker is."""


@dataclass(frozen=True, slots=True)
class Omission:
    """Codings that are left out for one reason.

    Attributes:
        reason: The reason.
        codings: Their number, at least 1.
        speakers: Labels of those who say them, in order; for the screen, as a label may be a name.
    """

    reason: OmissionReason
    codings: int
    speakers: tuple[str, ...] = ()

    def json_fields(self) -> dict[str, Any]:
        """Return the omission as json has it: without labels, which may be names of people."""
        return {"reason": self.reason, "codings": self.codings}
