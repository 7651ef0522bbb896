"""Looks for likely names in every text that goes into an archive, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.model.archive import ArchivedStudy

if TYPE_CHECKING:
    from qualcode.project.archived_evidence import ArchivedEvidence
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.pseudonyms import NameKey


def find_archived_names(
    project: Project,
    snapshot: Snapshot,
    study: ArchivedStudy,
    written: ArchivedEvidence,
    key: NameKey | None,
) -> tuple[Problem, ...]:
    """Return the likely names that are left, each with where it stands first.

    Args:
        project: The project.
        snapshot: Its state.
        study: The study as it goes into the archive, with what is masked.
        written: Summaries and findings on it.
        key: Names that were decided on.
    """
    # Loads the word lists of all languages, which the other publications do without.
    from qualcode.project.name_places import texts_of_codebook, texts_of_guides

    check, spoken = project.disclosure.check_texts, snapshot.info.language
    texts_by_language: dict[str, list[tuple[str, str]]] = {
        spoken: [
            *texts_of_codebook(snapshot.codebook, spoken),
            *texts_of_guides(snapshot),
            *written.texts(),
            *_labels_of(study),
            (Message("why all interviews may go in"), study.reason),
        ]
    }
    for where, text, language in _interviews_of(study):
        texts_by_language.setdefault(language, []).append((where, text))
    problems = tuple(
        problem
        for language, texts in texts_by_language.items()
        for problem in check(texts, language=language, key=key)
    )
    return (*problems, *project.disclosure.check_reasons(key=key))


def _interviews_of(study: ArchivedStudy) -> Iterator[tuple[str, str, str]]:
    for source in study.project.sources:
        text = source.transcript
        edge = 0
        # Turn by turn, because a name is looked up where it stands; between them are labels.
        for number, turn in enumerate(text.turns, 1):
            where = Message("{transcript}, turn {turn}", transcript=text.name, turn=number)
            yield where, text.text[edge : turn.span.start], text.language
            yield where, turn.span.of(text.text), text.language
            edge = turn.span.end
        yield text.name, text.text[edge:], text.language


def _labels_of(study: ArchivedStudy) -> Iterator[tuple[str, str]]:
    for case in study.project.cases:
        parts = (case.attributes, *(part.attributes for part in case.participations))
        values = dict.fromkeys(value for part in parts for value in part.values())
        where = Message("case {name}", name=case.name)
        yield from ((where, value) for value in (case.name, *values))
