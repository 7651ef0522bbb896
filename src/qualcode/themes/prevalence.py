"""Reach: how many cases of each group have a code, in numbers and in words.

A code's reach includes the codings of the codes below it. A group that was not asked has no
total (``of`` is None): what it brings up unasked is still counted in its own line, but not in
the line of all cases together, whose total holds only the cases that could have the code.
Transcripts without a case count in no group; in the line of all they count among the codings
and in the share of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from qualcode.model import (
    Case,
    Codebook,
    Coding,
    CountInWords,
    CountWords,
    FrozenMap,
    LocalText,
    Reach,
    Transcript,
)
from qualcode.themes.dataset import Material


def _in_both(nl: str, en: str) -> LocalText:
    return LocalText({"nl": nl, "en": en})


COUNT_WORDS = CountWords(
    none=_in_both("geen", "none"),
    exact=FrozenMap({1: _in_both("één respondent", "one respondent"), 2: _in_both("twee", "two")}),
    shares=(
        (Fraction(1, 4), _in_both("enkele", "a few")),
        (Fraction(1, 2), _in_both("sommige", "some")),
        (Fraction(3, 4), _in_both("verschillende", "several")),
    ),
    beyond=_in_both("de meeste", "most"),
    every=_in_both("alle respondenten", "all"),
    not_asked=_in_both("niet gevraagd", "not asked"),
    unasked=_in_both(
        "niet gevraagd, wel ter sprake gebracht ({cases})", "not asked, brought up ({cases})"
    ),
    no_cases=_in_both("geen respondenten in deze groep", "no respondents in this group"),
)
"""The words for counts of cases, as long as a project does not change them."""

SMALL_SAMPLE = 30
"""Below this number of cases no percentage is given."""


def collect_reach(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
) -> FrozenMap[str, tuple[Reach, ...]]:
    """Return per code path the reach: all cases first (group ``""``), then one per group.

    Groups come in the order in which they first appear among the cases.

    Raises:
        UnknownNameError: a coding has a code that is not in the codebook.
    """
    material = Material(codings, codebook, transcripts, cases)
    return FrozenMap({path: reach_of_code(material, path) for path in material.codes})


def reach_of_code(material: Material, path: str) -> tuple[Reach, ...]:
    """Return the reach of a code and the codes below it."""
    return reach_of(material, material.below(path), (path,))


def reach_of(
    material: Material, codings: Sequence[Coding], paths: Sequence[str]
) -> tuple[Reach, ...]:
    """Return the reach of some codings, of codes that were asked where one of ``paths`` was."""
    return tuple(_reach(material, codings, paths, group) for group in ("", *material.groups))


def _reach(
    material: Material, codings: Sequence[Coding], paths: Sequence[str], group: str
) -> Reach:
    names = material.transcripts_of(group)
    inside = [coding for coding in codings if coding.transcript in names]
    could = [case for case in material.cases if _is_asked(material, paths, case.group)]
    asked = _is_asked(material, paths, group) if group else bool(could) or not material.cases
    counted = could if not group else [c for c in material.cases if c.group == group]
    found = {coding.transcript for coding in inside}
    return Reach(
        group=group,
        cases=sum(1 for case in counted if found & set(case.transcripts)),
        of=len(counted) if asked else None,
        codings=len(inside),
        words_share=material.words_share(inside, names),
    )


def _is_asked(material: Material, paths: Sequence[str], group: str) -> bool:
    return any(material.is_asked(path, group) for path in paths)


def count_in_words(
    reach: Reach, words: CountWords = COUNT_WORDS, *, small_sample: int = SMALL_SAMPLE
) -> CountInWords:
    """Return a reach in words, with a percentage from ``small_sample`` cases up."""
    percentage = None
    if reach.of is not None and reach.of >= max(small_sample, 1):
        percentage = 100 * (reach.cases or 0) / reach.of
    return CountInWords(reach.group, _words_for(reach, words), percentage)


def _words_for(reach: Reach, words: CountWords) -> LocalText:
    if reach.of is None:
        brought_up = {k: text.format(cases=reach.cases) for k, text in words.unasked.items()}
        return LocalText(brought_up) if reach.cases else words.not_asked
    if not reach.cases:
        return words.none if reach.of else words.no_cases
    if reach.cases in words.exact:
        return words.exact[reach.cases]
    if reach.cases == reach.of:
        return words.every
    share = Fraction(reach.cases, reach.of)
    return next((text for limit, text in words.shares if share <= limit), words.beyond)
