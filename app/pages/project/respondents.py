"""The respondents with their attributes: edited in a table or read from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.model import Case, FrozenMap

from ... import session
from ...widgets import uploads
from ...widgets.notices import errors_shown, notify

_USUAL = ("group", "sex", "age_band")


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    project = session.project()
    cases = project.collect_cases()
    names = [text.name for text in project.collect_transcripts()]
    if not cases and not names:
        st.info(_("Respondents come after interviews: import those first."))
        return
    keys = dict.fromkeys(key for case in cases for key in case.attributes)
    attributes = [key for key in keys if key] or list(_USUAL)
    # One respondent per interview is right for most studies, and quick to change.
    if not cases:
        st.caption(_("One respondent per interview is proposed. Fill in what you know, and save."))
    edited = _respondent_table(cases, names, attributes)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(_("Save respondents"), type="primary"):
            _save_respondents(edited, attributes)
        new = st.text_input(
            _("New attribute"),
            placeholder=_("New attribute"),
            label_visibility="collapsed",
            width=200,
        )
        if st.button(_("Add attribute"), disabled=False) and new.strip():
            key = "_".join(new.split()).lower()
            _save_respondents(
                [{**row, key: row.get(key, "")} for row in edited], [*attributes, key]
            )
    _table_upload()


def _respondent_table(
    cases: Sequence[Case], names: list[str], attributes: list[str]
) -> list[dict[str, Any]]:
    _ = session.words()
    rows = [
        {
            "name": case.name,
            "transcripts": list(case.transcripts),
            **{key: case.attributes.get(key, "") for key in attributes},
        }
        for case in cases
    ] or [{"name": name, "transcripts": [name], **dict.fromkeys(attributes, "")} for name in names]
    attribute_names = {
        "group": _("Group"),
        "sex": _("Sex"),
        "age_band": _("Age band"),
        "region": _("Region"),
        "work": _("Work"),
    }
    edited: list[dict[str, Any]] = st.data_editor(
        rows,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "name": st.column_config.TextColumn(_("Respondent"), required=True),
            "transcripts": st.column_config.MultiselectColumn(_("Interviews"), options=names),
            **{
                key: attribute_names.get(key, key.replace("_", " ").capitalize())
                for key in attributes
            },
        },
        key=f"cases-{session.project().revision()}",
        height="content" if len(rows) <= 15 else 560,
    )
    return edited


def _save_respondents(rows: list[dict[str, Any]], attributes: Sequence[str]) -> None:
    _ = session.words()
    named = [row for row in rows if str(row.get("name") or "").strip()]
    names = [str(row["name"]).strip() for row in named]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        st.error(
            _("There are two respondents called {name}. Give one another name.", name=twice),
            icon=":material/error:",
        )
        return
    with errors_shown():
        cases = [
            Case(
                name,
                FrozenMap({key: str(row.get(key) or "").strip() for key in attributes}),
                tuple(row.get("transcripts") or ()),
            )
            for name, row in zip(names, named, strict=True)
        ]
        session.project().set_cases(cases, session.coder())
        notify(_("Respondents saved"))
        st.rerun()


def _table_upload() -> None:
    _ = session.words()
    with st.expander(_("From a table: csv or xlsx"), icon=":material/upload_file:"):
        st.caption(
            _(
                "One row per respondent, with a column case (or name), a column transcripts, and "
                "a column for each attribute. Respondents that are there already are updated."
            )
        )
        file = uploads.new_file(_("Table of respondents"), ["csv", "xlsx"], "cases")
        if file is not None:
            with errors_shown(), uploads.on_disk(file) as path:
                problems = session.project().import_cases(path, session.coder())
                uploads.keep_problems("cases", problems)
                notify(_("Respondents saved"))
                st.rerun()
        uploads.show_problems("cases")
