"""What all plots share: type, colours, the axis of codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, TypeVar

from qualcode.exporting.document.typography import one_line
from qualcode.translation import translator

if TYPE_CHECKING:
    import altair as alt

Chart = TypeVar("Chart", "alt.LayerChart", "alt.VConcatChart")

# Fonts that look alike on every system.
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
INK, GREY, BLUE = "#1f2937", "#5b6472", "#2563eb"
LINES = ("#1f2937", "#2563eb", "#b45309", "#047857", "#7c3aed", "#be123c")
POINTS = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


_WIDEST_SENTENCE = 78
"""Characters of a line below the title; the narrowest plot is about as wide."""


def styled(chart: Chart) -> Chart:
    """Return a plot in the type and colours of all plots, on white."""
    styled: Chart = (
        chart.configure(font=FONT, background="#ffffff", padding=12)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=GREY,
            titleFontWeight="normal",
            labelFontSize=11,
            titleFontSize=11,
            domainColor="#9ca3af",
            tickColor="#9ca3af",
            gridColor="#eceff3",
        )
        .configure_title(color=INK, fontSize=14, anchor="start", offset=12)
        .configure_legend(labelColor=INK, labelFontSize=11)
    )
    return styled


def with_basis(chart: Chart, sentence: str) -> Chart:
    """Return a plot with a sentence below its title: whose codings it counts."""
    import altair as alt

    # A plot goes into a paper without the report that tells this.
    lines = wrap(sentence, _WIDEST_SENTENCE)
    title = alt.TitleParams(
        str(chart.title), subtitle=lines, subtitleColor=GREY, subtitleFontSize=10
    )
    titled: Chart = chart.properties(title=title)
    return titled


def code_axis(names: Mapping[str, str]) -> alt.Axis:
    """Return an axis of code paths that shows their labels, those of themes in bold."""
    import altair as alt

    # The axis is sorted by path, which is unique; labels need not be.
    labels = json.dumps({path: one_line(name) for path, name in names.items()}, sort_keys=True)
    return alt.Axis(
        labelExpr=f"({labels})[datum.value]",
        labelLimit=320,
        ticks=False,
        labelFontWeight={
            # The path of a theme has no slash.
            "condition": {"test": "indexof(datum.value, '/') < 0", "value": "bold"},
            "value": "normal",
        },
    )


def cycle(values: tuple[str, ...], count: int) -> list[str]:
    """Return as many values as asked for, from the first again after the last."""
    return [values[place % len(values)] for place in range(count)]


def decimal_axis(language: str) -> alt.Axis:
    """Return an axis whose numbers have the decimal mark of a language."""
    import altair as alt

    mark = translator(language).decimal
    return alt.Axis(
        labelExpr="datum.label" if mark == "." else f"replace(datum.label, '.', '{mark}')"
    )
