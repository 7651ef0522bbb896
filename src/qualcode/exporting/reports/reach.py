"""The reach of a code, as text and as columns: cases with it, of those that were asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from qualcode.exporting.document.table import Column, Kind, Value, heading
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Reach

Row = TypeVar("Row")

NOT_ASKED = Message("not asked")
"""Printed in place of the reach of a code in a group that was not asked about it."""


NOT_ATTRIBUTABLE = Message("not attributable")
"""Printed in place of the reach in a group of which nobody said who speaks."""


def group_name(group: str, words: Wording) -> str:
    """Return what a group is called in a table: "all" where it is the cases of all groups."""
    return words.group(group) if group else words(Message("all"))


def reach_line(
    reaches: Iterable[Reach],
    words: Wording,
    in_words: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the reach per group: "7 van 10 gebruikers; niet gevraagd aan professionals".

    The reach in all groups together is printed only where there are no groups, and nothing is
    printed where there is one case.

    Args:
        reaches: Of one code.
        words: Of the language.
        in_words: By group, what its numbers come to ("most users"); it follows in brackets.
    """
    reaches = tuple(reaches)
    # in a study of one person, "1 of 1" tells nothing
    if sum(reach.of or 0 for reach in reaches if not reach.group) == 1:
        return ""
    per_group = tuple(reach for reach in reaches if reach.group) or reaches
    parts = []
    for reach in per_group:
        group = words.group(reach.group)
        if not reach.of and reach.unknown_cases:
            parts.append(words(Message("{group}: not attributable to persons", group=group)))
        elif reach.of is None:
            parts.append(words(Message("not asked of {group}", group=group)))
        elif reach.of:
            # "most users" would give the hidden count away
            comment = "" if reach.hidden else in_words.get(reach.group, "")
            count = reach.hidden or reach.cases
            part = words(
                Message("{cases} of {of} {group}", cases=count, of=reach.printed_of, group=group)
            )
            parts.append(part + (f" ({comment})" if comment else ""))
    # Counted and told: nobody knows whose words these are, so they are in no group's reach.
    unattributed = max((reach.unattributed for reach in reaches), default=0)
    if unattributed and parts:
        parts.append(words(count_unattributed(unattributed)))
    return "; ".join(parts)


def count_unattributed(codings: int) -> Message:
    """Return "2 passages not attributable to a person"."""
    return Message.counted(
        "{count} passage not attributable to a person",
        "{count} passages not attributable to a person",
        codings,
    )


def reach_text(reach: Reach, words: Wording) -> str:
    """Return "7 of 10", or that the group was not asked."""
    if reach.of is None:
        return words(NOT_ASKED)
    if not reach.of and reach.unknown_cases:
        return words(NOT_ATTRIBUTABLE)
    return words(count_of(reach.hidden or reach.cases, reach.printed_of))


def count_of(count: object, total: object) -> Message:
    """Return "7 of 10"."""
    return Message("{n} of {of}", n=count, of=total)


def reach_columns(words: Wording, reach: Callable[[Row], Reach]) -> tuple[Column[Row], ...]:
    """Return the columns of a reach in numbers: group, cases, of how many, codings, words.

    Args:
        words: Of the language.
        reach: Reads the reach from a row.
    """
    return (
        group_column(words, reach),
        cases_column(lambda row: _cases(reach(row))),
        *asked_columns(reach),
    )


def cases_column(cases: Callable[[Row], Value]) -> Column[Row]:
    """Return the column of how many cases have a code."""
    return Column("cases", heading("cases with the code"), cases, Kind.COUNT)


def asked_columns(reach: Callable[[Row], Reach]) -> tuple[Column[Row], ...]:
    """Return the columns of what a reach is to be seen against: cases that were asked, codings."""
    return (
        Column("of", heading("of"), lambda row: reach(row).printed_of, Kind.COUNT),
        *coding_columns(reach),
        unattributed_column(reach),
    )


def unattributed_column(reach: Callable[[Row], Reach]) -> Column[Row]:
    """Return the column of the codings of whom nobody knows who says them."""
    return Column(
        "unattributed",
        heading("not attributable"),
        lambda row: reach(row).unattributed or None,
        Kind.COUNT,
    )


def group_column(words: Wording, reach: Callable[[Row], Reach]) -> Column[Row]:
    """Return the column of the group of a reach."""
    return Column("group", heading("group"), lambda row: group_name(reach(row).group, words))


def coding_columns(reach: Callable[[Row], Reach]) -> tuple[Column[Row], ...]:
    """Return the columns of the codings of a reach: how many, and their share of the words."""
    return (
        Column("codings", heading("codings"), lambda row: reach(row).codings, Kind.COUNT),
        Column(
            "words_share", heading("share of words"), lambda row: reach(row).words_share, Kind.SHARE
        ),
    )


def _cases(reach: Reach) -> Value:
    # 0 of a group that was not asked would read as a finding.
    return None if reach.of is None else reach.hidden or reach.cases
