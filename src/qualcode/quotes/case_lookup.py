"""Who speaks in each transcript, with the attributes to print below what they say."""

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
    """Who speaks in a transcript: one case, or what several have in common.

    Attributes:
        name: Pseudonym, several joined by ``", "``; ``""`` for nobody.
        attributes: The attributes that all of them share.
    """

    name: str
    attributes: FrozenMap[str, str]

    def values(self, transcript: str) -> dict[str, str]:
        """Return what a pattern of attribution can print."""
        return {**self.attributes, "case": self.name, "transcript": transcript}


NOBODY = Respondent("", FrozenMap())
"""Who speaks where no case has the transcript."""

INTERVIEWER = Respondent("", FrozenMap({"group": "interviewer"}))
"""Who speaks in a coded question: no respondent, so it has no attributes of one."""


def respondents_of(cases: Sequence[Case]) -> dict[str, Respondent]:
    """Return who speaks in each transcript that a case has."""
    speaking: dict[str, list[Case]] = {}
    for case in cases:
        for name in case.transcripts:
            speaking.setdefault(name, []).append(case)
    found = {}
    for name, those in speaking.items():
        shared = set.intersection(*(set(case.attributes.items()) for case in those))
        kept = {k: v for k, v in those[0].attributes.items() if (k, v) in shared}
        found[name] = Respondent(", ".join(case.name for case in those), FrozenMap(kept))
    return found


def print_passages(
    summaries: Iterable[ThemeSummary],
    cases: Sequence[Case],
    pattern: AttributionPattern,
    language: str,
    excerpts: Mapping[str, str],
) -> tuple[ThemeSummary, ...]:
    """Return theme summaries with their passages as they are printed: cut, and attributed.

    Args:
        summaries: The summaries.
        cases: All cases, with their attributes as they may be printed.
        pattern: The pattern of the line below a passage.
        language: Language of the groups in it.
        excerpts: The author's excerpt by id of the coding.
    """
    respondents = respondents_of(cases)

    def one(passage: Passage) -> Passage:
        values = respondents.get(passage.transcript, NOBODY).values(passage.transcript)
        return replace(
            passage,
            text=printed(passage.text, excerpts.get(passage.coding)),
            attribution=pattern.fill(values, GROUP_LABELS, language),
        )

    def code(summary: CodeSummary) -> CodeSummary:
        return replace(
            summary,
            representative=tuple(map(one, summary.representative)),
            deviant=tuple(map(one, summary.deviant)),
        )

    return tuple(
        replace(
            theme,
            representative=tuple(map(one, theme.representative)),
            codes=tuple(map(code, theme.codes)),
        )
        for theme in summaries
    )
