"""Charts that altair draws, as figures: with a title and words for who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from qualcode.exporting.charts.chart_files import svg_bytes
from qualcode.exporting.charts.forest_plot import draw_agreement
from qualcode.exporting.charts.saturation import draw_saturation
from qualcode.exporting.code_labels import Labels
from qualcode.exporting.reports.reach import group_name
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementReport, Codebook, Figure, FigureKind, Saturation

if TYPE_CHECKING:
    import altair as alt


def saturation_figure(
    saturations: Iterable[Saturation], *, title: str = "", language: str = "nl"
) -> Figure:
    """Return the codes known after each interview.

    Args:
        saturations: All interviews first, then one per group.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.
    """
    words = Wording(language)
    saturations = tuple(saturations)
    counts = [
        f"{group_name(s.group, words)}: {', '.join(map(str, s.known_codes))}." for s in saturations
    ]
    text = words(Message("Codes known after each interview.")) + " " + " ".join(counts)
    chart = draw_saturation(saturations, language=language)
    return _figure(FigureKind.SATURATION, chart, title, text)


def forest_figure(
    report: AgreementReport,
    codebook: Codebook,
    *,
    figure: str = "",
    title: str = "",
    language: str = "nl",
) -> Figure:
    """Return agreement per code with its interval.

    Args:
        report: The comparison of coders.
        codebook: Gives labels and colours.
        figure: Key of the figure to draw; the main one by default.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.

    Raises:
        InvalidValueError: the report has no such figure.
    """
    words, labels = Wording(language), Labels(codebook, language)
    # A code that nobody used has no figure to draw.
    codes = [row for row in report.codes if any(row.used)]
    key = figure or report.headline.key
    chart = draw_agreement(
        report, codebook, codes=[row.code for row in codes], figure=figure, language=language
    )
    counts = [
        f"{labels(row.code)}: {row.figure(key).text(words.number, ' ({low}; {high})') or '–'}"
        for row in codes
    ]
    return _figure(FigureKind.FOREST, chart, title, "; ".join(counts) + ".")


def _figure(kind: FigureKind, chart: alt.LayerChart, title: str, text: str) -> Figure:
    if title:
        chart = chart.properties(title=title)
    # Both take long, so each is done once: to check the chart, and to draw it.
    spec = chart.to_dict()
    name = str(title or spec["title"])
    svg = svg_bytes(spec)
    counts = f'<title id="t">{escape(name)}</title><desc id="d">{escape(text)}</desc>'
    drawing = re.sub(
        r"<svg ([^>]*)>",
        lambda match: f'<svg role="img" aria-labelledby="t d" {match.group(1)}>{counts}',
        svg.decode("utf-8"),
        count=1,
    )
    return Figure(kind, name, text, drawing.encode("utf-8"))
