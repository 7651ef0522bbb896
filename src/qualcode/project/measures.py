"""How measures of disclosure control are kept in a project: as one setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.errors import InvalidValueError
from qualcode.model import FrozenMap

if TYPE_CHECKING:
    from qualcode.quotes import Measures

SETTING = "disclosure"
"""Setting that keeps the measures."""

FEWEST_TO_HIDE = 3
"""Below a threshold of 3, a hidden count can only be 1."""


def unpack_measures(setting: Mapping[str, Any]) -> Measures:
    """Return the measures of a setting."""
    from qualcode.quotes import THRESHOLD, Measures

    return Measures(
        threshold=setting.get("threshold", THRESHOLD),
        left_out=frozenset(setting.get("left_out", ())),
        suppressed=frozenset((case, name) for case, name in setting.get("suppressed", ())),
        wider=FrozenMap({(name, value): to for name, value, to in setting.get("wider", ())}),
        hide_counts=setting.get("hide_counts", False),
        confirmed=FrozenMap({r["risk"]: r["reason"] for r in setting.get("confirmed", ())}),
    )


def pack_measures(measures: Measures, before: Mapping[str, Any], coder: str) -> dict[str, Any]:
    """Return the setting of measures.

    Args:
        measures: What is held back, and which risks are accepted.
        before: The setting until now, which knows who accepted a risk.
        coder: Who accepts those that are new.
    """
    # A risk keeps the name of the person who accepted it, whoever changes the measures later.
    accepted_by = {risk["risk"]: risk.get("by", "") for risk in before.get("confirmed", ())}
    return {
        "threshold": measures.threshold,
        # Sorted, because sets have no order: the same measures give the same setting.
        "left_out": sorted(measures.left_out),
        "suppressed": sorted(map(list, measures.suppressed)),
        "wider": sorted([name, old, new] for (name, old), new in measures.wider.items()),
        "hide_counts": measures.hide_counts,
        "confirmed": [
            {"risk": risk, "reason": reason, "by": accepted_by.get(risk, coder)}
            for risk, reason in measures.confirmed.items()
        ],
    }


def refuse_revealing_threshold(measures: Measures) -> None:
    """Raise where a hidden count can only be one number, so that hiding it reveals it."""
    if measures.hide_counts and measures.threshold < FEWEST_TO_HIDE:
        raise InvalidValueError(
            "With a threshold of 2 a hidden count can only be 1, so hiding it tells it. Set it to "
            "3 or more: qualcode disclosure --threshold 3"
        )
