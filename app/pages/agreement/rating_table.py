"""Agreement in a table of labels from elsewhere: weighted figures for an ordered scale."""

from __future__ import annotations

import streamlit as st

from qualcode.model.coefficient_names import coefficient_name
from qualcode.project import compare_ratings

from ... import session
from ...widgets import uploads
from ...widgets.notices import errors_shown
from .view import AgreementView, figure_text, translated


def show_rating_table(_view: AgreementView) -> None:
    """Let the reader drop a table, say what its labels are, and see the figures that fit."""
    _ = session.words()
    st.write(
        _(
            "Agreement in a table of your own, from any program: a row for each unit, a column for "
            "each coder. The first column names the units. The table does not become part of the "
            "project."
        )
    )
    file = st.file_uploader(_("Table of labels"), ["csv", "tsv", "xlsx"], key="ratings-file")
    scales = {
        "nominal": _("Without order (nominal)"),
        "ordinal": _("In order (ordinal)"),
        "interval": _("Numbers (interval)"),
        "ratio": _("Numbers from 0 (ratio)"),
    }
    scale = st.segmented_control(
        _("The labels are"),
        list(scales),
        default="nominal",
        format_func=lambda name: scales[name],
        required=True,
        key="ratings-scale",
    )
    labels = st.text_input(
        _("All labels there could be, from low to high"),
        placeholder=_("never, sometimes, often"),
        key="ratings-labels",
    )
    if file is None:
        return
    declared = [label.strip() for label in labels.split(",") if label.strip()]
    with errors_shown(), uploads.on_disk(file) as path:
        figures = compare_ratings(path, scale or "nominal", declared)
        st.dataframe(
            [
                {
                    _("Coefficient"): translated(coefficient_name(figure.name)),
                    _("Figure"): figure_text(figure),
                    _("Units"): figure.units,
                    _("Reason"): translated(figure.remark),
                }
                for figure in figures
            ],
            hide_index=True,
            height="content",
        )
