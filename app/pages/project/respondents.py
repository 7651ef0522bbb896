"""The respondents with their attributes: edited in a table or read from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from qualcode.errors import DuplicateError, LossError
from qualcode.messages import Message
from qualcode.model import Case, Transcript

from ... import session
from ...widgets import uploads
from ...widgets.edit_conflicts import is_waiting, make_form, save_form
from ...widgets.edited_tables import forget_edits, rows_to_edit
from ...widgets.notices import errors_shown, notify, tell_error
from ...widgets.text import escape_markdown
from .interview_attributes import show_attributes
from .respondent_rows import (
    HIDDEN,
    PROPOSED,
    STORED,
    Row,
    cells_of,
    changed_cells,
    edited_rows,
    merged_rows,
    place_of,
)

_FIXED = (STORED, PROPOSED, "case", "transcript", "speaker")
_USUAL = ("group", "sex", "age_band")
_LOSS = "respondents-loss"
_NEW = "respondents-new-attribute"
_TABLE = "respondents"


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    project = session.project()
    cases = project.cases.collect()
    transcripts = project.transcripts.collect()
    if not cases and not transcripts:
        st.info(_("Respondents come after interviews: import those first."))
        return
    for doubt in project.cases.doubts():
        parts = map(_.translate, (f"{doubt.where}:", doubt.message, doubt.hint))
        st.warning(" ".join(map(escape_markdown, parts)), icon=":material/help:")
    keys = dict.fromkeys(key for case in cases for key in case.all_attributes())
    attributes = [key for key in keys if key] or list(_USUAL)
    proposals = project.cases.propose()
    # One respondent per speaker is right for most studies, and quick to change.
    if proposals:
        st.caption(
            _(
                "A respondent is proposed for each speaker of whom nobody said yet who it is. Fill "
                "in what you know, and save."
            )
        )
    surveys = frozenset(text.name for text in transcripts if text.kind == "answers")
    interviewed = _without_answers((*cases, *proposals), surveys)
    answering = len(cases) + len(proposals) - len(interviewed)
    if answering:
        st.caption(
            _.many(
                "{count} respondent only answered a survey, and is not in this table: the "
                "attributes come from the table of the survey.",
                "{count} respondents only answered a survey, and are not in this table: their "
                "attributes come from the table of the survey.",
                answering,
            )
        )
    drawn_rows, key = _respondent_table(
        interviewed,
        [text for text in transcripts if text.name not in surveys],
        attributes,
        {case.name for case in proposals},
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            _("Save respondents"), type="primary", on_click=_take_edits, args=(drawn_rows, key)
        )
        st.text_input(
            _("New attribute"),
            placeholder=_("New attribute"),
            label_visibility="collapsed",
            width=200,
            key=_NEW,
        )
        st.button(_("Add attribute"), on_click=_take_edits, args=(drawn_rows, key, _NEW))
    _ask_about_loss()
    _table_upload()
    show_attributes(transcripts)


def _without_answers(cases: Sequence[Case], surveys: Collection[str]) -> list[Case]:
    """Return the cases without their answers to surveys; hundreds of rows are no table to edit."""
    interviewed = []
    for case in cases:
        parts = tuple(part for part in case.participations if part.transcript not in surveys)
        if parts or not case.participations:
            interviewed.append(replace(case, participations=parts))
    return interviewed


def _answer_rows(edited: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows that the table leaves out, with what was edited of the same respondents.

    Args:
        edited: The rows of the table.
    """
    project = session.project()
    surveys = {text.name for text in project.transcripts.collect() if text.kind == "answers"}
    rows_of: dict[str, list[Mapping[str, str]]] = {}
    for row in edited:
        rows_of.setdefault(row.get(STORED, ""), []).append(row)
    return [
        {
            "transcript": part.transcript,
            "speaker": "; ".join(part.speakers),
            **_edited_values(case, rows_of.get(case.name, ())),
            **part.attributes,
        }
        for case in project.cases.collect()
        for part in case.participations
        if part.transcript in surveys
    ]


