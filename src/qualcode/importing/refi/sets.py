"""Sets of a REFI-QDA file: groups of codes, documents and cases.

Groups of documents and cases become an attribute, so that a study can be compared by them; other
programs have no other place for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from qualcode.importing.refi.container import child, children, guid_of, text_of
from qualcode.importing.refi.loss_report import LossReport
from qualcode.messages import Message
from qualcode.model import Case, ExchangeSet, ExchangeSource, FrozenMap, Transcript
from qualcode.model.extension_block import split_extension_block

if TYPE_CHECKING:
    from lxml.etree import _Element

_Grouped = TypeVar("_Grouped", Case, Transcript)

GROUP_ATTRIBUTE = "document_group"
"""Attribute with the names of the sets of a case or a transcript, with ``;`` between them."""


def read_sets(
    root: _Element,
    paths: Mapping[str, str],
    names: Mapping[str, str],
    cases: Mapping[str, str],
    loss_report: LossReport,
) -> tuple[ExchangeSet, ...]:
    """Return the sets of a file, except those that hold fields of qualcode.

    Args:
        root: The project or codebook.
        paths: Path of a code by its GUID.
        names: Name of a transcript by the GUID of its source.
        cases: Name of a case by its GUID.
        loss_report: Gets the members that were not imported.
    """
    sets: list[ExchangeSet] = []
    for element in children(child(root, "Sets"), "Set"):
        description, extensions = split_extension_block(text_of(element, "Description"))
        if extensions:
            continue
        members = [
            guid_of(ref.get("targetGUID") or ref.get("guid"))
            for ref in children(element, "MemberCode", "MemberSource", "MemberNote")
        ]
        sets.append(
            ExchangeSet(
                name=element.get("name") or "set",
                description=description.strip(),
                codes=tuple(paths[guid] for guid in members if guid in paths),
                sources=tuple(names[guid] for guid in members if guid in names),
                cases=tuple(cases[guid] for guid in members if guid in cases),
            )
        )
        imported_count = sum(guid in paths or guid in names or guid in cases for guid in members)
        loss_report.record_lost(
            "members of sets", "They are notes, or not in the file.", len(members) - imported_count
        )
    return tuple(sets)


def group_by_sets(
    sets: Sequence[ExchangeSet],
    sources: Sequence[ExchangeSource],
    cases: Sequence[Case],
    loss_report: LossReport,
) -> tuple[tuple[ExchangeSource, ...], tuple[Case, ...]]:
    """Return sources and cases with the sets that they are in as an attribute.

    A case gets the set of its documents; a document without a case of its own gets it itself.

    Args:
        sets: The sets of the file.
        sources: Its transcripts.
        cases: Its cases.
        loss_report: Gets the number of groups.
    """
    groups = [set_ for set_ in sets if set_.sources or set_.cases]
    if not groups:
        return tuple(sources), tuple(cases)
    grouped_cases = tuple(
        _with_groups(case, (s.name for s in groups if _holds(s, case))) for case in cases
    )
    # A document counts by its cases; where they are in other groups too, it keeps its own.
    covered = {
        (name, set_.name)
        for set_ in groups
        for case in cases
        if _holds(set_, case)
        for name in case.transcripts
    }
    grouped_sources = tuple(
        replace(
            source,
            transcript=_with_groups(
                source.transcript,
                (
                    s.name
                    for s in groups
                    if source.transcript.name in s.sources
                    and (source.transcript.name, s.name) not in covered
                ),
            ),
        )
        for source in sources
    )
    message = Message(
        "Their documents and cases have them as attribute '{name}'.", name=GROUP_ATTRIBUTE
    )
    loss_report.record_changed("sets", message, len(groups))
    return grouped_sources, grouped_cases


def _holds(set_: ExchangeSet, case: Case) -> bool:
    """Tell whether a set holds a case, or all of its documents."""
    documents = set(case.transcripts)
    return case.name in set_.cases or bool(documents and documents <= set(set_.sources))


def _with_groups(item: _Grouped, names: Iterable[str]) -> _Grouped:
    """Return a case or transcript with the names of its sets as an attribute."""
    joined = "; ".join(dict.fromkeys(name.strip() for name in names))
    if not joined:
        return item
    # A variable of that name is what people entered, so it stays.
    attributes = {GROUP_ATTRIBUTE: joined, **item.attributes}
    return replace(item, attributes=FrozenMap(attributes))
