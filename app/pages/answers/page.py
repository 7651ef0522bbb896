"""The page Answers: a survey is read, and each question is coded in a grid of its answers."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.model import Span, Transcript
from qualcode.project.surveys import ANSWERS, SurveyPlan, propose_plan

from ... import session
from ...widgets import uploads
from ...widgets.downloads import in_window
from ...widgets.notices import errors_shown, notify
from ...widgets.requirements import require_codebook
from ...widgets.text import escape_markdown

_ROWS = 50
_SHOWN = "answers-shown"
_ANSWER_WIDTH = 420
_SIGNS_IN_LINE = 55
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class _Answer:
    """One row of the grid: an answer, or several equal ones that are coded at once.

    Attributes:
        text: The answer.
        spans: Where it stands, once for each person.
        people: Who gave it.
        codes: Paths of the codes that all of these have from the coder of this page.
    """

    text: str
    spans: tuple[Span, ...]
    people: tuple[str, ...]
    codes: tuple[str, ...]


def show() -> None:
    """Draw the page."""
    _ = session.words()
    st.title(_("Answers of a survey"), anchor=False)
    questions = [t for t in session.project().transcripts.collect() if t.kind == ANSWERS]
    with st.expander(_("Read a survey: csv or xlsx"), expanded=not questions):
        _read_survey()
    if not questions:
        return
    require_codebook()
    with errors_shown():
        _show_question(questions)
    _show_download()


def _read_survey() -> None:
    _ = session.words()
    st.caption(
        _(
            "A table with one row a person. Each open question becomes a source, each answer a "
            "unit of its person; the other columns are attributes."
        )
    )
    file = st.file_uploader(_("Table of the survey"), ["csv", "xlsx"], key="survey-file")
    if file is None:
        return
    with errors_shown(), uploads.on_disk(file) as path:
        proposed, titles = propose_plan(path)
        numbered = _("No column: number the rows")
        choices = ["", *titles]
        id_column = st.selectbox(
            _("Column that names the person"),
            choices,
            index=choices.index(proposed.id_column),
            format_func=lambda title: title or numbered,
        )
        chosen = st.multiselect(
            _("Open questions"),
            titles,
            default=list(proposed.questions),
            placeholder=_("Choose the columns with open answers"),
        )
        other_titles = [title for title in titles if title not in chosen and title != id_column]
        # An opinion with few different answers would silently become an attribute.
        doubtful = [title for title in proposed.doubtful if title in other_titles]
        if doubtful:
            st.warning(
                _(
                    "These columns may be open questions or attributes: {columns}. Choose what "
                    "they are; a column that you do not choose is left out.",
                    columns=escape_markdown(", ".join(doubtful)),
                ),
                icon=":material/help:",
            )
        attributes = st.multiselect(
            _("Attributes"),
            other_titles,
            default=[title for title in other_titles if title not in doubtful],
            placeholder=_("No column"),
        )
        if st.button(_("Read the survey"), type="primary", disabled=not chosen):
            plan = SurveyPlan(str(id_column), tuple(chosen), tuple(attributes))
            problems = session.project().exchange.read_survey(path, plan)
            uploads.keep_problems("survey", problems)
            notify(_("Survey read"))
            st.rerun()
    uploads.show_problems("survey")


def _show_question(questions: list[Transcript]) -> None:
    _ = session.words()
    names = {question.name: question for question in questions}
    name = st.selectbox(_("Question"), list(names), key="answers-question", on_change=_keep_unsaved)
    question = names[str(name)]
    st.markdown(f"**{question.attributes.get('question', question.name)}**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        joined = st.toggle(
            _("Code equal answers at once"),
            value=True,
            key="answers-joined",
            on_change=_keep_unsaved,
        )
        only_open = st.toggle(
            _("Only answers without a code"), key="answers-open", on_change=_keep_unsaved
        )
    answers = _answers(question, joined=joined)
    coded_count = sum(1 for answer in answers if answer.codes)
    st.progress(
        coded_count / len(answers) if answers else 0.0,
        _("{done} of {all} answers have a code", done=coded_count, all=len(answers)),
    )
    listed = [answer for answer in answers if not (only_open and answer.codes)]
    pages = max(1, -(-len(listed) // _ROWS))
    number = min(int(st.session_state.get("answers-page", 1)), pages)
    page_answers = listed[(number - 1) * _ROWS : number * _ROWS]
    # Each coder has a grid of their own: what one chose is never stored as another's.
    # And not a new one at a colleague's change, which would drop what is chosen in it.
    key = f"answers-{session.view()}-{question.name}-{hash(tuple(page_answers))}"
    st.session_state[_SHOWN] = (session.view(), question.name, page_answers, key)
    _grid(page_answers, key)
    st.button(_("Save the codes"), type="primary", on_click=_keep_unsaved)
    if pages > 1:
        st.pagination(pages, key="answers-page", on_change=_keep_unsaved)


def _answers(question: Transcript, *, joined: bool) -> list[_Answer]:
    """Return the answers to a question, the most frequent first if equal ones are joined."""
    project = session.project()
    codes: dict[Span, set[str]] = {}
    coder = project.info.coder
    for coding in project.codings.collect(transcript=question.name):
        if coding.coder == coder:
            codes.setdefault(coding.span, set()).add(coding.code)
    groups: dict[str, list[Any]] = {}
    for turn in question.turns:
        text = turn.span.of(question.text)
        key = " ".join(text.casefold().split()) if joined else str(turn.number)
        groups.setdefault(key, []).append(turn)
    answers = [
        _Answer(
            turns[0].span.of(question.text),
            tuple(turn.span for turn in turns),
            tuple(turn.speaker for turn in turns),
            tuple(sorted(set.intersection(*(codes.get(turn.span, set()) for turn in turns)))),
        )
        for turns in groups.values()
    ]
    return sorted(answers, key=lambda answer: -len(answer.spans))


def _grid(answers: list[_Answer], key: str) -> list[dict[str, Any]]:
    _ = session.words()
    language = session.language()
    labels = {
        code.path: code.title(language)
        for code in session.project().codebook.get().codes
        if not code.retired
    }
    rows = [
        {
            "answer": answer.text,
            "people": len(answer.people),
            "who": ", ".join(answer.people[:3]) + (" …" if len(answer.people) > 3 else ""),
            "codes": list(answer.codes),
        }
        for answer in answers
    ]
    edited: list[dict[str, Any]] = st.data_editor(
        rows,
        hide_index=True,
        disabled=["answer", "people", "who"],
        column_config={
            "answer": st.column_config.TextColumn(_("Answer"), width=_ANSWER_WIDTH),
            "people": st.column_config.NumberColumn(_("People"), width="small"),
            "who": st.column_config.TextColumn(_("Who"), width="small"),
            "codes": st.column_config.MultiselectColumn(
                _("Codes"),
                options=list(labels),
                format_func=lambda path: labels.get(path, path),
                width="large",
            ),
        },
        key=key,
        height=560 if len(rows) > 12 else "content",
        row_height=_row_height(answers),
    )
    return edited


def _row_height(answers: list[_Answer]) -> int:
    """Return the height at which the longest answer can be read, up to some lines of it."""
    longest = max((len(answer.text) for answer in answers), default=0)
    lines = min(-(-longest // _SIGNS_IN_LINE), _MOST_LINES)
    return 35 if lines < 2 else 14 + 21 * lines


def _keep_unsaved() -> None:
    """Store what was chosen in the grid before another question or page takes its place."""
    _ = session.words()
    view, question, answers, key = st.session_state.get(_SHOWN, ("", "", [], ""))
    if view != session.view():
        st.session_state.pop(_SHOWN, None)
        return
    changes = dict(st.session_state.get(key, {})).get("edited_rows", {})
    if not changes:
        return
    edited = [
        {"codes": changes.get(place, {}).get("codes", list(answer.codes))}
        for place, answer in enumerate(answers)
    ]
    with errors_shown():
        notify(_stored_text(*_store(question, answers, edited)))


def _stored_text(added: int, removed: int) -> str:
    _ = session.words()
    return _("{added} codings added, {removed} withdrawn", added=added, removed=removed)


def _store(question: str, answers: list[_Answer], edited: list[dict[str, Any]]) -> tuple[int, int]:
    """Store the changes of a grid, and return how many codings came and went."""
    project = session.project()
    coder = project.info.coder
    added = removed = 0
    with project.history.step():
        own = {
            (coding.span, coding.code): coding.id
            for coding in project.codings.collect(transcript=question)
            if coding.coder == coder
        }
        for answer, row in zip(answers, edited, strict=True):
            codes, before = {*(row["codes"] or ())}, {*answer.codes}
            for span in answer.spans:
                for code in sorted(codes - before):
                    if (span, code) not in own:
                        project.codings.add(question, span, code)
                        added += 1
                gone = [own[span, code] for code in before - codes if (span, code) in own]
                if gone:
                    project.codings.withdraw(gone)
                    removed += len(gone)
    return added, removed


def _show_download() -> None:
    _ = session.words()
    project = session.project()

    def table() -> bytes:
        # Made when it is asked for: a page is stale from the moment it is drawn.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "survey.xlsx"
            project.exchange.write_survey(path, layer=project.info.coder or "all")
            return path.read_bytes()

    with st.expander(_("The table with a column per code")):
        st.caption(_("The rows of the survey, with 0 or 1 per question and code, from your codes."))
        st.download_button(
            _("Download the table"), in_window(table), "survey.xlsx", icon=":material/download:"
        )
