"""What codes' attributes are called in a language, and charts as files: no project is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode import exporting
from qualcode.exporting import Wording

if TYPE_CHECKING:
    import altair as alt


def attribute_name(name: str, language: str) -> str:
    """Return what an attribute of codes is called in a language; itself where unknown."""
    return Wording(language).attribute(name)


def attribute_value(name: str, value: str, language: str) -> str:
    """Return what a value of an attribute is called; the value itself where unknown."""
    return Wording(language).value(name, value)


def reason_name(reason: str) -> str:
    """Return what a reason for a decision is called; a reason in own words as it is."""
    return exporting.reason_name(reason)


def figure_name(name: str) -> str:
    """Return what a coefficient is called that a report names: "pooled kappa"."""
    return exporting.figure_name(name)


def chart_file(chart: alt.LayerChart, kind: str) -> bytes:
    """Return a chart as a file.

    Args:
        chart: From one of the ``draw`` verbs.
        kind: ``svg`` or ``png``.

    Raises:
        MissingExtraError: what makes files of charts is not installed.
    """
    return exporting.chart_bytes(chart, kind)
