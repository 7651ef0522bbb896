"""Results of an analysis, kept in memory per text while the program runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")

CAPACITY = 5_000_000
"""Characters of text whose results are kept; about a hundred interviews of an hour."""


class ResultCache(Generic[Result]):
    """Results per text; the texts that were used longest ago leave first.

    A text is known by its hash, so that the cache itself holds no text of an interview. One cache
    belongs to one pipeline: results of other components never mix.

    Args:
        analyze: Gives the result of each text, in order.
        capacity: Characters of text to keep results for.
    """

    def __init__(
        self,
        analyze: Callable[[Sequence[str]], Iterable[Result]],
        capacity: int = CAPACITY,
    ) -> None:
        self._analyze = analyze
        self._capacity = capacity
        self._size = 0
        self._results: dict[bytes, tuple[Result, int]] = {}
        # the app analyses in several threads: a page and the work in the background
        self._lock = Lock()

    def results_of(self, texts: Sequence[str]) -> list[Result]:
        """Return the result of each text; only texts without one are analysed."""
        keys = [_key(text) for text in texts]
        with self._lock:
            results = {key: self._results[key] for key in keys if key in self._results}
            new_texts = {k: t for k, t in zip(keys, texts, strict=True) if k not in results}
            if new_texts:
                analysis = self._analyze(list(new_texts.values()))
                for (key, text), result in zip(new_texts.items(), analysis, strict=True):
                    results[key] = (result, len(text))
            self._keep(results)
        return [results[key][0] for key in keys]

    def _keep(self, results: dict[bytes, tuple[Result, int]]) -> None:
        for key, entry in results.items():
            # a dict keeps the order of insertion: what was just used goes to the end
            replaced = self._results.pop(key, None)
            self._size += entry[1] - (replaced[1] if replaced else 0)
            self._results[key] = entry
        while self._size > self._capacity:
            oldest = next(iter(self._results))
            self._size -= self._results.pop(oldest)[1]


def _key(text: str) -> bytes:
    # a lone surrogate has no UTF-8, but a file of segments may contain one
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
