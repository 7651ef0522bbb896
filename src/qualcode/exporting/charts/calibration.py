"""The reliability diagram of suggestions: how sure the program was, and how often it was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporting.charts.style import BLUE, GREY, INK, styled
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import SuggestionReport

if TYPE_CHECKING:
    import altair as alt


def draw_calibration(report: SuggestionReport, *, language: str = "nl") -> alt.LayerChart:
    """Return promised against kept: a point per bin, as large as it has suggestions.

    Args:
        report: From ``suggesting.evaluate``.
        language: ``nl`` or ``en``.
    """
    import altair as alt

    words = Wording(language)
    values = [
        {"sure": bin_.probability, "right": bin_.correct, "count": bin_.count}
        for bin_ in report.bins
        if bin_.count
    ]
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format=".0%", tickCount=5)
    ends = alt.Chart(alt.InlineData(values=[{"at": 0}, {"at": 1}]))
    # The diagonal: as often right as promised.
    perfect = ends.mark_line(strokeDash=[4, 4], color=GREY).encode(
        x=alt.X("at:Q", scale=scale, axis=axis, title=words(Message("how sure the program was"))),
        y=alt.Y("at:Q", scale=scale, axis=axis, title=words(Message("how often it was right"))),
    )
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("sure:Q", scale=scale), y=alt.Y("right:Q", scale=scale)
    )
    points = base.mark_point(filled=True, color=BLUE, opacity=0.85).encode(
        size=alt.Size("count:Q", scale=alt.Scale(range=[40, 500]), legend=None)
    )
    counts = base.mark_text(dy=-16, fontSize=11, color=INK).encode(text="count:Q")
    line = base.mark_line(color=BLUE, strokeWidth=1.5)
    chart = alt.LayerChart(layer=[perfect, line, points, counts]).properties(
        width=380,
        height=340,
        title=words(Message("How sure, and how often right (number: suggestions)")),
    )
    return styled(chart)
