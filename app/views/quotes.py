"""The quotes: filter, read in context, choose, shorten, and take them along."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import session
import streamlit as st
import telling

from qualcode.errors import QualcodeError
from qualcode.model import Quote, QuoteSection
from qualcode.project import QuoteFilter

_ = session.words()
project = session.project()
PAGE = 20


def _filter() -> QuoteFilter:
    book = session.book()
    labels = session.labels()
    cases = project.collect_cases()
    wanted = st.session_state.pop("quotes-of", None)
    if wanted:
        for key, value in wanted.items():
            st.session_state[f"quotes-{key}"] = value
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layer = session.choose_layer("quotes-layer")
        code = st.selectbox(
            _("Theme or code"),
            ["", *book.paths],
            key="quotes-code",
            width=280,
            format_func=lambda path: (
                ("\u2003" * path.count("/") + labels[path]) if path else _("All")
            ),
        )
        groups = sorted({case.group for case in cases if case.group})
        group = st.selectbox(_("Group"), ["", *groups], key="quotes-group", format_func=_all)
        names = [case.name for case in cases]
        case = st.selectbox(_("Respondent"), ["", *names], key="quotes-case", format_func=_all)
        texts = [text.name for text in project.collect_transcripts()]
        text = st.selectbox(_("Interview"), ["", *texts], key="quotes-transcript", format_func=_all)
    return QuoteFilter(
        code=code or None,
        group=group or None,
        case=case or None,
        transcript=text or None,
        layer=layer,
    )


def _all(value: str) -> str:
    return value or _("All")


def _options() -> tuple[bool, int, str, str]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(_("Find words"), placeholder=_("Find words"), width=240)
        chosen = st.toggle(_("Only chosen quotes"), key="quotes-chosen")
        context = st.slider(_("Words of context"), 0, 60, 0, step=5, width=220)
        pattern = st.text_input(
            _("Line below a quote"),
            value="{group}, {sex}, {age_band}",
            help=_("Attributes of the respondent in braces; those that are empty are left out."),
            width=300,
        )
    return chosen, int(context), pattern, search


def _with(sections: tuple[QuoteSection, ...], words: str) -> tuple[QuoteSection, ...]:
    wanted = words.casefold().strip()
    if not wanted:
        return sections
    kept = (
        replace(one, quotes=tuple(q for q in one.quotes if wanted in q.text.casefold()))
        for one in sections
    )
    return tuple(one for one in kept if one.quotes)


def _quote(quote: Quote) -> None:
    with st.container(border=True):
        before = f":gray[{telling.plain(quote.context_before)}] " if quote.context_before else ""
        after = f" :gray[{telling.plain(quote.context_after)}]" if quote.context_after else ""
        st.markdown(f"{before}“{telling.plain(quote.text)}”{after}")
        with st.container(horizontal=True, vertical_alignment="center"):
            about = " · ".join(
                part
                for part in (
                    quote.attribution,
                    quote.case or quote.transcript,
                    _("turn {number}", number=quote.turn) if quote.turn else "",
                    quote.coder,
                )
                if part
            )
            st.caption(about, width="stretch")
            chosen = st.toggle(_("Choose"), value=quote.chosen, key=f"choose-{quote.coding}")
            if chosen != quote.chosen:
                project.choose([quote.coding], chosen=chosen, who=session.coder())
                st.rerun()
            with st.popover(_("Shorten"), icon=":material/content_cut:"):
                _shorten(quote)
            if st.button(_("In the text"), icon=":material/open_in_new:", key=f"go-{quote.coding}"):
                session.show_passage(quote.transcript, quote.span.start, quote.span.end)
        if quote.memo:
            st.caption(f":material/sticky_note_2: {telling.plain(quote.memo)}")


def _shorten(quote: Quote) -> None:
    st.write(_("Leave words out and write [...] in their place. Other words are refused."))
    with st.form(f"shorten-{quote.coding}", border=False):
        text = st.text_area(_("As it will be printed"), value=quote.text)
        keep = st.form_submit_button(_("Keep"), type="primary")
        whole = st.form_submit_button(_("Print it whole"))
    if keep or whole:
        try:
            project.set_excerpt(quote.coding, text if keep else None, session.coder())
        except QualcodeError as error:
            st.error(_.sentence(str(error)))
        else:
            st.rerun()


def _show(sections: tuple[QuoteSection, ...]) -> None:
    flat = [(section, quote) for section in sections for quote in section.quotes]
    pages = max(1, -(-len(flat) // PAGE))
    number = st.session_state.get("quotes-page", 1)
    first = (min(number, pages) - 1) * PAGE
    language = session.language()
    before = ""
    for section, quote in flat[first : first + PAGE]:
        if section.code != before:
            theme, code = section.theme_label, section.code_label
            title = code.in_language(language) or section.code
            above = theme.in_language(language) if section.theme != section.code else ""
            st.markdown(f"#### {title}" + (f"  \n:gray[{above}]" if above else ""))
            before = section.code
        _quote(quote)
    if pages > 1:
        st.pagination(pages, key="quotes-page")


def _download(sections: tuple[QuoteSection, ...], suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"quotes.{suffix}"
        project.write_quotes(sections, path, language=session.language())
        return path.read_bytes()


def _page() -> None:
    where = _filter()
    chosen, context, pattern, search = _options()
    sections = project.quotes(
        replace(where, chosen_only=chosen),
        context=context,
        attribution=pattern,
        language=session.language(),
    )
    sections = _with(sections, search)
    count = sum(len(section.quotes) for section in sections)
    with st.container(horizontal=True, vertical_alignment="center"):
        found = _.many("{count} quote", "{count} quotes", count)
        st.markdown(f"**{found}**", width="stretch")
        for suffix in ("docx", "xlsx", "csv", "md", "html"):
            st.download_button(
                suffix,
                data=partial(_download, sections, suffix),
                file_name=f"quotes.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=not count,
                help=_("These quotes as {format}", format=suffix),
            )
    telling.problems(project.disclosure(sections, pattern), _)
    if count:
        _show(sections)
    elif chosen:
        st.info(_("No quote was chosen yet. Choose them here, with “Only chosen quotes” off."))
    else:
        st.info(_("No quote fits. Take a filter away, or code more."))


session.needs_transcripts()
session.book()
session.refuse_while_blind()
st.subheader(_("Quotes"), anchor=False)
if project.collect_codings():
    with session.guarded():
        _page()
else:
    st.info(_("Nothing is coded yet. Quotes come from codings."))
    if st.button(_("Start coding"), type="primary"):
        st.switch_page(session.HOME / "views" / "coding.py")
