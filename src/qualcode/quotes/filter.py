"""Keeps the quotes that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qualcode.errors import unknown_name
from qualcode.model import Case, Codebook, Quote, QuoteFilter, QuoteSection, Transcript


def select_quotes(
    sections: Iterable[QuoteSection],
    wanted: QuoteFilter,
    codebook: Codebook,
    transcripts: Iterable[Transcript],
    cases: Iterable[Case],
    *,
    rounds: Iterable[str] = (),
) -> tuple[QuoteSection, ...]:
    """Return the sections with only the quotes asked for; a section left empty goes.

    Args:
        sections: From :func:`collect_quotes`, of the layer asked for.
        wanted: Which quotes to take.
        codebook: Knows the themes and codes.
        transcripts: All transcripts of the project.
        cases: All cases of the project.
        rounds: Names of rounds that exist beside those in the quotes.

    Raises:
        UnknownNameError: a name does not exist; the text names the nearest one.
    """
    sections, cases = tuple(sections), tuple(cases)
    coded_in = {quote.round for section in sections for quote in section.quotes}
    for kind, name, known in (
        ("theme", wanted.theme, [code.path for code in codebook.themes]),
        ("group", wanted.group, [case.group for case in cases]),
        ("case", wanted.case, [case.name for case in cases]),
        ("round", wanted.round, ["", *rounds, *coded_in]),
        ("transcript", wanted.transcript, [one.name for one in transcripts]),
    ):
        _check(kind, name, known)
    below = None
    if wanted.code:
        below = {code.path for code in codebook.subtree(codebook.code(wanted.code).path)}
    kept = (
        replace(s, quotes=tuple(q for q in s.quotes if _fits(q, wanted, below))) for s in sections
    )
    return tuple(section for section in kept if section.quotes)


def _check(kind: str, name: str | None, known: Sequence[str]) -> None:
    if name is not None and name not in known:
        raise unknown_name(kind, name, {k for k in known if k}, "this project")


def _fits(quote: Quote, wanted: QuoteFilter, below: set[str] | None) -> bool:
    same = ("theme", "group", "round", "transcript")
    return (
        (below is None or quote.code in below)
        and (quote.chosen or not wanted.chosen_only)
        and (wanted.case is None or wanted.case in quote.case.split(", "))
        and all(getattr(wanted, name) in {None, getattr(quote, name)} for name in same)
    )
