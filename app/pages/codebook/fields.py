"""One code: all its fields, and the passages that have it."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from qualcode.model import CONSENSUS, Code, FrozenMap, LocalText
from qualcode.translation import Translator

from ... import session
from ...page_links import open_page, open_passage
from ...widgets.notices import errors_shown, notify
from ...widgets.text import escape_markdown
from . import code_changes

_TEXTS = ("label", "definition", "include", "exclude", "typical", "borderline")


def field_names(_: Translator) -> dict[str, str]:
    """Return the label of each field of a code."""
    return {
        "label": _("Name"),
        "definition": _("Definition"),
        "include": _("Code here"),
        "exclude": _("Do not code here"),
        "typical": _("Typical example"),
        "borderline": _("Borderline example"),
        "terms": _("Words that signal it"),
        "color": _("Color"),
        "attributes": _("Attributes"),
    }


def show(code: Code, uses: int) -> None:
    """Draw the selected code."""
    _ = session.words()
    st.markdown("#### " + escape_markdown(code.title(session.language())))
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
    texts = {field: _text_field(code, field) for field in _TEXTS}
    listed = ", ".join(code.terms)
    terms = st.text_input(
        _("Words that signal it, separated by commas"),
        value=listed,
        key=_key(code, "terms", listed),
    )
    lines = "\n".join(f"{key}: {', '.join(values)}" for key, values in code.attributes.items())
    attributes = st.text_area(
        _("Attributes, one on each line: name: value, value"),
        value=lines,
        key=_key(code, "attributes", lines),
        height="content",
    )
    color = st.color_picker(_("Color"), value=code.color, key=_key(code, "color", code.color))
    if st.form_submit_button(_("Save"), type="primary"):
        with errors_shown():
            session.project().codebook.edit(
                code.path,
                **texts,
                terms=_split_list(terms),
                attributes=_attributes(attributes),
                color=color,
            )
            notify(_("Saved"))
            st.rerun()


def _text_field(code: Code, field: str) -> LocalText:
    _ = session.words()
    language = session.language()
    before: LocalText = getattr(code, field)
    # Only this language is edited; the texts in other languages stay as they are.
    value = before.get(language, "")
    key, label = (
        _key(code, f"{field}-{language}", value or code.title(language)),
        field_names(_)[field],
    )
    if field == "label":
        text = st.text_input(label, value=value or code.title(language), key=key)
    else:
        text = st.text_area(label, value=value, height="content", key=key)
    return LocalText.of({**before, language: text.strip()})


def _key(code: Code, field: str, value: str) -> str:
    """Return the key of a field; it changes when the value was changed elsewhere."""
    # Streamlit shows the typed text of a key for ever; a new key shows the new value.
    return f"code-{code.id}-{field}-{hash(value)}"


def _split_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _attributes(text: str) -> FrozenMap[str, tuple[str, ...]]:
    pairs = (line.partition(":") for line in text.split("\n"))
    return FrozenMap(
        {
            key.strip(): _split_list(values)
            for key, _colon, values in pairs
            if key.strip() and _split_list(values)
        }
    )


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
                st.text(f"{coding.coder}: “{coding.quote[:160]}”", width="stretch")
                if st.button(_("In the text"), key=f"used-{coding.id}"):
                    open_passage(text, coding.span.start, coding.span.end)
