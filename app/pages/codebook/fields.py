"""One code: all its fields, and the passages that have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st

from qualcode.model import CONSENSUS, Code, LocalText
from qualcode.model.codebook import CODE_FIELDS
from qualcode.translation import Translator

from ... import session
from ...page_links import open_page, open_passage
from ...widgets.edit_conflicts import Form, field_text, read_field, save_form, typed
from ...widgets.passages import quote_text
from ...widgets.text import escape_markdown
from . import code_changes


def field_names(_: Translator) -> dict[str, str]:
    """Return the label of each field of a code."""
    return {field: _.translate(name) for field, name in CODE_FIELDS.items()}


def show(code: Code, uses: int) -> None:
    """Draw the selected code."""
    _ = session.words()
    st.markdown("## " + escape_markdown(code.title(session.language())))
    count = _.many("{count} coding", "{count} codings", uses)
    retired = " · " + _("retired") if code.retired else ""
    st.caption(f"`{code.path}` · {count}{retired}")
    with st.container(horizontal=True):
        if uses and st.button(_("Read its quotes"), icon=":material/format_quote:"):
            st.session_state["quotes-of"] = {"code": code.path}
            open_page("quotes")
        with st.popover(_("Merge, split, retire"), icon=":material/call_merge:"):
            code_changes.show(code)
    with st.form(f"code-{code.id}"):
        _fields_form(code)
    if uses:
        _show_uses(code)


def _fields_form(code: Code) -> None:
    _ = session.words()
    language = session.language()
    labels = {
        **field_names(_),
        "terms": _("Words that signal it, separated by commas"),
        "attributes": _("Attributes, one on each line: name: value, value"),
    }
    for field, text in _drawn_texts(code, language).items():
        key = _key(code, field, language, text)
        if field == "color":
            st.color_picker(labels[field], value=text, key=key)
        elif field in {"label", "terms"}:
            st.text_input(labels[field], value=text, key=key)
        else:
            st.text_area(labels[field], value=text, height="content", key=key)
    # Called before the code is read again, so with the code that the form was drawn from.
    st.form_submit_button(_("Save"), type="primary", on_click=_save, args=(code, language))


def _drawn_texts(code: Code, language: str) -> dict[str, str]:
    """Return what each field of the form shows of a code."""
    # Only this language is edited; the texts in other languages stay as they are.
    texts = {field: getattr(code, field).get(language, "") for field in Code.TEXT_FIELDS}
    texts["label"] = texts["label"] or code.title(language)
    flat = {field: field_text(getattr(code, field)) for field in ("terms", "attributes", "color")}
    return {**texts, **flat}


def _save(code: Code, language: str) -> None:
    fields = {}
    for field, text in _drawn_texts(code, language).items():
        before = getattr(code, field)
        words = typed(_key(code, field, language, text))
        if words == text.replace("\r\n", "\n"):
            fields[field] = before
        elif field in Code.TEXT_FIELDS:
            fields[field] = LocalText.of({**before, language: words.strip()})
        else:
            fields[field] = read_field(before, words)
    save_form(code_form(code), code, fields)


def code_form(code: Code) -> Form:
    """Return the form of a code, which also the name in the tree is a field of."""

    def save(as_read: Code, fields: Mapping[str, Any]) -> None:
        session.project().codebook.edit(as_read.path, as_read=as_read, **fields)

    return Form(code.title(session.language()), save)


def _key(code: Code, field: str, language: str, value: str) -> str:
    """Return the key of a field; it changes when the value was changed elsewhere."""
    # Streamlit shows the typed text of a key for ever; a new key shows the new value.
    return f"code-{code.id}-{field}-{language}-{hash(value)}"


def _show_uses(code: Code) -> None:
    _ = session.words()
    counts = Counter(
        (coding.transcript, coding.coder)
        for coding in session.project().codings.collect(code=code.path)
        # The consensus repeats codings of the coders, so it would count them twice.
        if coding.coder != CONSENSUS
    )
    texts = list(dict.fromkeys(text for text, _coder in counts))
    coders = list(dict.fromkeys(coder for _transcript, coder in counts))
    label = _.many("Used in {count} interview", "Used in {count} interviews", len(texts))
    with st.expander(label, icon=":material/pin_drop:"):
        chosen = st.dataframe(
            [
                {_("Interview"): text, **{coder: counts[text, coder] for coder in coders}}
                for text in texts
            ],
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key=f"used-{code.id}",
        )
        if not chosen.selection.rows:
            st.caption(_("Select an interview to read its passages."))
            return
        text = texts[chosen.selection.rows[0]]
        for coding in session.project().codings.collect(code=code.path, transcript=text):
            if coding.coder == CONSENSUS:
                continue
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{coding.coder}: “{quote_text(coding)[:160]}”", width="stretch")
                if st.button(_("In the text"), key=f"used-{coding.id}"):
                    open_passage(text, coding.span.start, coding.span.end)
