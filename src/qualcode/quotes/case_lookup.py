"""Looks up the respondent of each transcript, with the attributes to print below quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.model import (
    GROUP_LABELS,
    Case,
    CodeSummary,
    FrozenMap,
    Passage,
    ThemeSummary,
)
from qualcode.quotes.attribution import AttributionPattern
from qualcode.quotes.excerpts import printed


@dataclass(frozen=True, slots=True)
class Respondent:
    """The respondent of a transcript: one case, or the shared attributes of several.

    Attributes:
        name: Pseudonym, several joined by ``", "``; ``""`` for nobody.
        attributes: The attributes that all of them share.
    """

    name: str
    attributes: FrozenMap[str, str]

    def values(self, transcript: str) -> dict[str, str]:
        """Return the values for a pattern of attribution."""
        return {**self.attributes, "case": self.name, "transcript": transcript}


NOBODY = Respondent("", FrozenMap())
"""The respondent of a transcript without a case."""

INTERVIEWER = Respondent("", FrozenMap({"group": "interviewer"}))
"""The speaker of a coded question, who has no attributes of a respondent."""


def respondents_of(cases: Sequence[Case]) -> dict[str, Respondent]:
    """Return the respondent of each transcript that belongs to a case."""
    speaking: dict[str, list[Case]] = {}
    for case in cases:
        for name in case.transcripts:
            speaking.setdefault(name, []).append(case)
    respondents = {}
    for name, speakers in speaking.items():
        # In a group interview, a quote cannot be attributed to one of them: only shared values are
        # true.
        shared = set.intersection(*(set(case.attributes.items()) for case in speakers))
        shared_attributes = {k: v for k, v in speakers[0].attributes.items() if (k, v) in shared}
        respondents[name] = Respondent(
            ", ".join(case.name for case in speakers), FrozenMap(shared_attributes)
        )
    return respondents


def print_passages(
    summaries: Iterable[ThemeSummary],
    cases: Sequence[Case],
    pattern: AttributionPattern,
    language: str,
    excerpts: Mapping[str, str],
) -> tuple[ThemeSummary, ...]:
    """Return theme summaries with their passages as printed: excerpted and attributed.

    Args:
        summaries: The summaries.
        cases: All cases, with their attributes as they may be printed.
        pattern: The pattern of the line below a passage.
        language: Language of the groups in it.
        excerpts: The author's excerpt by id of the coding.
    """
    respondents = respondents_of(cases)

    def print_passage(passage: Passage) -> Passage:
        values = respondents.get(passage.transcript, NOBODY).values(passage.transcript)
        return replace(
            passage,
            text=printed(passage.text, excerpts.get(passage.coding)),
            attribution=pattern.fill(values, GROUP_LABELS, language),
        )

    def print_code(summary: CodeSummary) -> CodeSummary:
        return replace(
            summary,
            representative=tuple(map(print_passage, summary.representative)),
            deviant=tuple(map(print_passage, summary.deviant)),
        )

    return tuple(
        replace(
            theme,
            representative=tuple(map(print_passage, theme.representative)),
            codes=tuple(map(print_code, theme.codes)),
        )
        for theme in summaries
    )
