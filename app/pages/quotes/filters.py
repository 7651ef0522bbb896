"""The filters of the quotes: layer, code, respondent, interview, round, and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from qualcode.model import Quote, QuoteSection
from qualcode.project import QuoteFilter, attribute_value

from ... import session
from ...attribution import find_cases
from ...widgets.filter_row import attribute_filter, filter_row, filter_select
from ...widgets.layer_select import layer_select


def filter_form() -> QuoteFilter:
    """Let the reader choose whose codings, which codes, which respondents and which words."""
    _ = session.words()
    project, book, labels = session.project(), session.codebook(), session.labels()
    linked_choices = st.session_state.pop("quotes-of", None)
    # A link from another page sets the filters before they are drawn.
    for key, value in (linked_choices or {}).items():
        st.session_state[f"quotes-{key}"] = value
    layer = layer_select("quotes-layer")
    language = session.language()
    with filter_row("quotes"):
        st.text_input(
            _("Find words"),
            placeholder=_("Find words"),
            label_visibility="collapsed",
            width=130,
            key="quotes-words",
        )
        code = filter_select(
            _("Code"),
            book.paths,
            "quotes-code",
            width=200,
            name=lambda path: "\u2003" * path.count("/") + labels[path],
        )
        cases = project.cases.collect()
        group = filter_select(
            _("Group"),
            sorted({case.group for case in cases if case.group}),
            "quotes-group",
            width=150,
            name=lambda name: attribute_value("group", name, language),
        )
        case_names = [case.name for case in cases]
        case = filter_select(_("Respondent"), case_names, "quotes-case", width=150, name=str)
        texts = [text.name for text in project.transcripts.collect()]
        text = filter_select(_("Interview"), texts, "quotes-transcript", width=140, name=str)
        rounds = [round_.name for round_ in project.rounds.collect()]
        round_ = (
            filter_select(_("Round"), rounds, "quotes-round", width=140, name=str) if rounds else ""
        )
        attribute_filter("quotes-attribute", width=170, but=("group",))
        chosen = st.toggle(_("Only chosen"), key="quotes-chosen")
        st.toggle(_("With a memo"), key="quotes-memo")
    return QuoteFilter(
        code=code or None,
        group=group or None,
        case=case or None,
        transcript=text or None,
        round=round_ or None,
        layer=layer,
        chosen_only=chosen,
    )


def option_form() -> tuple[int, str]:
    """Return how quotes are written: words of context, and the pattern of the line below."""
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        context = st.slider(_("Words of context"), 0, 60, 0, step=5, width=180)
        pattern = st.text_input(
            _("Line below a quote"),
            value="{group}, {sex}, {age_band}",
            help=_("Attributes of the respondent in braces; those that are empty are left out."),
            width=260,
        )
    return int(context), pattern


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
        tests.append(
            lambda quote: any(
                case.attributes_in(quote.transcript).get(name) == value
                for case in find_cases(quote.transcript, quote.span)
            )
        )
    if memo:
        tests.append(lambda quote: bool(quote.memo))
    if not tests:
        return sections
    filtered = (
        replace(section, quotes=tuple(q for q in section.quotes if all(test(q) for test in tests)))
        for section in sections
    )
    return tuple(section for section in filtered if section.quotes)
