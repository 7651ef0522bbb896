"""The summary of one theme: who mentions it, its codes with quotes, its distinctive words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from qualcode.model import (
    CodeSummary,
    Contrast,
    DeviantCase,
    Memo,
    Passage,
    ThemeSummary,
    language_name,
)

from ... import session
from ...page_links import open_page, open_passage
from ...widgets import matrix, passages
from ...widgets.clickable_table import clickable_table
from ...widgets.text import escape_markdown, show_heading
from .view import ThemesView, count_cell, group_label, reach_cell, reach_text


def show_summaries(view: ThemesView) -> None:
    """Let the reader choose a theme and show its summary."""
    _ = session.words()
    language = session.language()
    names = {
        theme.theme: theme.label.in_language(language) or theme.theme
        for theme in view.report.themes
    }
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
    for theme in view.report.themes:
        if theme.theme == chosen:
            _show_theme(view, theme)


def _show_theme(view: ThemesView, theme: ThemeSummary) -> None:
    _ = session.words()
    language = session.language()
    if theme.definition:
        st.write(escape_markdown(theme.definition.in_language(language)))
    parts = [_.many("{count} coding", "{count} codings", theme.codings)]
    if theme.words_share is not None:
        share = _.percent(theme.words_share)
        parts.append(_("{share} of what respondents said", share=share))
    parts += [
        f"{group_label(summary.group)}: {summary.text.in_language(language)}"
        for summary in theme.in_words
    ]
    st.caption(escape_markdown(" · ".join(parts)))
    _show_reaches(view, theme)
    show_heading(_("Representative quotes"))
    if theme.no_quote_because:
        st.caption(_.translate(theme.no_quote_because))
    for passage in theme.representative:
        _show_passage(passage)
    # Only the first code is open: a theme may have many.
    for place, code in enumerate(code for code in theme.codes if code.codings):
        _show_code(code, opened=not place)
    if theme.unused:
        labels = session.labels()
        names = ", ".join(labels.get(path, path) for path in theme.unused)
        st.caption(_("Not used: {codes}", codes=escape_markdown(names)))
    _show_contrasts(theme.contrasts)
    _show_words(theme)
    _show_deviant_cases(theme.deviant_cases)
    _show_memos(theme.memos)


def _show_reaches(view: ThemesView, theme: ThemeSummary) -> None:
    """Show how many respondents mention each code; a click on a cell shows the passages."""
    _ = session.words()
    codes = [code for code in theme.codes if code.codings]
    if not codes:
        return
    groups = [reach.group for reach in theme.reaches]
    language = session.language()

    scale_end = max(code.codings for code in codes)
    whole = [
        # Without a bar: the sum of all codes would make the bars of each too short to compare.
        matrix.cell(_.number(theme.codings), theme.codings, look="plain"),
        *map(reach_cell, theme.reaches),
    ]
    paths = [theme.theme, *(code.code for code in codes)]
    names = [
        _("The whole theme"),
        *(code.label.in_language(language) or code.code for code in codes),
    ]
    cells = [
        [count_cell(code.codings, scale_end), *map(reach_cell, code.reaches)] for code in codes
    ]
    columns = [_("Codings"), *map(group_label, groups)]
    chosen = matrix.show_matrix(
        list(map(matrix.code_row, paths, names, [whole, *cells])),
        columns,
        f"reach-{theme.theme}-{view.layer}",
        corner=_("Code"),
        label=_("How many respondents mention each code"),
        scale=(_("nobody"), _("everybody")),
    )
    if chosen is None:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    row, column = chosen
    # The first column is of all respondents.
    group = groups[column - 1] if column else ""
    title = f"{names[row]} · {columns[column]}" if group else names[row]
    passages.show_codings(
        view.codings_of(paths[row], group), f"reached-{paths[row]}-{group}", title
    )


def _show_code(code: CodeSummary, *, opened: bool) -> None:
    _ = session.words()
    language = session.language()
    label = escape_markdown(code.label.in_language(language) or code.code)
    count = _.many("{count} coding", "{count} codings", code.codings)
    whole = next(
        (summary.text.in_language(language) for summary in code.in_words if not summary.group), ""
    )
    with st.expander(f"**{label}** · {count} · {whole}", expanded=opened):
        if code.definition:
            st.caption(escape_markdown(code.definition.in_language(language)))
        for passage in code.representative:
            _show_passage(passage)
        if code.no_quote_because:
            st.caption(_.translate(code.no_quote_because))
        if code.deviant:
            show_heading(_("Unlike the rest"))
            for passage in code.deviant[:2]:
                _show_passage(passage)
        _show_memos(code.memos)
        if st.button(_("All quotes of this code"), key=f"all-{code.code}"):
            st.session_state["quotes-of"] = {"code": code.code}
            open_page("quotes")


def _show_passage(passage: Passage) -> None:
    _ = session.words()
    language = session.language()
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"“{escape_markdown(passage.text)}”")
            about = passage.attribution or ", ".join(filter(None, (passage.case, passage.group)))
            parts = (about, passage.rule.in_language(language))
            st.caption(escape_markdown(" · ".join(part for part in parts if part)))
        # One passage may be shown twice, as typical and as unlike the rest: the rule tells the keys
        # apart.
        key = f"passage-{passage.coding}-{passage.rule.in_language('en')[:12]}"
        if st.button(_("In the text"), icon=":material/open_in_new:", key=key, type="tertiary"):
            open_passage(passage.transcript, passage.span.start, passage.span.end)


def _show_contrasts(contrasts: Iterable[Contrast]) -> None:
    _ = session.words()
    language = session.language()
    differences = [contrast for contrast in contrasts if contrast.difference]
    if not differences:
        return
    show_heading(_("What one group brings up more than the other"))
    st.dataframe(
        [
            {
                _("Code"): contrast.label.in_language(language) or contrast.code,
                _("Here"): f"{group_label(contrast.first.group)}: {reach_text(contrast.first)}",
                _("There"): f"{group_label(contrast.second.group)}: {reach_text(contrast.second)}",
                _("What may be said"): contrast.in_words.in_language(language),
            }
            for contrast in differences[:12]
        ],
        hide_index=True,
        height="content",
    )


def _show_words(theme: ThemeSummary) -> None:
    _ = session.words()
    if theme.distinctive_words:
        show_heading(_("Words that set this theme apart"))
        by_language: dict[str, list[str]] = {}
        for word in theme.distinctive_words:
            by_language.setdefault(word.language, []).append(escape_markdown(word.word))
        for language, words in by_language.items():
            name = _.translate(language_name(language))
            listed = ", ".join(words[:20])
            st.write(f"{name}: {listed}" if language else listed)
        st.caption(
            _("Said more in this theme than elsewhere: an aid for reading, no finding by itself.")
        )
    elif theme.words_undefined_because:
        st.caption(_.translate(theme.words_undefined_because))


def _show_deviant_cases(cases: Sequence[DeviantCase]) -> None:
    """Show respondents who have the theme but not its most common code, with their passages."""
    _ = session.words()
    if not cases:
        return
    show_heading(_("Respondents who differ: they have the theme, not its commonest code"))
    labels, language = session.labels(), session.language()
    cell = clickable_table(
        [
            {
                _("Respondent"): case.case,
                _("Group"): group_label(case.group),
                _("Lacks"): case.lacks_label.in_language(language) or case.lacks,
                _("Has"): ", ".join(labels.get(code, code) for code in case.codes),
            }
            for case in cases
        ],
        f"deviants-{cases[0].lacks}",
        height=300,
    )
    if cell:
        case = cases[cell[0]]
        passages.show_codings(case.codings, f"deviant-{case.case}-{case.lacks}", case.case)


def _show_memos(memos: Iterable[Memo]) -> None:
    for memo in memos:
        text = escape_markdown(f"{memo.text} ({memo.author})")
        st.caption(f":material/sticky_note_2: {text}")
