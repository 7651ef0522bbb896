"""Plots as svg or png: reach per group, saturation, agreement per code with its interval.

Drawn by altair; turned into a file by vl-convert, which the extra ``plots`` brings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qualcode.errors import InvalidValueError, MissingExtraError
from qualcode.exporting.charts.style import (
    BLUE,
    GREY,
    INK,
    LINES,
    POINTS,
    code_axis,
    cycle,
    decimal_axis,
    styled,
)
from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.typography import number
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.words import Words
from qualcode.model import (
    AgreementReport,
    Cell,
    CodeAgreement,
    Codebook,
    CrossTable,
    Saturation,
)
from qualcode.model.comparison import RELIABLE, TENTATIVE

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

    words = Words(language)
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
            "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, 0.6]), legend=None
        ),
    )
    text = base.mark_text(fontSize=11, color=INK).encode(text="shown:N")
    chart = alt.LayerChart(layer=[heat, text]).properties(
        width=110 * max(len(groups), 1), height=alt.Step(24), title=words("plot_reach")
    )
    return styled(chart)


def _heat_value(code: str, group: str, color: str, cell: Cell) -> dict[str, Any]:
    if cell.of is None and not cell.count:
        return {"code": code, "group": group, "color": "#ffffff", "share": 0, "shown": "–"}
    if cell.hidden:
        return {"code": code, "group": group, "color": color, "share": 0, "shown": cell.hidden}
    count = cell.count or 0
    share = count / cell.of if cell.of else 0
    shown = f"{count}/{cell.of}" if cell.of is not None else str(count)
    return {"code": code, "group": group, "color": color, "share": share, "shown": shown}


def draw_saturation(saturations: Iterable[Saturation], *, language: str = "nl") -> alt.LayerChart:
    """Return the codes known after each interview, a line per group, told apart by shape too."""
    import altair as alt

    words = Words(language)
    saturations = tuple(saturations)
    names = [
        words.group(one.group) if one.group else words("all_respondents") for one in saturations
    ]
    values = [
        {"interview": place, "name": interview, "codes": known, "group": name}
        for one, name in zip(saturations, names, strict=True)
        for place, (interview, known) in enumerate(
            zip(one.interviews, one.known_codes, strict=True), start=1
        )
    ]
    legend = alt.Legend(title=None, orient="top") if len(names) > 1 else None
    count = len(names)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X(
            "interview:Q",
            title=words("plot_interviews"),
            axis=alt.Axis(tickMinStep=1, format="d", grid=False),
        ),
        y=alt.Y("codes:Q", title=words("plot_known_codes"), axis=alt.Axis(tickMinStep=1)),
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
        width=460, height=280, title=words("plot_saturation")
    )
    return styled(chart)


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

    known = {column.key: column for column in report.columns}
    figure = figure or report.headline.key
    if figure not in known:
        raise InvalidValueError(f"'{figure}' cannot be drawn. Use {', '.join(known)}.")
    words = Words(language)
    colors = {code.path: code.color for code in codebook.codes} if codebook else {}
    rows = [row for row in report.codes if codes is None or row.code in codes]
    values = [_forest_value(row, figure, colors.get(row.code, BLUE), language) for row in rows]
    order = [row.code for row in rows]
    labels = Labels(codebook, language)
    names = {code: labels(code) if codebook else code for code in order}
    low = min([0.0, *(value["low"] for value in values if value["low"] is not None)])
    scale = alt.Scale(domain=[max(low, -1.0), 1.0])
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("code:N", sort=order, title=None, axis=code_axis(names)),
        color=alt.Color("color:N", scale=None),
    )
    title = words.of(known[figure].label)
    axis = decimal_axis(language)
    x = alt.X("value:Q", scale=scale, title=title, axis=axis)
    rules = alt.Chart(alt.InlineData(values=[{"at": at} for at in (TENTATIVE, RELIABLE)]))
    limits = rules.mark_rule(strokeDash=[4, 4], color=GREY).encode(
        x=alt.X("at:Q", scale=scale, axis=axis)
    )
    drawn = base.transform_filter("isValid(datum.value)")
    spans = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=2, clip=True)
    chart = alt.LayerChart(
        layer=[
            limits,
            spans.encode(x=alt.X("low:Q", scale=scale, title=title, axis=axis), x2="high:Q"),
            drawn.mark_point(filled=True, size=60, opacity=1).encode(x=x),
            base.mark_text(align="left", color=INK, fontSize=10).encode(
                x=alt.value(412), text="shown:N", color=alt.value(INK)
            ),
        ]
    ).properties(width=400, height=alt.Step(20), title=words("plot_forest", figure=title))
    return styled(chart)


def _forest_value(row: CodeAgreement, figure: str, color: str, language: str) -> dict[str, Any]:
    found = row.figure(figure)
    low, high = found.interval or (None, None)
    shown = found.text(lambda value: number(value, language), " ({low}; {high})") or "–"
    return {
        "code": row.code,
        "color": color,
        "value": found.value,
        "low": low,
        "high": high,
        "shown": shown,
    }


def write_plot(chart: alt.LayerChart, path: Path) -> None:
    """Write a plot to a file; the same plot gives the same bytes on the same machine.

    Args:
        chart: From one of the ``draw_`` functions.
        path: Where to write: .svg or .png.

    Raises:
        UnsupportedFormatError: the suffix is neither.
        MissingExtraError: vl-convert is not installed.
        WriteError: the file cannot be written.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, "a plot")
    write_bytes(path, writer(chart.to_dict()))


def picture_bytes(chart: alt.LayerChart) -> tuple[bytes, bytes]:
    """Return a plot as png and as svg.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    spec = chart.to_dict()
    return _png(spec), _svg(spec)


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError(
            "Plots as files need vl-convert. Install it: python -m pip install vl-convert-python"
        ) from error
    return vl_convert


def _svg(spec: dict[str, Any]) -> bytes:
    svg: str = _converter().vegalite_to_svg(spec)
    return _renumbered(svg).encode("utf-8")


def _renumbered(svg: str) -> str:
    """Return the svg with its ids counted from 1: the drawing program counts on over plots."""
    names: dict[str, str] = {}
    for found in re.finditer(r'\bid="([a-z]+)_?\d+"', svg):
        name = found.group()[4:-1]
        names.setdefault(name, f"{found.group(1)}{len(names) + 1}")
    whole = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if not whole:
        return svg
    uses = rf'(\bid="|url\(#)({whole})(?=["\)])'
    return re.sub(uses, lambda found: found.group(1) + names[found.group(2)], svg)


def _png(spec: dict[str, Any]) -> bytes:
    png: bytes = _converter().vegalite_to_png(spec, scale=2)
    return png


WRITERS: Mapping[str, Callable[[dict[str, Any]], bytes]] = MappingProxyType(
    {".svg": _svg, ".png": _png}
)
"""Writer of plots by suffix."""
