"""The attributes of the interviews: kind, date, place, interviewer, ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from qualcode.model import Transcript

from ... import session
from ...widgets.edit_conflicts import is_waiting, make_form, save_form
from ...widgets.edited_tables import forget_edits, rows_to_edit

_TABLE = "interview-attributes"


def show_attributes(transcripts: Sequence[Transcript]) -> None:
    """Show the attributes of the interviews: kind, date, place, ..."""
    _ = session.words()
    if not transcripts:
        return
    with st.expander(_("Attributes of the interviews"), icon=":material/description:"):
        names = {
            "kind": _("Kind"),
            "date": _("Date"),
            "place": _("Place"),
            "mode": _("Mode"),
            "interviewer": _("Interviewer"),
        }
        kinds = dict(
            zip(
                Transcript.KINDS,
                (_("interview"), _("group discussion"), _("document"), _("answers of a survey")),
                strict=True,
            )
        )
        keys = dict.fromkeys((*names, *(key for text in transcripts for key in text.attributes)))
        rows = [
            {"transcript": text.name, **{key: text.attributes.get(key, "") for key in keys}}
            for text in transcripts
        ]
        rows, table = rows_to_edit(_TABLE, rows)
        st.data_editor(
            rows,
            hide_index=True,
            disabled=["transcript"],
            column_config={
                "transcript": _("Interview"),
                **names,
                "kind": st.column_config.SelectboxColumn(
                    _("Kind"),
                    options=["", *kinds],
                    format_func=lambda kind: kinds.get(str(kind), str(kind)),
                ),
            },
            key=table,
        )
        st.button(_("Save the attributes"), on_click=_save_attributes, args=(rows, names, table))


def _save_attributes(
    rows: Sequence[Mapping[str, str]], names: Mapping[str, str], table: str
) -> None:
    """Save what was changed of each interview; a colleague's value is asked about."""
    _ = session.words()
    places = {
        (row["transcript"], key): "\x1f".join((row["transcript"], key))
        for row in rows
        for key in row
        if key != "transcript"
    }
    fields = {
        places[rows[place]["transcript"], key]: str(value or "")
        for place, cells in st.session_state[table]["edited_rows"].items()
        for key, value in cells.items()
    }

    def read() -> dict[str, str]:
        texts = {text.name: text.attributes for text in session.project().transcripts.collect()}
        return {
            field: texts[name].get(key, "")
            for (name, key), field in places.items()
            if name in texts
        }

    def store(values: Mapping[str, str]) -> None:
        for (name, key), field in places.items():
            if field in values:
                session.project().cases.attributes.set_for_transcript(name, {key: values[field]})

    titles = {field: f"{name} · {names.get(key, key)}" for (name, key), field in places.items()}
    form = make_form(
        _("Attributes of the interviews"), titles, read, store, saved=_("Attributes saved")
    )
    as_drawn = {
        field: dict(row).get(key, "")
        for row in rows
        for (name, key), field in places.items()
        if row["transcript"] == name
    }
    if save_form(form, as_drawn, fields) or is_waiting(form):
        forget_edits(_TABLE)
