"""The forest plot of agreement: a figure per code with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import InvalidValueError
from qualcode.exporting.charts.style import BLUE, GREY, INK, code_axis, decimal_axis, styled
from qualcode.exporting.code_labels import Labels, label_in_rows
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementReport, CodeAgreement, Codebook
from qualcode.model.comparison import RELIABLE, TENTATIVE

if TYPE_CHECKING:
    import altair as alt

# Room for the scale from -1 to 1; the figures stand to the right of it.
_PLOT_WIDTH = 400


def draw_agreement(
    report: AgreementReport,
    codebook: Codebook | None = None,
    *,
    codes: Sequence[str] | None = None,
    figure: str = "",
    language: str = "nl",
) -> alt.LayerChart:
    """Return a forest plot: one figure per code with its interval; dashes at .667 and .8.

    A code without a figure has a row with only a dash.

    Args:
        report: From ``agreement``.
        codebook: Gives labels and colours; paths and one colour without it.
        codes: Paths of the codes to draw; all by default.
        figure: Key of one of the report's columns, such as ``kappa``; by default the main one.
        language: ``nl`` or ``en``.

    Raises:
        InvalidValueError: another figure.
    """
    import altair as alt

    figures = {column.key: column for column in report.columns}
    figure = figure or report.headline.key
    if figure not in figures:
        raise InvalidValueError(
            Message(
                "'{figure}' cannot be drawn. Use {figures}.",
                figure=figure,
                figures=", ".join(figures),
            )
        )
    words = Wording(language)
    colors = {code.path: code.color for code in codebook.codes} if codebook else {}
    rows = [row for row in report.codes if codes is None or row.code in codes]
    values = [_forest_value(row, figure, colors.get(row.code, BLUE), words) for row in rows]
    order = [row.code for row in rows]
    labels = Labels(codebook, language)
    names = {c: words(label_in_rows(labels, c, order)) if codebook else c for c in order}
    # Kappa may be far below 0; -1 is the lowest that is of interest.
    low = min([0.0, *(value["low"] for value in values if value["low"] is not None)])
    scale = alt.Scale(domain=[max(low, -1.0), 1.0])
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("code:N", sort=order, title=None, axis=code_axis(names)),
        color=alt.Color("color:N", scale=None),
    )
    title = words.of(figures[figure].label)
    axis = decimal_axis(language)
    rules = alt.Chart(alt.InlineData(values=[{"at": at} for at in (TENTATIVE, RELIABLE)]))
    limits = rules.mark_rule(strokeDash=[4, 4], color=GREY).encode(
        x=alt.X("at:Q", scale=scale, axis=axis)
    )
    position = {"scale": scale, "title": title, "axis": axis}
    chart = alt.LayerChart(layer=[limits, *_row_layers(base, position)]).properties(
        width=_PLOT_WIDTH,
        height=alt.Step(20),
        title=words(Message("Agreement per code: {figure} with 95% interval", figure=title)),
    )
    return styled(chart)


def _row_layers(base: alt.Chart, position: dict[str, Any]) -> Iterator[alt.Chart]:
    """Yield the interval, the point and the figure of each row, at their position on the axis."""
    import altair as alt

    # An interval may run on below the axis: it is clipped there.
    spans = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=2, clip=True)
    yield spans.encode(x=alt.X("low:Q", **position), x2="high:Q")
    defined_rows = base.transform_filter("isValid(datum.value)")
    yield defined_rows.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("value:Q", **position)
    )
    yield base.mark_text(align="left", color=INK, fontSize=10).encode(
        x=alt.value(_PLOT_WIDTH + 12),
        text="shown:N",
        color=alt.value(INK),
    )


def _forest_value(row: CodeAgreement, figure: str, color: str, words: Wording) -> dict[str, Any]:
    coefficient = row.figure(figure)
    low, high = coefficient.interval or (None, None)
    return {
        "code": row.code,
        "color": color,
        "value": coefficient.value,
        "low": low,
        "high": high,
        "shown": coefficient.text(words.number, " ({low}; {high})") or "–",
    }
