"""Figures as files: the SVG itself, or a PNG made of it by vl-convert."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import MissingExtraError
from qualcode.exporting.charts.chart_files import converter
from qualcode.exporting.document.blocks import Block, Heading, Picture
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.messages import Message
from qualcode.model import Figure

_PIXELS_PER_INCH = 300


def figure_png(figure: Figure) -> bytes:
    """Return a figure as PNG, 300 pixels to the inch.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    svg, scale = figure.svg.decode("utf-8"), _PIXELS_PER_INCH / 96
    # With 72 a unit of the drawing is one pixel before it is scaled.
    png: bytes = converter().svg_to_png(svg, scale=scale, ppi=72)
    return _with_resolution(png)


def _with_resolution(png: bytes) -> bytes:
    """Return a PNG that says how large it prints: word processors go by that."""
    per_metre = round(_PIXELS_PER_INCH / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    # The signature and the first chunk take 33 bytes; one of the kind that is there is dropped.
    chunks, kept_chunks = png[33:], b""
    while chunks:
        end = 12 + struct.unpack(">I", chunks[:4])[0]
        kept_chunks += b"" if chunks[4:8] == b"pHYs" else chunks[:end]
        chunks = chunks[end:]
    return png[:33] + chunk + kept_chunks


def figure_picture(figure: Figure) -> Picture:
    """Return a figure as a block of a document.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    return Picture(figure_png(figure), figure.svg, figure.text, _PIXELS_PER_INCH)


def figure_blocks(figures: Sequence[Figure]) -> Iterator[Block]:
    """Yield a chapter of figures; nothing where there are none, or drawings cannot be made."""
    try:
        pictures = [figure_picture(figure) for figure in figures]
    except MissingExtraError:
        # Somebody took the package away; what the figures show is in the tables.
        return
    if pictures:
        yield Heading(1, Message("Figures"))
    for figure, picture in zip(figures, pictures, strict=True):
        yield Heading(2, figure.title)
        yield picture


def write_figure(figure: Figure, path: Path) -> None:
    """Write a figure to a file; the same figure gives the same bytes.

    Args:
        figure: The figure.
        path: Where to write: .svg or .png.

    Raises:
        UnsupportedFormatError: the suffix is neither.
        MissingExtraError: vl-convert is not installed.
        WriteError: the file cannot be written.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, "a figure")
    write_bytes(path, writer(figure))


WRITERS: Mapping[str, Callable[[Figure], bytes]] = MappingProxyType(
    {".svg": lambda figure: figure.svg, ".png": figure_png}
)
"""Writer of figures by suffix."""
