"""A chart on the page, with downloads of it."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

import streamlit as st

from qualcode.project import chart_file

from .downloads import of_now


def show_chart(chart: Any, name: str, alt: str = "") -> None:
    """Show a chart in the colors of the page, with downloads of it as it is printed: on white.

    Args:
        chart: The result of a ``draw_`` verb of the project.
        name: Name of the files.
        alt: Description of the chart for people who cannot see it.
    """
    # Long names of codes would otherwise be cut off at the edge.
    spec = chart.properties(autosize="pad").to_dict()
    if st.context.theme.type == "dark":
        spec = in_dark(spec)
        spec["config"]["background"] = "transparent"
    st.vega_lite_chart(spec, width="content", theme=None, alt=alt or None)
    if not _can_make_files():
        return
    with st.container(horizontal=True):
        for kind in ("svg", "png"):
            st.download_button(
                kind.upper(),
                data=of_now(partial(chart_file, chart, kind)),
                file_name=f"{name}.{kind}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"{name}-as-{kind}",
            )


def _can_make_files() -> bool:
    """Tell whether the extra is installed that writes charts to files."""
    return find_spec("vl_convert") is not None


_COLOR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
# The lightness of the darkest and of the lightest color on a dark page.
_DARKEST, _LIGHTEST = 0.09, 0.93
_PAGE = 0.01
"""Luminance of the dark page."""
_READABLE = 4.5
"""Contrast of what stands out of the page, as the guidelines for accessible pages ask (WCAG 2)."""


def in_dark(spec: Any) -> Any:
    """Return a specification of Vega-Lite with each color as light as it was dark.

    Ink becomes light and paper dark, while a code keeps its hue.
    """
    if isinstance(spec, dict):
        return {key: in_dark(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [in_dark(value) for value in spec]
    if isinstance(spec, str) and _COLOR.fullmatch(spec):
        return _turned(spec)
    return spec


def _turned(color: str) -> str:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    hue, lightness, saturation = colorsys.rgb_to_hls(*parts)
    stood_out = 1.05 / (_luminance(parts) + 0.05) >= 3
    lightness = _DARKEST + (1 - lightness) * (_LIGHTEST - _DARKEST)
    turned = colorsys.hls_to_rgb(hue, lightness, saturation)
    # A strong blue is dark at any lightness: it has to become paler to be seen.
    while stood_out and (_luminance(turned) + 0.05) / (_PAGE + 0.05) < _READABLE:
        lightness += 0.02
        turned = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in turned)


def _luminance(parts: Sequence[float]) -> float:
    """Return the relative luminance of red, green and blue, each 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
