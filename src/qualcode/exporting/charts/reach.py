"""The chart of reach: codes against groups of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.exporting.charts.style import GREY, INK, code_axis, styled
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Cell, Codebook, CrossTable

if TYPE_CHECKING:
    import altair as alt


def draw_reach(table: CrossTable, codebook: Codebook, *, language: str = "nl") -> alt.LayerChart:
    """Return codes against groups: each cell in the colour of the code, fuller by reach.

    Args:
        table: ``code_by_group``: cells with cases, and of how many.
        codebook: Gives the colours.
        language: ``nl`` or ``en``.
    """
    import altair as alt

    words = Wording(language)
    colors = {code.path: code.color for code in codebook.codes}
    values = [
        _heat_value(row, words.group(column), colors.get(row, GREY), cell)
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, cell in zip(table.columns, cells, strict=True)
    ]
    names = zip(table.rows, table.row_labels, strict=True)
    axis = code_axis({row: words.of(label) or row for row, label in names})
    groups = [words.group(column) for column in table.columns]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("group:N", sort=groups, title=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("code:N", sort=list(table.rows), title=None, axis=axis),
    )
    heat = base.mark_rect(stroke="#ffffff", strokeWidth=2).encode(
        color=alt.Color("color:N", scale=None),
        opacity=alt.Opacity(
            # Never so dark that the number in it cannot be read.
            "share:Q",
            scale=alt.Scale(domain=[0, 1], range=[0.05, 0.6]),
            legend=None,
        ),
    )
    text = base.mark_text(fontSize=11, color=INK).encode(text="shown:N")
    chart = alt.LayerChart(layer=[heat, text]).properties(
        width=110 * max(len(groups), 1),
        height=alt.Step(24),
        title=words(Message("Cases with the code, by group")),
    )
    return styled(chart)


def _heat_value(code: str, group: str, color: str, cell: Cell) -> dict[str, Any]:
    # Not asked is white, unlike asked and never brought up.
    if cell.of is None and not cell.count:
        return {"code": code, "group": group, "color": "#ffffff", "share": 0, "shown": "–"}
    # A shade would give away the count that is hidden.
    if cell.hidden:
        return {"code": code, "group": group, "color": color, "share": 0, "shown": cell.hidden}
    count = cell.count or 0
    share = count / cell.of if cell.of else 0
    text = f"{count}/{cell.printed_of}" if cell.of is not None else str(count)
    return {"code": code, "group": group, "color": color, "share": share, "shown": text}
