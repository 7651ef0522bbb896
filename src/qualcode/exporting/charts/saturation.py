"""The chart of saturation: codes known after each interview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.exporting.charts.style import LINES, POINTS, cycle, styled
from qualcode.exporting.reports.reach import group_name
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Saturation

if TYPE_CHECKING:
    import altair as alt


def draw_saturation(saturations: Iterable[Saturation], *, language: str = "nl") -> alt.LayerChart:
    """Return the codes known after each interview, a line and a shape of point per group."""
    import altair as alt

    words = Wording(language)
    saturations = tuple(saturations)
    names = [group_name(saturation.group, words) for saturation in saturations]
    values = [
        {"interview": place, "name": interview, "codes": code_count, "group": name}
        for saturation, name in zip(saturations, names, strict=True)
        for place, (interview, code_count) in enumerate(
            zip(saturation.interviews, saturation.known_codes, strict=True), start=1
        )
    ]
    # A shape for each line, for who cannot tell the colours from each other.
    legend = alt.Legend(title=None, orient="top") if len(names) > 1 else None
    count = len(names)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X(
            "interview:Q",
            title=words(Message("interviews")),
            axis=alt.Axis(tickMinStep=1, format="d", grid=False),
        ),
        y=alt.Y(
            "codes:Q",
            title=words(Message("codes up to this interview")),
            axis=alt.Axis(tickMinStep=1),
        ),
        color=alt.Color(
            "group:N",
            sort=names,
            scale=alt.Scale(domain=names, range=cycle(LINES, count)),
            legend=legend,
        ),
    )
    shapes = alt.Scale(domain=names, range=cycle(POINTS, count))
    points = base.mark_point(filled=True, size=55, opacity=1).encode(
        shape=alt.Shape("group:N", sort=names, scale=shapes, legend=legend)
    )
    chart = alt.LayerChart(layer=[base.mark_line(strokeWidth=2), points]).properties(
        width=460, height=280, title=words(Message("Codes by number of interviews"))
    )
    return styled(chart)
