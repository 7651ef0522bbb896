"""A chart on the page, with downloads of it."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from typing import Any

import streamlit as st

from .. import session


def show_chart(chart: Any, name: str, alt: str = "") -> None:
    """Show a chart on a white background, as in print, with downloads of it.

    Args:
        chart: The result of a ``draw_`` verb of the project.
        name: Name of the files.
        alt: Description of the chart for people who cannot see it.
    """
    # Long names of codes would otherwise be cut off at the edge.
    padded = chart.properties(autosize="pad", background="#ffffff")
    st.altair_chart(padded, width="content", theme=None, alt=alt or None)
    if not _can_make_files():
        return
    with st.container(horizontal=True):
        for kind in ("svg", "png"):
            st.download_button(
                kind.upper(),
                data=partial(session.project().picture, chart, kind),
                file_name=f"{name}.{kind}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"{name}-as-{kind}",
            )


def _can_make_files() -> bool:
    """Tell whether the extra is installed that writes charts to files."""
    return find_spec("vl_convert") is not None
