"""The project: its interviews, respondents, coders and rounds, its history and backups."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import admitting
import session
import streamlit as st
import telling

from qualcode.frontend import LANGUAGES
from qualcode.model import CONSENSUS, Case, FrozenMap, Role, Round
from qualcode.project import known_suffixes, read_transcript

_ = session.words()
project = session.project()


def _title(text: str) -> None:
    st.markdown(f"#### {text}")


def _header() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(project.name, anchor=False, width="stretch")
        chosen = st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            default=session.language(),
            format_func=LANGUAGES.__getitem__,
            label_visibility="collapsed",
            key="project-language",
        )
        if chosen and chosen != session.language():
            st.session_state["language"] = chosen
            st.rerun()
        if admitting.serving():
            st.markdown(f":material/person: {telling.plain(session.coder())}", width="content")
            admitting.leave(_)
        elif st.button(_("Other project"), icon=":material/logout:"):
            session.close_project()
            st.rerun()
    codings = project.collect_codings()
    counted = {
        _("interviews"): len(project.collect_transcripts()),
        _("respondents"): len(project.collect_cases()),
        _("codes"): len(book.active) if (book := session.book_or_none()) else 0,
        _("codings"): sum(coding.coder != CONSENSUS for coding in codings),
        _("in the consensus"): sum(coding.coder == CONSENSUS for coding in codings),
    }
    st.caption(" · ".join(f"**{_.number(n)}** {what}" for what, n in counted.items() if n))


# --- interviews -------------------------------------------------------------------------------


def _interviews() -> None:
    texts = project.collect_transcripts()
    if texts:
        _interview_table(texts)
    _import(first=not texts)


def _interview_table(texts: Any) -> None:
    cases = {name: case for case in project.collect_cases() for name in case.transcripts}
    counts: dict[str, dict[str, int]] = {}
    for coding in project.collect_codings():
        by_coder = counts.setdefault(coding.transcript, {})
        by_coder[coding.coder] = by_coder.get(coding.coder, 0) + 1
    confirmed = project.confirmed_speakers()
    coders = [*session.people(), *([CONSENSUS] if CONSENSUS in project.coders() else [])]
    rows = [
        {
            _("Interview"): text.name,
            _("Respondent"): cases[text.name].name if text.name in cases else "",
            _("Turns"): len(text.turns),
            _("Words"): len(text.text.split()),
            **{name: counts.get(text.name, {}).get(name, 0) for name in coders},
            _("Speakers confirmed"): text.name in confirmed,
        }
        for text in texts
    ]
    chosen = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="interviews",
        height="content",
    )
    selected = chosen.selection.rows
    if not selected:
        st.caption(_("Select an interview to code it or to look at its speakers."))
        return
    text = texts[selected[0]]
    with st.container(horizontal=True):
        if st.button(_("Code {name}", name=text.name), type="primary", icon=":material/edit:"):
            session.show_passage(text.name, 0, 1)
        with st.popover(_("Speakers"), icon=":material/record_voice_over:"):
            _speakers_of(text)


def _speakers_of(text: Any) -> None:
    names = {role.value: name for role, name in telling.roles(_).items()}
    options = list(names)
    with st.form(f"roles-{text.name}", border=False):
        chosen = {
            speaker.label: Role(
                st.selectbox(
                    speaker.label,
                    options,
                    index=options.index(speaker.role),
                    format_func=names.__getitem__,
                )
            )
            for speaker in text.speakers
        }
        if st.form_submit_button(_("Confirm"), type="primary"):
            project.set_roles(text.name, chosen, session.coder())
            session.texts_changed()
            session.flash(_("Speakers of {name} confirmed", name=text.name))
            st.rerun()


def _import(*, first: bool) -> None:
    suffixes = [suffix.lstrip(".") for suffix in known_suffixes()]
    _title(_("Import interviews"))
    if first:
        st.write(_("Drop the files of your interviews here. They are read on this machine."))
    round_ = int(st.session_state.get("import-round", 0))
    files = st.file_uploader(
        _("Files: Word, text, OpenDocument, PDF, subtitles, tables"),
        type=suffixes,
        accept_multiple_files=True,
        max_upload_size=50,
        key=f"import-{round_}",
    )
    if not files:
        return
    readings = _read([(file.name, file.getvalue()) for file in files])
    roles = telling.roles(_)
    rows = [
        {
            "file": name,
            "speaker": speaker.label,
            "role": roles[speaker.role],
            "turns": sum(turn.speaker == speaker.label for turn in read.transcript.turns),
            "example": next(
                (
                    turn.span.of(read.transcript.text)[:80]
                    for turn in read.transcript.turns
                    if turn.speaker == speaker.label
                ),
                "",
            ),
        }
        for name, read, _why in readings
        if read is not None
        for speaker in read.transcript.speakers
    ]
    for name, read, why in readings:
        if read is None:
            st.error(_.sentence(why) or name, icon=":material/error:")
        else:
            telling.problems(read.problems, _)
    good = [(name, read) for name, read, _why in readings if read is not None]
    edited = rows
    if rows:
        st.write(_("Who is who? Correct the roles where they are wrong."))
        edited = st.data_editor(
            rows,
            hide_index=True,
            disabled=["file", "speaker", "turns", "example"],
            column_config={
                "file": _("File"),
                "speaker": _("Speaker"),
                "role": st.column_config.SelectboxColumn(
                    _("Role"), options=list(roles.values()), required=True
                ),
                "turns": _("Turns"),
                "example": _("Says first"),
            },
            key=f"import-roles-{round_}",
        )
    label = _.many("Import {count} interview", "Import {count} interviews", len(good))
    if good and st.button(label, type="primary"):
        _add(good, edited)
        st.session_state["import-round"] = round_ + 1
        st.rerun()


@st.cache_data(show_spinner=False, max_entries=3)
def _read_cached(files: list[tuple[str, bytes]], language: str) -> list[tuple[str, Any, str]]:
    from qualcode.errors import QualcodeError

    found: list[tuple[str, Any, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files:
            path = Path(folder) / Path(name).name
            path.write_bytes(data)
            try:
                found.append((name, read_transcript(path, language=language), ""))
            except QualcodeError as error:
                found.append((name, None, str(error)))
    return found


def _read(files: list[tuple[str, bytes]]) -> list[tuple[str, Any, str]]:
    return _read_cached(files, project.language)


def _add(good: list[tuple[str, Any]], edited: list[dict[str, Any]]) -> None:
    by_name = {name: role for role, name in telling.roles(_).items()}
    bar = st.progress(0.0, text=_("Importing…"))
    added = 0
    for place, (name, read) in enumerate(good, 1):
        roles = {row["speaker"]: by_name[row["role"]] for row in edited if row["file"] == name}
        with session.guarded():
            project.add_transcript(read, who=session.coder())
            project.set_roles(read.transcript.name, roles, session.coder())
            added += 1
        bar.progress(place / len(good), text=_("Importing {name}…", name=name))
    for _name, _counts in project.segment(session.coder()):
        pass
    session.texts_changed()
    session.flash(_.many("{count} interview imported", "{count} interviews imported", added))


# --- respondents ------------------------------------------------------------------------------


def _respondents() -> None:
    cases = project.collect_cases()
    names = [text.name for text in project.collect_transcripts()]
    if not cases and not names:
        st.info(_("Respondents come after interviews: import those first."))
        return
    attributes = list(dict.fromkeys(key for case in cases for key in case.attributes)) or [
        "group",
        "sex",
        "age_band",
    ]
    rows = [
        {
            "name": case.name,
            "transcripts": list(case.transcripts),
            **{key: case.attributes.get(key, "") for key in attributes},
        }
        for case in cases
    ] or [{"name": name, "transcripts": [name], **dict.fromkeys(attributes, "")} for name in names]
    if not cases:
        st.caption(_("One respondent per interview is proposed. Fill in what you know, and save."))
    edited = st.data_editor(
        rows,
        num_rows="add",
        hide_index=True,
        column_config={
            "name": st.column_config.TextColumn(_("Respondent"), required=True),
            "transcripts": st.column_config.MultiselectColumn(_("Interviews"), options=names),
        },
        key=f"cases-{project.revision()}",
        height="content",
    )
    with st.container(horizontal=True):
        if st.button(_("Save respondents"), type="primary"):
            _save_cases(edited, attributes)
        new = st.text_input(
            _("New attribute"),
            placeholder=_("New attribute"),
            label_visibility="collapsed",
            width=200,
        )
        if st.button(_("Add attribute")) and new.strip():
            key = "_".join(new.split()).lower()
            _save_cases([{**row, key: ""} for row in edited], [*attributes, key])
        file = st.file_uploader(
            _("Table of respondents"), type=["csv", "xlsx"], label_visibility="collapsed", width=320
        )
    if file is not None and st.session_state.get("cases-file") != file.file_id:
        st.session_state["cases-file"] = file.file_id
        with tempfile.TemporaryDirectory() as folder, session.guarded():
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            telling.problems(project.import_cases(path, session.coder()), _)
            st.rerun()


def _save_cases(rows: list[dict[str, Any]], attributes: list[str]) -> None:
    cases = [
        Case(
            str(row["name"]).strip(),
            FrozenMap({key: str(row.get(key) or "") for key in attributes}),
            tuple(row.get("transcripts") or ()),
        )
        for row in rows
        if str(row.get("name") or "").strip()
    ]
    with session.guarded():
        project.set_cases(cases, session.coder())
        session.flash(_("Respondents saved"))
        st.rerun()


# --- coders and rounds ------------------------------------------------------------------------


def _coders() -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _people()
    with right:
        _rounds()


def _people() -> None:
    if admitting.serving():
        _title(_("Coders"))
        for name in session.people():
            st.markdown(telling.plain(name))
        return
    _title(_("Who is coding in this window"))
    people = session.people()
    current = session.coder()
    for name in people:
        own = name == current
        if st.button(
            name,
            key=f"be-{name}",
            icon=":material/check:" if own else ":material/person:",
            type="primary" if own else "secondary",
        ):
            session.set_coder(name)
            st.rerun()
    with st.form("add-coder", border=False, clear_on_submit=True):
        new = st.text_input(_("Another coder"), max_chars=40)
        if st.form_submit_button(_("Add")) and new.strip():
            project.add_coder(new.strip())
            session.set_coder(new.strip())
            st.rerun()


def _rounds() -> None:
    _title(_("Rounds"))
    st.caption(
        _("A blind round keeps two coders apart: neither sees the other's work until it closes.")
    )
    for one in project.rounds():
        _round(one)
    _new_round()


def _round(one: Round) -> None:
    who = session.coder()
    with st.container(border=True):
        state = _("closed") if one.closed else _("open")
        blind = _("blind") if one.blind else _("joint")
        names = [f"{name} ✓" if name in one.handed_in else name for name in one.coders]
        coders = ", ".join(names) or _("all coders")
        st.markdown(f"**{telling.plain(one.name)}** · {blind} · {state} · {coders}")
        count = len(one.transcripts) or len(project.collect_transcripts())
        st.caption(_.many("{count} interview", "{count} interviews", count))
        if who not in one.coders:
            return
        with session.guarded():
            if who in one.handed_in:
                if st.button(_("Take my work back"), key=f"reopen-{one.name}"):
                    project.reopen_round(one.name, who)
                    st.rerun()
            elif st.button(_("Hand in my work"), key=f"hand-in-{one.name}", type="primary"):
                project.hand_in(one.name, who)
                st.rerun()


def _new_round() -> None:
    names = [text.name for text in project.collect_transcripts()]
    with st.popover(_("New round"), icon=":material/add:"), st.form("round", border=False):
        name = st.text_input(_("Name"))
        coders = st.multiselect(_("Coders"), session.people(), default=list(session.people())[:2])
        texts = st.multiselect(_("Interviews"), names, placeholder=_("All"))
        blind = st.toggle(_("Blind: coders do not see each other's codings"), value=True)
        if st.form_submit_button(_("Make the round"), type="primary") and name.strip():
            with session.guarded():
                project.new_round(
                    name.strip(),
                    coders=coders,
                    transcripts=texts,
                    blind=blind,
                    who=session.coder(),
                )
                st.rerun()


# --- history, backup --------------------------------------------------------------------------


def _history() -> None:
    who = session.coder()
    with st.container(horizontal=True):
        if st.button(_("Undo my last step"), icon=":material/undo:"):
            with session.guarded():
                done = project.undo(who)
                session.texts_changed()
                session.flash(_("Undone: {what}", what=telling.event(done[-1], _)))
                st.rerun()
        if st.button(_("Redo"), icon=":material/redo:"):
            with session.guarded():
                done = project.redo(who)
                session.texts_changed()
                session.flash(_("Done again: {what}", what=telling.event(done[-1], _)))
                st.rerun()
    events = project.history(limit=400)
    st.dataframe(
        [
            {
                _("When"): _.moment(event.at),
                _("Who"): event.who or "–",
                _("What"): telling.event(event, _),
                _("Undone"): event.undone,
            }
            for event in reversed(events)
        ],
        hide_index=True,
        height=460,
    )


def _backup_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backup.qualcode"
        project.backup(path)
        return path.read_bytes()


def _safety() -> None:
    st.write(_("The project is one file: {path}", path=f"`{session.project_path()}`"))
    with st.container(horizontal=True):
        # A copy of the file would show what a blind round hides from who is served.
        hidden = bool(admitting.serving() and project.hidden_rounds())
        st.download_button(
            _("Download a backup"),
            disabled=hidden,
            data=_backup_bytes,
            file_name=f"{Path(session.project_path()).stem}-backup.qualcode",
            icon=":material/save:",
            on_click="ignore",
        )
        if st.button(_("Check every quote"), icon=":material/verified:"):
            problems = project.check()
            if problems:
                telling.problems(problems, _)
            else:
                st.success(_("Every stored quote equals its place in the text."))


_header()
tabs = st.tabs(
    [_("Interviews"), _("Respondents"), _("Coders and rounds"), _("History"), _("Backup and check")]
)
for tab, show in zip(tabs, (_interviews, _respondents, _coders, _history, _safety), strict=True):
    with tab:
        show()
