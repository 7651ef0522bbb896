"""Which quotes are on the page: by whose codings, code, respondent, interview, round, words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import session
import streamlit as st

from qualcode.model import Quote, QuoteSection
from qualcode.project import QuoteFilter, attribute_name, attribute_value


def _all(value: str) -> str:
    _ = session.words()
    return value or _("All")


def where() -> QuoteFilter:
    """Let the reader choose whose codings, which code and which respondents."""
    _ = session.words()
    project, book, labels = session.project(), session.book(), session.labels()
    wanted = st.session_state.pop("quotes-of", None)
    for key, value in (wanted or {}).items():
        st.session_state[f"quotes-{key}"] = value
    layer = session.choose_layer("quotes-layer")
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
        cases = project.cases.collect()
        groups = sorted({case.group for case in cases if case.group})
        group = st.selectbox(
            _("Group"),
            ["", *groups],
            key="quotes-group",
            format_func=lambda one: _all(one and attribute_value("group", one, language)),
            width=170,
        )
        names = [case.name for case in cases]
        case = st.selectbox(
            _("Respondent"), ["", *names], key="quotes-case", format_func=_all, width=150
        )
        texts = [text.name for text in project.transcripts.collect()]
        text = st.selectbox(
            _("Interview"), ["", *texts], key="quotes-transcript", format_func=_all, width=150
        )
        rounds = [one.name for one in project.rounds.collect()]
        round_ = (
            st.selectbox(_("Round"), ["", *rounds], key="quotes-round", format_func=_all, width=150)
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


def options() -> tuple[bool, int, str, str]:
    """Return what else was chosen: only chosen ones, words of context, the line below, language."""
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
        _attribute()
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.toggle(_("Only chosen quotes"), key="quotes-chosen")
        st.toggle(_("Only with a memo"), key="quotes-memo")
    return chosen, int(context), pattern, session.language()


def _attribute() -> None:
    """Let the reader choose respondents by any other attribute."""
    _ = session.words()
    project, language = session.project(), session.language()
    known: dict[tuple[str, str], str] = {("", ""): _("All")}
    for case in project.cases.collect():
        for name, value in case.attributes.items():
            if name != "group" and value:
                shown = attribute_value(name, value, language)
                known[name, value] = f"{attribute_name(name, language)}: {shown}"
    if len(known) > 1:
        st.selectbox(
            _("Attribute"),
            sorted(known),
            format_func=lambda pair: known.get(pair, ""),
            key="quotes-attribute",
            width=210,
        )


def sifted(sections: tuple[QuoteSection, ...]) -> tuple[QuoteSection, ...]:
    """Return the quotes that hold the words asked for, and fit the other choices."""
    words = str(st.session_state.get("quotes-words") or "").casefold().strip()
    name, value = st.session_state.get("quotes-attribute") or ("", "")
    memo = bool(st.session_state.get("quotes-memo"))
    tests: list[Callable[[Quote], bool]] = []
    if words:
        tests.append(lambda quote: words in quote.text.casefold())
    if name:
        inside = {
            text
            for case in session.project().cases.collect()
            if case.attributes.get(name) == value
            for text in case.transcripts
        }
        tests.append(lambda quote: quote.transcript in inside)
    if memo:
        tests.append(lambda quote: bool(quote.memo))
    if not tests:
        return sections
    kept = (
        replace(one, quotes=tuple(q for q in one.quotes if all(test(q) for test in tests)))
        for one in sections
    )
    return tuple(one for one in kept if one.quotes)
