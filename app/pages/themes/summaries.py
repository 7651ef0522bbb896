"""One theme on the page: who brings it up, its codes with their quotes, its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from qualcode.model import CodeSummary, Contrast, DeviantCase, Memo, Passage, Reach, ThemeSummary

from ... import session
from ...page_links import open_page, open_passage
from ...widgets import passages
from ...widgets.clickable_table import clickable_table
from ...widgets.text import escape_markdown, show_heading
from .view import ThemesView, group_label, reach_text


def show_summaries(shown: ThemesView) -> None:
    """Let the reader choose a theme and show its summary."""
    _ = session.words()
    language = session.language()
    names = {one.theme: one.label.in_language(language) or one.theme for one in shown.report.themes}
    if not names:
        st.info(_("The codebook has no themes yet."))
        return
    chosen = st.segmented_control(
        _("Theme"),
        list(names),
        default=next(iter(names)),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="theme",
    )
    for theme in shown.report.themes:
        if theme.theme == chosen:
            _theme(shown, theme)


def _theme(shown: ThemesView, theme: ThemeSummary) -> None:
    _ = session.words()
    language = session.language()
    if theme.definition:
        st.write(escape_markdown(theme.definition.in_language(language)))
    parts = [_.many("{count} coding", "{count} codings", theme.codings)]
    if theme.words_share is not None:
        share = _.percent(theme.words_share)
        parts.append(_("{share} of what respondents said", share=share))
    parts += [
        f"{group_label(one.group)}: {one.text.in_language(language)}" for one in theme.in_words
    ]
    st.caption(escape_markdown(" · ".join(parts)))
    _reaches(shown, theme)
    show_heading(_("Representative quotes"))
    for passage in theme.representative:
        _passage(passage)
    for place, code in enumerate(code for code in theme.codes if code.codings):
        _code(code, opened=not place)
    if theme.unused:
        labels = session.labels()
        names = ", ".join(labels.get(path, path) for path in theme.unused)
        st.caption(_("Not used: {codes}", codes=escape_markdown(names)))
    _contrasts(theme.contrasts)
    _words(theme)
    _deviants(theme.deviant_cases)
    _memos(theme.memos)


def _reaches(shown: ThemesView, theme: ThemeSummary) -> None:
    """Show who brings up each code; a click on a cell shows the passages."""
    _ = session.words()
    codes = [code for code in theme.codes if code.codings]
    if not codes:
        return
    groups = [one.group for one in theme.reaches]
    language = session.language()

    def row(name: str, codings: int, reaches: Sequence[Reach]) -> dict[str, Any]:
        told = {group_label(one.group): reach_text(one) for one in reaches}
        return {_("Code"): name, _("Codings"): codings, **told}

    rows = [row(_("The whole theme"), theme.codings, theme.reaches)]
    rows += [
        row(code.label.in_language(language) or code.code, code.codings, code.reaches)
        for code in codes
    ]
    cell = clickable_table(rows, f"reach-{theme.theme}-{shown.layer}", height=420)
    if cell is None:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    path = theme.theme if cell[0] == 0 else codes[cell[0] - 1].code
    named = {group_label(one): one for one in groups}
    wanted = named.get(cell[1], "")
    title = f"{rows[cell[0]][_('Code')]} · {cell[1]}" if wanted else rows[cell[0]][_("Code")]
    passages.read(shown.codings_of(path, wanted), f"reached-{path}-{wanted}", title)


def _code(code: CodeSummary, *, opened: bool) -> None:
    _ = session.words()
    language = session.language()
    label = escape_markdown(code.label.in_language(language) or code.code)
    count = _.many("{count} coding", "{count} codings", code.codings)
    whole = next((one.text.in_language(language) for one in code.in_words if not one.group), "")
    with st.expander(f"**{label}** · {count} · {whole}", expanded=opened):
        if code.definition:
            st.caption(escape_markdown(code.definition.in_language(language)))
        for passage in code.representative:
            _passage(passage)
        if code.deviant:
            show_heading(_("Unlike the rest"))
            for passage in code.deviant[:2]:
                _passage(passage)
        _memos(code.memos)
        if st.button(_("All quotes of this code"), key=f"all-{code.code}"):
            st.session_state["quotes-of"] = {"code": code.code}
            open_page("quotes")


def _passage(passage: Passage) -> None:
    _ = session.words()
    language = session.language()
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"“{escape_markdown(passage.text)}”")
            about = passage.attribution or ", ".join(filter(None, (passage.case, passage.group)))
            parts = (about, passage.rule.in_language(language))
            st.caption(escape_markdown(" · ".join(part for part in parts if part)))
        key = f"passage-{passage.coding}-{passage.rule.in_language('en')[:12]}"
        if st.button(_("In the text"), icon=":material/open_in_new:", key=key, type="tertiary"):
            open_passage(passage.transcript, passage.span.start, passage.span.end)


def _contrasts(contrasts: Iterable[Contrast]) -> None:
    _ = session.words()
    language = session.language()
    told = [one for one in contrasts if one.difference]
    if not told:
        return
    show_heading(_("What one group brings up more than the other"))
    st.dataframe(
        [
            {
                _("Code"): one.label.in_language(language) or one.code,
                _("Here"): f"{group_label(one.first.group)}: {reach_text(one.first)}",
                _("There"): f"{group_label(one.second.group)}: {reach_text(one.second)}",
                _("What may be said"): one.in_words.in_language(language),
            }
            for one in told[:12]
        ],
        hide_index=True,
        height="content",
    )


def _words(theme: ThemeSummary) -> None:
    _ = session.words()
    if theme.distinctive_words:
        show_heading(_("Words that set this theme apart"))
        words = theme.distinctive_words[:20]
        st.write(", ".join(escape_markdown(word.word) for word in words))
        st.caption(
            _("Said more in this theme than elsewhere: an aid for reading, no finding by itself.")
        )
    elif theme.words_undefined_because:
        st.caption(_.sentence(theme.words_undefined_because))


def _deviants(cases: Sequence[DeviantCase]) -> None:
    """Show who has the theme but not its commonest code, with the passages."""
    _ = session.words()
    if not cases:
        return
    show_heading(_("Respondents who differ: they have the theme, not its commonest code"))
    labels, language = session.labels(), session.language()
    cell = clickable_table(
        [
            {
                _("Respondent"): one.case,
                _("Group"): group_label(one.group),
                _("Lacks"): one.lacks_label.in_language(language) or one.lacks,
                _("Has"): ", ".join(labels.get(code, code) for code in one.codes),
            }
            for one in cases
        ],
        f"deviants-{cases[0].lacks}",
        height=300,
    )
    if cell:
        one = cases[cell[0]]
        passages.read(one.codings, f"deviant-{one.case}-{one.lacks}", one.case)


def _memos(memos: Iterable[Memo]) -> None:
    for memo in memos:
        told = escape_markdown(f"{memo.text} ({memo.author})")
        st.caption(f":material/sticky_note_2: {told}")
