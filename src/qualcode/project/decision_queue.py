"""The queue of open disagreements: a table with empty columns to fill in the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import exporting
from qualcode.model import Coding, Disagreement

if TYPE_CHECKING:
    from qualcode.project.project import Project


def write_queue(project: Project, disagreements: Sequence[Disagreement], path: Path) -> None:
    """Write disagreements as csv or xlsx, with empty columns to fill in the decisions."""
    info = project.info
    keys = (
        "disagreement transcript start end kind code other_code same_theme words "
        "coder_a quotes_a memos_a coder_b quotes_b memos_b "
        "choice reason note new_code new_quote"
    )
    rows = (
        (
            *(d.id, d.transcript, d.unit.start, d.unit.end, d.kind.value, d.code),
            *(d.other_code, "yes" if d.same_theme else "", d.words or None),
            *(d.coder_a, *_quotes_and_memos(d.codings_a)),
            *(d.coder_b, *_quotes_and_memos(d.codings_b)),
            *("", "", "", "", ""),
        )
        for d in disagreements
    )
    exporting.write_rows(
        "disagreements",
        keys.split(),
        rows,
        path,
        created=info.created_at,
        decimal_comma=info.decimal_comma,
    )


def _quotes_and_memos(codings: Sequence[Coding]) -> tuple[str, str]:
    """Return the passages and the memos of one side, for a cell each."""
    return (
        " | ".join(coding.quote for coding in codings),
        " | ".join(coding.memo for coding in codings if coding.memo),
    )
