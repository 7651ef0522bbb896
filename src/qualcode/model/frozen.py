"""An immutable mapping, and text in several languages, for use in frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(Mapping[K, V]):
    """An immutable, hashable mapping; it keeps its order, which does not count in comparisons."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        self._items: dict[K, V] = dict(items or {})

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        # Equal mappings need equal hashes, also in another order.
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._items!r})"


class LocalText(FrozenMap[str, str]):
    """One text in one or more languages, by language code (``nl``, ``en``)."""

    __slots__ = ()

    @classmethod
    def of(cls, value: str | Mapping[str, str] | None, language: str = "nl") -> Self:
        """Return the text of a plain string (taken as ``language``) or a mapping."""
        if value is None:
            return cls()
        if isinstance(value, str):
            return cls({language: value}) if value else cls()
        return cls({key: text for key, text in value.items() if text})

    def in_language(self, language: str) -> str:
        """Return the text in ``language``, else in the first language, else ``""``."""
        return self.get(language) or next(iter(self.values()), "")

    def __str__(self) -> str:
        return self.in_language("nl")
