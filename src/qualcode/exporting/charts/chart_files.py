"""Charts as svg or png, turned into a file by vl-convert."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qualcode.errors import MissingExtraError
from qualcode.exporting.figures.text_width import keep_widths
from qualcode.exporting.files import write_bytes, writer_for

if TYPE_CHECKING:
    import altair as alt


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
    return _png(spec), svg_bytes(spec)


def chart_bytes(chart: alt.LayerChart, kind: str) -> bytes:
    """Return a plot as a file.

    Args:
        chart: From one of the ``draw_`` functions.
        kind: ``svg`` or ``png``.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    return WRITERS[f".{kind}"](chart.to_dict())


def converter() -> Any:
    """Return the program that draws files of charts and SVG.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError(
            "Plots as files need vl-convert. Install it: python -m pip install vl-convert-python"
        ) from error
    return vl_convert


def svg_bytes(spec: dict[str, Any]) -> bytes:
    """Return a plot as svg.

    Args:
        spec: The plot, as a chart gives it with ``to_dict``.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    svg: str = converter().vegalite_to_svg(spec)
    return keep_widths(_renumbered(svg)).encode("utf-8")


def _renumbered(svg: str) -> str:
    """Return the svg with its ids counted from 1: the drawing program counts on over plots."""
    names: dict[str, str] = {}
    # Ids go on counting over all charts of a process, so the same chart would differ.
    for match in re.finditer(r'\bid="([a-z]+)_?\d+"', svg):
        name = match.group()[4:-1]
        names.setdefault(name, f"{match.group(1)}{len(names) + 1}")
    # The longest first: "clip12" begins with "clip1".
    whole = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if not whole:
        return svg
    uses = rf'(\bid="|url\(#)({whole})(?=["\)])'
    return re.sub(uses, lambda match: match.group(1) + names[match.group(2)], svg)


def _png(spec: dict[str, Any]) -> bytes:
    # Two pixels a point are sharp on paper.
    png: bytes = converter().vegalite_to_png(spec, scale=2)
    return png


WRITERS: Mapping[str, Callable[[dict[str, Any]], bytes]] = MappingProxyType(
    {".svg": svg_bytes, ".png": _png}
)
"""Writer of plots by suffix."""
