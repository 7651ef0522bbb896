"""The filters of the quotes: layer, code, respondent, interview, round, and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from qualcode.model import Quote, QuoteSection
from qualcode.project import QuoteFilter

from ... import session
from ...widgets.layer_select import layer_select


def _or_all(value: str) -> str:
    _ = session.words()
    return value or _("All")


def filter_form() -> QuoteFilter:
    """Let the reader choose whose codings, which code and which respondents."""
    _ = session.words()
    project, book, labels = session.project(), session.codebook(), session.labels()
    linked_choices = st.session_state.pop("quotes-of", None)
    # A link from another page sets the filters before they are drawn.
    for key, value in (linked_choices or {}).items():
        st.session_state[f"quotes-{key}"] = value
    layer = layer_select("quotes-layer")
    language = session.language()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            _("Theme or code"),
            ["", *book.paths],
            key="quotes-code",
            width=280,
            format_func=lambda path: (
                ("\u2003" * path.count("/") + labels[path]) if path else _("All")
            ),
        )
        cases = project.collect_cases()
        groups = sorted({case.group for case in cases if case.group})
        group = st.selectbox(
            _("Group"),
            ["", *groups],
            key="quotes-group",
            format_func=lambda name: _or_all(
                name and project.attribute_value("group", name, language)
            ),
            width=170,
        )
        names = [case.name for case in cases]
        case = st.selectbox(
            _("Respondent"), ["", *names], key="quotes-case", format_func=_or_all, width=150
        )
        texts = [text.name for text in project.collect_transcripts()]
        text = st.selectbox(
            _("Interview"), ["", *texts], key="quotes-transcript", format_func=_or_all, width=150
        )
        rounds = [round_.name for round_ in project.rounds()]
        round_ = (
            st.selectbox(
                _("Round"), ["", *rounds], key="quotes-round", format_func=_or_all, width=150
            )
            if rounds
            else ""
        )
    return QuoteFilter(
        code=code or None,
        group=group or None,
        case=case or None,
        transcript=text or None,
        round=round_ or None,
        layer=layer,
    )


def option_form() -> tuple[bool, int, str, str]:
    """Return the options: only chosen quotes, words of context, attribution, and language."""
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Find words"), placeholder=_("Find words"), width=200, key="quotes-words")
        context = st.slider(_("Words of context"), 0, 60, 0, step=5, width=180)
        pattern = st.text_input(
            _("Line below a quote"),
            value="{group}, {sex}, {age_band}",
            help=_("Attributes of the respondent in braces; those that are empty are left out."),
            width=260,
        )
        _attribute_select()
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.toggle(_("Only chosen quotes"), key="quotes-chosen")
        st.toggle(_("Only with a memo"), key="quotes-memo")
    return chosen, int(context), pattern, session.language()


def _attribute_select() -> None:
    """Let the reader choose respondents by any other attribute."""
    _ = session.words()
    project, language = session.project(), session.language()
    attributes: dict[tuple[str, str], str] = {("", ""): _("All")}
    for case in project.collect_cases():
        for name, value in case.attributes.items():
            if name != "group" and value:
                value_name = project.attribute_value(name, value, language)
                attributes[name, value] = f"{project.attribute_name(name, language)}: {value_name}"
    if len(attributes) > 1:
        st.selectbox(
            _("Attribute"),
            sorted(attributes),
            format_func=lambda pair: attributes.get(pair, ""),
            key="quotes-attribute",
            width=210,
        )


def apply_filters(sections: tuple[QuoteSection, ...]) -> tuple[QuoteSection, ...]:
    """Return the quotes that contain the words searched for and pass the other filters."""
    words = str(st.session_state.get("quotes-words") or "").casefold().strip()
    name, value = st.session_state.get("quotes-attribute") or ("", "")
    memo = bool(st.session_state.get("quotes-memo"))
    # The project filters by codes and cases; these are filters of reading, on top.
    tests: list[Callable[[Quote], bool]] = []
    if words:
        tests.append(lambda quote: words in quote.text.casefold())
    if name:
        inside = {
            text
            for case in session.project().collect_cases()
            if case.attributes.get(name) == value
            for text in case.transcripts
        }
        tests.append(lambda quote: quote.transcript in inside)
    if memo:
        tests.append(lambda quote: bool(quote.memo))
    if not tests:
        return sections
    filtered = (
        replace(section, quotes=tuple(q for q in section.quotes if all(test(q) for test in tests)))
        for section in sections
    )
    return tuple(section for section in filtered if section.quotes)
