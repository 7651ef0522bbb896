"""Saved searches as a setting of the project: to JSON and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from qualcode.model import FrozenMap, SavedSearch, SearchMode

SEARCHES = "searches"
"""Key of the setting."""


def pack_searches(searches: Iterable[SavedSearch]) -> list[dict[str, Any]]:
    """Return searches as JSON."""
    # A list, not a mapping by name: the replacement of names reaches values only.
    return [
        {
            "name": search.name,
            "words": search.words,
            "mode": search.mode.value,
            "code": [*search.code],
            "without": [*search.without],
            "where": dict(search.where),
            "transcripts": [*search.transcripts],
            "everyone": search.everyone,
        }
        for search in searches
    ]


def unpack_searches(setting: Iterable[Mapping[str, Any]]) -> tuple[SavedSearch, ...]:
    """Return searches from JSON, by name."""
    return tuple(
        SavedSearch(
            value["name"],
            value["words"],
            SearchMode(value["mode"]),
            tuple(value["code"]),
            tuple(value["without"]),
            FrozenMap(value["where"]),
            tuple(value["transcripts"]),
            value["everyone"],
        )
        for value in sorted(setting, key=itemgetter("name"))
    )
