"""Filters quotes by theme, code, group, case, transcript and round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qualcode.errors import unknown_name
from qualcode.model import Case, Codebook, Quote, QuoteFilter, QuoteSection, Transcript


def select_quotes(
    sections: Iterable[QuoteSection],
    quote_filter: QuoteFilter,
    codebook: Codebook,
    transcripts: Iterable[Transcript],
    cases: Iterable[Case],
    *,
    rounds: Iterable[str] = (),
) -> tuple[QuoteSection, ...]:
    """Return the sections with only the quotes that pass the filter; empty sections are dropped.

    Args:
        sections: From :func:`collect_quotes`, of one layer.
        quote_filter: The filter.
        codebook: The codebook of the quotes.
        transcripts: All transcripts of the project.
        cases: All cases of the project.
        rounds: Names of rounds without quotes.

    Raises:
        UnknownNameError: A name does not exist; the message names the nearest one.
    """
    sections, cases = tuple(sections), tuple(cases)
    coded_in = {quote.round for section in sections for quote in section.quotes}
    for kind, name, names in (
        ("theme", quote_filter.theme, [code.path for code in codebook.themes]),
        ("group", quote_filter.group, [group for case in cases for group in _groups(case)]),
        ("case", quote_filter.case, [case.name for case in cases]),
        # the empty name stands for codings outside rounds
        ("round", quote_filter.round, ["", *rounds, *coded_in]),
        ("transcript", quote_filter.transcript, [transcript.name for transcript in transcripts]),
    ):
        _check(kind, name, names)
    below = None
    if quote_filter.code:
        below = {code.path for code in codebook.subtree(codebook.code(quote_filter.code).path)}
    filtered = (
        replace(s, quotes=tuple(q for q in s.quotes if _fits(q, quote_filter, below)))
        for s in sections
    )
    return tuple(section for section in filtered if section.quotes)


def _check(kind: str, name: str | None, names: Sequence[str]) -> None:
    if name is not None and name not in names:
        # an empty name cannot be offered as what was meant
        raise unknown_name(kind, name, {k for k in names if k}, "this project")


def _groups(case: Case) -> set[str]:
    return {case.group, *(case.attributes_in(name).get("group", "") for name in case.transcripts)}


def _fits(quote: Quote, quote_filter: QuoteFilter, below: set[str] | None) -> bool:
    fields = ("theme", "round", "transcript")
    return (
        (below is None or quote.code in below)
        and (quote.chosen or not quote_filter.chosen_only)
        # A dialogue has the names and the groups of all who say part of it.
        and (quote_filter.group is None or quote_filter.group in (quote.groups or ("",)))
        and (
            quote_filter.case is None
            or quote_filter.case in (quote.cases or quote.case.split(", "))
        )
        and all(getattr(quote_filter, name) in {None, getattr(quote, name)} for name in fields)
    )
