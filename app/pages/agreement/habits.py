"""Who gives which code more often than the other coder."""

from __future__ import annotations

import streamlit as st

from qualcode.model.agreement_habits import HABITS_NOTE

from ... import session
from .view import AgreementView, figure_text, translated


def show_habits(view: AgreementView) -> None:
    """Show how often each coder gives each code; the clearest differences first."""
    _ = session.words()
    labels = session.labels()
    st.write(translated(HABITS_NOTE))
    rows = [
        {
            _("Code"): labels.get(habit.code, habit.code),
            _("Coder"): habit.coder,
            _("Units"): habit.units,
            _("Others"): _.number(habit.others, 1),
            _("Difference"): figure_text(habit.difference),
            _("Reading"): translated(habit.reading),
            _("Bear in mind"): translated(
                "" if habit.difference.interval else habit.difference.detail
            ),
        }
        for habit in view.study.habits
    ]
    st.dataframe(rows, hide_index=True, height="content")