def _edited_values(case: Case, edited: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the name and the lasting attributes of a case, as its rows in the table say them."""
    values = {"case": case.name, **case.attributes}
    # What holds at one moment only is none of the survey's.
    of_moments = {key for part in case.participations for key in part.attributes}
    links = {"transcript", "speaker", *HIDDEN}
    for key in dict.fromkeys(key for row in edited for key in row):
        given = {row.get(key, "") for row in edited}
        # Rows that contradict each other say nothing about the survey.
        if key not in of_moments | links and len(given) == 1:
            values[key] = given.pop()
    return values


def _rows_of(
    cases: Sequence[Case], attributes: Sequence[str], proposed: Collection[str] = ()
) -> list[dict[str, str]]:
    return [
        {
            STORED: case.name,
            PROPOSED: "yes" if case.name in proposed else "",
            "case": case.name,
            "transcript": part.transcript if part else "",
            "speaker": "; ".join(part.speakers) if part else "",
            **_values(case, part.transcript if part else "", attributes),
        }
        for case in cases
        for part in case.participations or (None,)
    ]


def _attribute_names() -> dict[str, str]:
    _ = session.words()
    return {
        "group": _("Group"),
        "sex": _("Sex"),
        "age_band": _("Age band"),
        "region": _("Region"),
        "work": _("Work"),
    }


def _respondent_table(
    cases: Sequence[Case],
    transcripts: Sequence[Transcript],
    attributes: list[str],
    proposed: Collection[str] = (),
) -> tuple[list[dict[str, str]], str]:
    """Draw the table; return its rows as they were drawn, and the key of what is edited."""
    _ = session.words()
    rows, attribute_names = _rows_of(cases, attributes, proposed), _attribute_names()
    rows, key = rows_to_edit(_TABLE, rows)
    st.data_editor(
        # An empty place of an interview is none of the choices.
        [{**row, "transcript": row["transcript"] or None} for row in rows],
        num_rows="dynamic",
        hide_index=True,
        column_config={
            **dict.fromkeys(HIDDEN),
            "case": st.column_config.TextColumn(_("Respondent"), required=True),
            "transcript": st.column_config.SelectboxColumn(
                _("Interview"), options=[text.name for text in transcripts]
            ),
            "speaker": st.column_config.TextColumn(
                _("Speaker"),
                help=_(
                    "The label of this respondent in the interview. It may stay empty if there is "
                    "one respondent in it."
                ),
            ),
            **{
                key: attribute_names.get(key, key.replace("_", " ").capitalize())
                for key in attributes
            },
        },
        key=key,
        height="content" if len(rows) <= 15 else 560,
    )
    return rows, key


def _values(case: Case, transcript: str, attributes: Sequence[str]) -> dict[str, str]:
    values = case.attributes_in(transcript)
    return {key: values.get(key, "") for key in attributes}


def _take_edits(drawn_rows: list[dict[str, str]], key: str, new: str = "") -> None:
    """Save the table as it was edited, with a column for a new attribute if one was typed."""
    edited = edited_rows(drawn_rows, st.session_state[key])
    attribute = "_".join(str(st.session_state[new] or "").split()).lower() if new else ""
    if new and not attribute:
        return
    if attribute:
        edited = [row and {**row, attribute: row.get(attribute, "")} for row in edited]
    _save_respondents(drawn_rows, edited)


def _save_respondents(drawn_rows: Sequence[Row], edited: Sequence[dict[str, str] | None]) -> None:
    """Save a table that others may have changed since it was drawn."""
    _ = session.words()
    twice = _named_twice([row for row in edited if row and row.get("case")])
    if twice:
        text = Message(
            "There are two rows for {name} in one interview. Give one another name.", name=twice
        )
        tell_error(DuplicateError(text))
        return
    _save_cells(drawn_rows, edited, cells_of(drawn_rows), changed_cells(drawn_rows, edited))


def _save_cells(
    drawn_rows: Sequence[Row],
    edited: Sequence[dict[str, str] | None],
    as_read: Mapping[str, str],
    cells: Mapping[str, str],
    *,
    remove: bool = False,
) -> None:
    _ = session.words()
    attributes = [key for key in (drawn_rows[0] if drawn_rows else {}) if key not in _FIXED]
    proposed = [row for row in drawn_rows if row.get(PROPOSED)]

    def stored_rows() -> list[dict[str, str]]:
        cases = session.project().cases.collect()
        surveys = {t.name for t in session.project().transcripts.collect() if t.kind == "answers"}
        return _rows_of(_without_answers(cases, frozenset(surveys)), attributes)

    def store(merged: Mapping[str, str]) -> None:
        named = merged_rows(drawn_rows, edited, stored_rows(), merged)
        rows = [
            {key: value for key, value in row.items() if key not in HIDDEN}
            for row in (*named, *_answer_rows(named))
        ]
        problems = session.project().cases.replace_rows(rows, remove=remove)
        uploads.keep_problems("cases", problems)

    def ask_loss(error: LossError, read: Mapping[str, str], chosen: Mapping[str, str]) -> None:
        agreed = partial(_save_cells, drawn_rows, edited, read, chosen, remove=True)
        st.session_state[_LOSS] = (str(error), agreed)

    form = make_form(
        _("Respondents"),
        _cell_names(drawn_rows),
        # Nobody stored a proposal yet: then it is what was proposed.
        lambda: cells_of(proposed) | cells_of(stored_rows()),
        store,
        saved=_("Respondents saved"),
        ask_loss=ask_loss,
    )
    st.session_state.pop(_LOSS, None)
    if save_form(form, as_read, cells) or is_waiting(form):
        forget_edits(_TABLE)


def _cell_names(drawn_rows: Sequence[Row]) -> dict[str, str]:
    _ = session.words()
    names = {"case": _("Respondent"), "transcript": _("Interview"), "speaker": _("Speaker")}
    names |= _attribute_names()
    return {
        place_of(row, column): f"{row['case']} · {names.get(column, column)}"
        for row in drawn_rows
        for column in row
    }


def _named_twice(rows: Sequence[dict[str, str]]) -> str:
    places = Counter((row["case"], row.get("transcript", "")) for row in rows)
    return next((name for (name, _), count in places.items() if count > 1), "")


def _ask_about_loss() -> None:
    """Ask before a respondent or a link to an interview goes, with what it is."""
    _ = session.words()
    if _LOSS not in st.session_state:
        return
    message, agreed = st.session_state[_LOSS]
    with st.container(border=True):
        st.warning(escape_markdown(_.translate(message)), icon=":material/person_remove:")
        with st.container(horizontal=True):
            st.button(_("Remove them"), type="primary", on_click=agreed)
            if st.button(_("Keep them")):
                del st.session_state[_LOSS]
                st.rerun()


def _table_upload() -> None:
    _ = session.words()
    with st.expander(_("From a table: csv or xlsx"), icon=":material/upload_file:"):
        st.caption(
            _(
                "One row per respondent and interview, with the columns case (or name) and "
                "transcript, a column speaker if several respondents speak, and a column for each "
                "attribute. What the table does not have stays as it is."
            )
        )
        file = uploads.waiting_file(_("Table of respondents"), ["csv", "xlsx"], "cases")
        if file is not None:
            with errors_shown(), uploads.on_disk(file) as path:
                update = session.project().cases.preview(path)
                if update.losses:
                    st.warning(
                        " ".join(escape_markdown(_.translate(loss)) for loss in update.losses),
                        icon=":material/person_remove:",
                    )
                    if not st.button(_("Read the table all the same"), type="primary"):
                        return
                problems = session.project().cases.read(path, remove=True)
                uploads.take_file(file, "cases")
                uploads.keep_problems("cases", problems)
                notify(_("Respondents saved"))
                st.rerun()
        uploads.show_problems("cases")
