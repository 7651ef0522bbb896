"""One memo: what it is about, its text, and how its author changes it."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Memo

from ... import session
from ...page_links import open_page, open_passage
from ...widgets.edit_conflicts import is_waiting, make_form, save_form, typed
from ...widgets.notices import notify
from ...widgets.text import escape_markdown
from .quote_insertion import quote_select
from .targets import passage_of, target_text


def show_card(memo: Memo) -> None:
    """Show a memo with its links; its author can change it and take it back."""
    _ = session.words()
    with st.container(border=True, key=f"memo-{memo.id}"):
        st.caption(escape_markdown(target_text(memo)))
        if st.session_state.get("memo-edited") == memo.id:
            _show_editor(memo)
            return
        # The program itself writes such memos, with the name of the reason as it is stored.
        reason = _("The codebook must change")
        text = memo.text.replace("[codebook_must_change]", f"[{reason}]", 1)
        st.markdown(escape_markdown(text))
        with st.container(horizontal=True, vertical_alignment="center"):
            about = [memo.author, _.moment(memo.created_at) if memo.created_at else ""]
            st.caption(" · ".join(escape_markdown(part) for part in about if part), width="stretch")
            _show_link(memo)
            if memo.author == session.coder():
                st.button(
                    _("Change"), key=f"change-{memo.id}", on_click=_begin_editing, args=(memo,)
                )
                st.button(_("Remove"), key=f"remove-{memo.id}", on_click=_remove, args=(memo,))


def _show_link(memo: Memo) -> None:
    _ = session.words()
    passage = passage_of(memo)
    if passage and st.button(
        _("In the text"), key=f"open-{memo.id}", icon=":material/open_in_new:"
    ):
        name, span = passage
        open_passage(name, span.start, span.end)
    if memo.target_kind.value == "code" and st.button(
        _("Go to the codebook"), key=f"book-{memo.id}", icon=":material/open_in_new:"
    ):
        open_page("codebook")


def _begin_editing(memo: Memo) -> None:
    st.session_state.update({"memo-edited": memo.id, f"text-{memo.id}": memo.text})


def _show_editor(memo: Memo) -> None:
    _ = session.words()
    st.text_area(_("Note"), key=f"text-{memo.id}", label_visibility="collapsed", height=160)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        quote_select(f"text-{memo.id}")
        st.button(
            _("Save memo"), type="primary", key=f"save-{memo.id}", on_click=_save, args=(memo,)
        )
        st.button(_("Cancel"), key=f"cancel-{memo.id}", on_click=_end_editing)


def _end_editing() -> None:
    st.session_state.pop("memo-edited", None)


def _save(memo: Memo) -> None:
    _, codings = session.words(), session.project().codings

    def read() -> dict[str, str] | None:
        texts = {stored.id: stored.text for stored in codings.collect_memos()}
        # Each text of a memo is a memo of its own: another one has another id.
        return {"text": texts[memo.id]} if memo.id in texts else None

    form = make_form(
        target_text(memo),
        {"text": _("Note")},
        read,
        lambda values: codings.revise_memo(memo.id, values["text"]),
        saved=_("Saved."),
    )
    text = typed(f"text-{memo.id}").strip() or " "
    # Where it was refused, the text stays to be changed.
    if save_form(form, {"text": memo.text}, {"text": text}) or is_waiting(form):
        _end_editing()


def _remove(memo: Memo) -> None:
    _ = session.words()
    try:
        session.project().codings.revise_memo(memo.id, "")
    except QualcodeError as error:
        notify(_.translate(str(error)))
    else:
        notify(_("The memo is removed; undo on the Project page brings it back."))
