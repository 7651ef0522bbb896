"""Redacts what researchers wrote: a passage that is left out may not come back in their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from qualcode.model import Coding, Memo, MemoTarget

OMITTED = "[…]"


class LeftOutPassages:
    """The passages that are not printed, to keep them out of texts about them.

    Adjudication quotes the coders, whose codings have other ids than the consensus: so codings
    that overlap one that is left out are left out too.

    Args:
        codings: All codings of the project.
        left_out: Ids of codings that are not quoted.

    Attributes:
        ids: Ids of the codings that are left out, or overlap one.
    """

    def __init__(self, codings: Sequence[Coding], left_out: Collection[str]) -> None:
        withheld = [coding for coding in codings if coding.id in left_out]
        overlapping = [c for c in codings if any(_overlaps(c, other) for other in withheld)]
        self.ids = frozenset({coding.id for coding in overlapping} | set(left_out))
        quotes = sorted({coding.quote for coding in overlapping}, key=len, reverse=True)
        # Line breaks of the transcript may be spaces in a memo.
        self._patterns = [
            re.compile(r"\s+".join(map(re.escape, q.split())), re.IGNORECASE) for q in quotes
        ]

    def redact(self, text: str) -> str:
        """Return a text with the words of these passages replaced."""
        for pattern in self._patterns:
            text = pattern.sub(OMITTED, text)
        return text


def without_left_out(
    memos: Iterable[Memo], codings: Sequence[Coding], left_out: Collection[str]
) -> tuple[Memo, ...]:
    """Return memos for print, without the passages of codings that are left out.

    Memos on these codings are dropped; in others their words are replaced.

    Args:
        memos: The memos.
        codings: All codings of the project.
        left_out: Ids of codings that are not quoted.
    """
    return tuple(_redacted(memos, LeftOutPassages(codings, left_out)))


def _overlaps(first: Coding, second: Coding) -> bool:
    return first.transcript == second.transcript and first.span.overlaps(second.span)


def _redacted(memos: Iterable[Memo], passages: LeftOutPassages) -> Iterator[Memo]:
    for memo in memos:
        if memo.target_kind is MemoTarget.CODING and memo.target in passages.ids:
            continue
        text = passages.redact(memo.text)
        yield replace(memo, text=text) if text != memo.text else memo
