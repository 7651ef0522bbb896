"""Computes the reach of codes: the cases of each group that have a code, also in words.

The reach of a code includes the codings of the codes below it. A group that was not asked has no
total (``of`` is None): cases that bring the code up unasked count in the line of the group, but
not in the line of all cases, whose total has only the cases that were asked. Transcripts without
a case count in no group; in the line of all, they count for codings and share of words.
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
from qualcode.themes.dataset import ThemeDataset


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
"""The words for counts of cases, unless a project sets its own."""

NOT_ATTRIBUTABLE = _in_both("niet aan personen toe te schrijven", "not attributable to persons")
"""The words where cases take part, but nobody said who of them says what."""

SMALL_SAMPLE = 30
"""With fewer cases, no percentage is given."""


def collect_reach(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    with_words: bool = True,
) -> FrozenMap[str, tuple[Reach, ...]]:
    """Return per code path the reach: all cases first (group ``""``), then one per group.

    Groups come in the order in which they first appear among the cases.

    Args:
        codings: The codings.
        codebook: Their codebook.
        transcripts: The texts.
        cases: The cases.
        with_words: Whether words are counted too, which takes longest.

    Raises:
        UnknownNameError: A coding has a code that is not in the codebook.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    return FrozenMap(
        {path: reach_of_code(dataset, path, with_words=with_words) for path in dataset.codes}
    )


def reach_of_code(
    dataset: ThemeDataset, path: str, *, with_words: bool = True
) -> tuple[Reach, ...]:
    """Return the reach of a code and the codes below it."""
    return reach_of(dataset, dataset.below(path), (path,), with_words=with_words)


def reach_of(
    dataset: ThemeDataset,
    codings: Sequence[Coding],
    paths: Sequence[str],
    *,
    with_words: bool = True,
) -> tuple[Reach, ...]:
    """Return the reach of codings; a group counts as asked if one of ``paths`` was asked.

    Args:
        dataset: The codings and the study.
        codings: The codings.
        paths: Their codes.
        with_words: Whether words are counted too, which takes longest.
    """
    return tuple(
        _reach(dataset, codings, paths, group, with_words=with_words)
        for group in ("", *dataset.groups)
    )


def _reach(
    dataset: ThemeDataset,
    codings: Sequence[Coding],
    paths: Sequence[str],
    group: str,
    *,
    with_words: bool,
) -> Reach:
    names = dataset.transcripts_of(group)
    inside = [coding for coding in codings if dataset.is_in_group(coding, group)]
    asked = [moment for moment in dataset.moments if _is_asked(dataset, paths, moment.group)]
    # Without any cases the total is 0, which reads "no respondents" and not "not asked".
    is_asked = _is_asked(dataset, paths, group) if group else bool(asked) or not dataset.cases
    # In the line of all cases, cases that were not asked have no place in the total.
    counted = [m for m in (dataset.moments if group else asked) if group in {"", m.group}]
    # Nobody can tell whether a case has the code if nobody knows which words are its own.
    known_moments = [moment for moment in counted if dataset.is_known(moment)]
    said = dataset.said(inside)
    people = {moment.case.name for moment in known_moments}
    return Reach(
        group=group,
        cases=len({m.case.name for m in known_moments if (m.case.name, m.transcript) in said}),
        of=len(people) if is_asked else None,
        codings=len(inside),
        words_share=dataset.words_share(inside, names, group) if with_words else None,
        unknown_cases=len({moment.case.name for moment in counted} - people),
        unattributed=sum(1 for c in inside if not dataset.speech.is_attributable(c)),
    )


def _is_asked(dataset: ThemeDataset, paths: Sequence[str], group: str) -> bool:
    return any(dataset.is_asked(path, group) for path in paths)


def count_in_words(
    reach: Reach, words: CountWords = COUNT_WORDS, *, small_sample: int = SMALL_SAMPLE
) -> CountInWords:
    """Return a reach in words, with a percentage from ``small_sample`` cases."""
    percentage = None
    # A limit of 0 asks for percentages always, but there is none of zero cases.
    if reach.of is not None and reach.of >= max(small_sample, 1):
        percentage = 100 * (reach.cases or 0) / reach.of
    return CountInWords(reach.group, _words_for(reach, words), percentage)


def _words_for(reach: Reach, words: CountWords) -> LocalText:
    if reach.of is None:
        brought_up = {k: text.format(cases=reach.cases) for k, text in words.unasked.items()}
        return LocalText(brought_up) if reach.cases else words.not_asked
    if not reach.cases:
        if not reach.of:
            return NOT_ATTRIBUTABLE if reach.unknown_cases else words.no_cases
        return words.none
    # Exact words come before "all": two of two cases are "two".
    if reach.cases in words.exact:
        return words.exact[reach.cases]
    if reach.cases == reach.of:
        return words.every
    # Fractions: 1 of 4 must fall in the class up to a quarter, which a float could miss.
    share = Fraction(reach.cases, reach.of)
    return next((text for limit, text in words.shares if share <= limit), words.beyond)
