"""The filters of a list: one row that folds away, each filter named inside its own field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st

from qualcode.project import attribute_name, attribute_value

from .. import session


@contextmanager
def filter_row(key: str) -> Iterator[None]:
    """Show the filters inside this block in one row, which the reader can fold away."""
    _ = session.words()
    with (
        st.expander(_("Filters"), icon=":material/filter_alt:", expanded=True, key=f"fold-{key}"),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"row-{key}"),
    ):
        yield


def filter_select(
    label: str,
    options: Sequence[str],
    key: str,
    *,
    width: int,
    name: Callable[[str], str],
) -> str:
    """Let the reader choose one value of a filter, or ``""`` for all.

    Args:
        label: Name of the filter.
        options: The values, without the one for all.
        key: Key of the filter on the page.
        width: Width in pixels.
        name: Returns what a value is called.
    """
    return str(_select(label, options, key, width=width, name=name) or "")


def _select(
    label: str, options: Sequence[Any], key: str, *, width: int, name: Callable[[Any], str]
) -> Any:
    _ = session.words()
    all_label = _("All").lower()
    return st.selectbox(
        label,
        ["", *options],
        # The name stands in the field: a line of labels above it would be a second row.
        format_func=lambda value: f"{label}: {name(value) if value else all_label}",
        label_visibility="collapsed",
        key=key,
        width=width,
    )


def attribute_filter(key: str, *, width: int, but: Sequence[str] = ()) -> tuple[str, str]:
    """Let the reader choose respondents by an attribute; return its name and value, or two ``""``.

    Args:
        key: Key of the filter on the page.
        width: Width in pixels.
        but: Names of attributes that have a filter of their own.
    """
    _ = session.words()
    language = session.language()
    # Kept as pairs: a name such as "sex (1=man, 2=woman)" cannot be cut at its sign.
    pairs = sorted(
        {
            (name, value)
            for case in session.project().cases.collect()
            for name, value in case.attributes.items()
            if value and name not in but
        }
    )
    # The words of the page, not those of the table: "leeftijd: 20-29", never "age_band=20-29".
    labels = {
        (name, value): f"{attribute_name(name, language)}: {attribute_value(name, value, language)}"
        for name, value in pairs
    }
    chosen: tuple[str, str] = _select(
        _("Attribute"), pairs, key, width=width, name=labels.__getitem__
    ) or ("", "")
    return chosen
