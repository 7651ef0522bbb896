"""Keeps the quotes that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.errors import unknown_name
from qualcode.model import Case, Codebook, Quote, QuoteSection, Transcript


def select_quotes(
    sections: Iterable[QuoteSection],
    codebook: Codebook,
    transcripts: Iterable[Transcript],
    cases: Iterable[Case],
    *,
    theme: str | None = None,
    code: str | None = None,
    group: str | None = None,
    case: str | None = None,
    coder: str | None = None,
    round: str | None = None,  # noqa: A002 - the project's word for it
    transcript: str | None = None,
    chosen_only: bool = False,
    coders: Iterable[str] = (),
    rounds: Iterable[str] = (),
) -> tuple[QuoteSection, ...]:
    """Return the sections with only the quotes asked for; a section left empty goes.

    Args:
        sections: From :func:`collect_quotes`.
        codebook: Knows the themes and codes.
        transcripts: All transcripts of the project.
        cases: All cases of the project.
        theme: Path of a theme.
        code: Path of a code; codes below it come along.
        group: A respondent group.
        case: Pseudonym of a case.
        coder: A coder, or ``consensus``.
        round: Name of a round; ``""`` for what was coded outside rounds.
        transcript: Name of a transcript.
        chosen_only: Only the quotes chosen for publication.
        coders: Names that exist beside those in the quotes.
        rounds: Likewise.

    Raises:
        UnknownNameError: a name does not exist; the text names the nearest one.
    """
    sections, cases = tuple(sections), tuple(cases)
    quotes = [quote for section in sections for quote in section.quotes]
    below = {c.path for c in codebook.subtree(codebook.code(code).path)} if code else None
    wanted: dict[str, str] = {}
    for kind, name, known in (
        ("theme", theme, [c.path for c in codebook.themes]),
        ("group", group, [c.group for c in cases if c.group]),
        ("case", case, [c.name for c in cases]),
        ("coder", coder, [*coders, *(q.coder for q in quotes)]),
        ("round", round, ["", *rounds, *(q.round for q in quotes)]),
        ("transcript", transcript, [t.name for t in transcripts]),
    ):
        if name is None:
            continue
        if name not in known:
            raise unknown_name(kind, name, {k for k in known if k}, "this project")
        wanted[kind] = name

    def is_wanted(quote: Quote) -> bool:
        return (
            (below is None or quote.code in below)
            and (quote.chosen or not chosen_only)
            and all(
                name in quote.case.split(", ") if kind == "case" else getattr(quote, kind) == name
                for kind, name in wanted.items()
            )
        )

    kept = (replace(s, quotes=tuple(filter(is_wanted, s.quotes))) for s in sections)
    return tuple(section for section in kept if section.quotes)
