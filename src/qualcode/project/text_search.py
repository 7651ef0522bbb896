"""What a search of the texts needs beyond its verbs: filters by attribute, and passages of hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from qualcode.errors import UndefinedRequestError
from qualcode.importing.column_aliases import match_column
from qualcode.messages import Message
from qualcode.model import Case, Hit, HitUnit, SavedSearch, SearchMode, SegmentKind, Span

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot


def passages_of(
    snapshot: Snapshot, hits: Iterable[Hit], unit: HitUnit
) -> Iterator[tuple[str, Span]]:
    """Yield the transcript and passage to code for each hit."""
    from qualcode.suggesting import passage_of

    for hit in hits:
        text = snapshot.transcript(hit.transcript)
        turn = next(turn for turn in text.turns if turn.number == hit.turn)
        if unit is HitUnit.HIT:
            yield text.name, hit.span
        elif unit is HitUnit.TURN:
            yield text.name, passage_of(text, hit, (turn.span,))
        else:
            segments = snapshot.segments(SegmentKind.SENTENCE, text.name)
            if not segments:
                raise not_cut_error(text.name, SegmentKind.SENTENCE)
            yield text.name, passage_of(text, hit, [segment.span for segment in segments])


def not_cut_error(name: str, unit: SegmentKind) -> UndefinedRequestError:
    """Return the error for a transcript that is not cut into units of a kind."""
    return UndefinedRequestError(
        Message(
            "Transcript '{name}' is not cut into units of kind '{value}' yet. Cut it: "
            "qualcode segment",
            name=name,
            value=unit.value,
        )
    )


def attribute_names(where: Mapping[str, str], cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Yield attributes with their values, by the names that the table of respondents became."""
    attribute_names = {name for case in cases for name in case.all_attributes()}
    for key, value in where.items():
        # A column "groep" was read as the attribute "group": its reader asks for "groep".
        names = (n for n in Case.USUAL_ATTRIBUTES if match_column((key,), n) is not None)
        yield (key if key in attribute_names else next(names, key)), value


def run_search(project: Project, search: SavedSearch) -> tuple[Hit, ...]:
    """Return the places that a search finds; see ``suggestions.find``."""
    return project.suggestions.find(
        lemma=search.words if search.mode is SearchMode.FORMS else "",
        exact=search.words if search.mode is SearchMode.EXACT else "",
        pattern=search.words if search.mode is SearchMode.PATTERN else "",
        code=search.code,
        without=search.without,
        where=search.where,
        transcripts=search.transcripts,
        everyone=search.everyone,
    )
