"""One code: every field of it, and where it is used."""

from __future__ import annotations

from collections import Counter

import session
import streamlit as st
import telling
from parts.codebook import changing

from qualcode.frontend import Speaker
from qualcode.model import CONSENSUS, Code, FrozenMap, LocalText


def names(_: Speaker) -> dict[str, str]:
    """Return what each field of a code is called."""
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


def show(code: Code, used: int) -> None:
    """Draw the code that is picked."""
    _ = session.words()
    st.markdown("#### " + telling.plain(code.title(session.language())))
    count = _.many("{count} coding", "{count} codings", used)
    retired = " · " + _("retired") if code.retired else ""
    st.caption(f"`{code.path}` · {count}{retired}")
    with st.container(horizontal=True):
        if used and st.button(_("Read its quotes"), icon=":material/format_quote:"):
            st.session_state["quotes-of"] = {"code": code.path}
            st.switch_page(session.HOME / "views" / "quotes.py")
        with st.popover(_("Merge, split, retire"), icon=":material/call_merge:"):
            changing.show(code)
    with st.form(f"code-{code.id}"):
        _fields(code)
    if used:
        _where_used(code)


def _fields(code: Code) -> None:
    _ = session.words()
    texts = {field: _text(code, field) for field in Code.TEXT_FIELDS}
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
        with session.guarded():
            session.project().codebook.edit(
                code.path,
                **texts,
                terms=_listed(terms),
                attributes=_attributes(attributes),
                color=color,
            )
            session.flash(_("Saved"))
            st.rerun()


def _text(code: Code, field: str) -> LocalText:
    _ = session.words()
    language = session.language()
    before: LocalText = getattr(code, field)
    value = before.get(language, "")
    key, label = _key(code, f"{field}-{language}", value or code.title(language)), names(_)[field]
    if field == "label":
        text = st.text_input(label, value=value or code.title(language), key=key)
    else:
        text = st.text_area(label, value=value, height="content", key=key)
    return LocalText.of({**before, language: text.strip()})


def _key(code: Code, field: str, value: str) -> str:
    """Return the key of a field: another one once its value was changed elsewhere."""
    return f"code-{code.id}-{field}-{hash(value)}"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _attributes(text: str) -> FrozenMap[str, tuple[str, ...]]:
    pairs = (line.partition(":") for line in text.split("\n"))
    return FrozenMap(
        {
            key.strip(): _listed(values)
            for key, _colon, values in pairs
            if key.strip() and _listed(values)
        }
    )


def _where_used(code: Code) -> None:
    _ = session.words()
    counts = Counter(
        (one.transcript, one.coder)
        for one in session.project().codings.collect(code=code.path)
        if one.coder != CONSENSUS
    )
    texts = list(dict.fromkeys(text for text, _coder in counts))
    coders = list(dict.fromkeys(coder for _text, coder in counts))
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
        for one in session.project().codings.collect(code=code.path, transcript=text):
            if one.coder == CONSENSUS:
                continue
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{one.coder}: “{one.quote[:160]}”", width="stretch")
                if st.button(_("In the text"), key=f"used-{one.id}"):
                    session.show_passage(text, one.span.start, one.span.end)
