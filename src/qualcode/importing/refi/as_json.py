"""Content of a file of another program as plain values, for ``qualcode read --json``."""

from __future__ import annotations

from typing import Any

from qualcode.model import ExchangeProject
from qualcode.model.json_values import to_json_value


def exchange_as_json(project: ExchangeProject, *, full: bool = False) -> dict[str, Any]:
    """Return counts and losses as plain values, for ``qualcode read --json``.

    Args:
        project: The project as read.
        full: Return the list of all codings in ``codings``, not their number; positions are
            code points in the text of the source, half-open.
    """
    summary: dict[str, Any] = {
        "name": project.name,
        "origin": project.origin,
        "sources": len(project.sources),
        "codes": len(project.codebook.codes) if project.codebook else 0,
        "codings": len(project.codings),
        "coders": len(project.coders),
        "memos": len(project.memos),
        "cases": len(project.cases),
        "convention": to_json_value(project.convention),
        "score": project.score,
        "losses": [
            {
                "kind": loss.kind.value,
                "what": loss.item,
                "count": loss.count,
                "message": loss.message,
            }
            for loss in project.losses
        ],
    }
    if full:
        labels = _labels(project)
        summary["codings"] = [
            {
                "source": coding.transcript,
                "start": coding.span.start,
                "end": coding.span.end,
                "quote": coding.quote,
                "code": labels[coding.code],
                "coder": coding.coder,
            }
            for coding in project.codings
        ]
    return summary


def _labels(project: ExchangeProject) -> dict[str, str]:
    book = project.codebook
    return {code.path: code.title(book.language) for code in book.codes} if book else {}
