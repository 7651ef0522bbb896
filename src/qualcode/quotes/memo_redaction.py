"""Redacts memos for print: a passage that is left out may not come back as words of a memo."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from qualcode.model import Coding, Memo, MemoTarget

OMITTED = "[…]"


def without_left_out(
    memos: Iterable[Memo], codings: Sequence[Coding], left_out: Collection[str]
) -> tuple[Memo, ...]:
    """Return memos for print, without the passages of codings that are left out.

    Memos on these codings are dropped. In others the words of these codings, and of all codings
    that overlap them, are replaced: adjudication quotes the coders, whose codings have other ids
    than the consensus.

    Args:
        memos: The memos.
        codings: All codings of the project.
        left_out: Ids of codings that are not quoted.
    """
    withheld = [coding for coding in codings if coding.id in left_out]
    if not withheld:
        return tuple(memos)
    overlapping = [c for c in codings if any(_overlaps(c, other) for other in withheld)]
    hidden_ids = {coding.id for coding in overlapping} | set(left_out)
    quotes = sorted({coding.quote for coding in overlapping}, key=len, reverse=True)
    # Line breaks of the transcript may be spaces in a memo.
    patterns = [re.compile(r"\s+".join(map(re.escape, q.split())), re.IGNORECASE) for q in quotes]
    return tuple(_redacted(memos, hidden_ids, patterns))


def _overlaps(first: Coding, second: Coding) -> bool:
    return first.transcript == second.transcript and first.span.overlaps(second.span)


def _redacted(
    memos: Iterable[Memo], hidden_ids: Collection[str], patterns: Iterable[re.Pattern[str]]
) -> Iterator[Memo]:
    for memo in memos:
        if memo.target_kind is MemoTarget.CODING and memo.target in hidden_ids:
            continue
        text = memo.text
        for pattern in patterns:
            text = pattern.sub(OMITTED, text)
        yield replace(memo, text=text) if text != memo.text else memo
