"""The page Figures: figures for a paper, each with its files and the passages of its marks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import Figure, FigureKind

from ... import background_jobs, session
from ...components.mount import mount_figure
from ...i18n import component_messages
from ...page_links import open_page
from ...widgets import passages
from ...widgets.downloads import of_now
from ...widgets.layer_select import layer_select
from ...widgets.notices import errors_shown
from ...widgets.problems import show_problems
from ...widgets.requirements import refuse_while_blind, require_codebook, require_transcripts
from . import level_plan

_OF_AGREEMENT = {FigureKind.FOREST, FigureKind.CONFUSIONS}
_OF_INTERVIEW = {FigureKind.PORTRAIT, FigureKind.TIMELINE}
_WITH_COUNTS = {FigureKind.LEVELS, FigureKind.THEME_MAP, FigureKind.CO_OCCURRENCE}
_BY_THEME = {
    FigureKind.LEVELS,
    FigureKind.THEME_MAP,
    FigureKind.CO_OCCURRENCE,
    FigureKind.PARTICIPANTS,
}


def _figure_names() -> dict[FigureKind, str]:
    _ = session.words()
    return {
        FigureKind.LEVELS: _("Codes by level"),
        FigureKind.THEME_MAP: _("Map of themes"),
        FigureKind.CO_OCCURRENCE: _("Network of codes that occur together"),
        FigureKind.PARTICIPANTS: _("Codes by participant"),
        FigureKind.PORTRAIT: _("Portrait of an interview"),
        FigureKind.TIMELINE: _("Timeline of an interview"),
        FigureKind.SATURATION: _("Saturation"),
        FigureKind.FOREST: _("Agreement per code"),
        FigureKind.CONFUSIONS: _("Codes that coders confuse"),
    }


def _choices(kind: FigureKind) -> dict[str, Any]:
    """Return the settings of a figure, as the reader chooses them."""
    _ = session.words()
    project, book = session.project(), session.codebook()
    choices: dict[str, Any] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if kind in _OF_AGREEMENT:
            coders = st.multiselect(
                _("Coders"), session.coders(), default=session.coders()[:2], key="figure-coders"
            )
            choices["coders"] = tuple(coders)
        else:
            choices["layer"] = layer_select("figure-layer")
        if kind in _BY_THEME:
            labels = session.labels()
            only = st.multiselect(
                _("Only these themes"),
                [theme.path for theme in book.themes],
                format_func=lambda path: labels.get(path, path),
                placeholder=_("all"),
                key="figure-themes",
            )
            choices["only"] = tuple(only)
        if kind in _OF_INTERVIEW:
            names = [transcript.name for transcript in project.transcripts.collect()]
            choices["transcript"] = st.selectbox(_("Interview"), names, key="figure-interview")
        if kind is FigureKind.LEVELS:
            forms = {True: _("nested"), False: _("stacked")}
            choices["nested"] = st.selectbox(
                _("Levels are"), [*forms], format_func=forms.__getitem__, key="figure-nested"
            )
        languages = {"nl": _("Dutch"), "en": _("English")}
        choices["language"] = st.selectbox(
            _("Language of the figure"),
            [*languages],
            index=[*languages].index(session.language()),
            format_func=languages.__getitem__,
            key="figure-language",
        )
    choices["title"] = st.text_input(
        _("Title"), placeholder=_("what the figure shows"), key=f"figure-title-{kind}"
    )
    return choices


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A figure as the researcher sees it, and why there is no file of it; ``""`` if there is."""

    figure: Figure
    refused: str = ""


def _show_risks(layer: str) -> None:
    """Show which small counts a file of the figure holds back."""
    project = session.project()
    show_problems(project.disclosure.check_table("code_by_group", layer), session.words())


def _draw(kind: FigureKind, choices: Mapping[str, Any]) -> _Drawn | None:
    """Return the figure as the researcher sees it; None while it is being made."""
    _ = session.words()
    project = session.project()

    def work(tell: background_jobs.Tell) -> _Drawn | UndefinedRequestError:
        tell(0.0, "")
        try:
            figure = project.themes.figures.draw(kind, on_screen=True, **choices)
        except UndefinedRequestError as error:
            # A reason on the page, not a failure of the work.
            return error
        try:
            project.themes.figures.draw(kind, **choices)
        except UndefinedRequestError as error:
            return _Drawn(figure, str(error))
        return _Drawn(figure)

    about = (session.view(), kind, tuple(choices.items()), project.history.revision())
    result = background_jobs.result_or_progress("figure", about, _("Drawing…"), work)
    if isinstance(result, UndefinedRequestError):
        st.info(_.translate(str(result)))
        return None
    drawn: _Drawn | None = result
    return drawn


def _file(kind: FigureKind, choices: Mapping[str, Any], suffix: str) -> bytes:
    figures = session.project().themes.figures
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"figure.{suffix}"
        # Drawn again: what may be printed is decided when the file is asked for.
        figures.write(figures.draw(kind, **choices), path)
        return path.read_bytes()


def _show_downloads(kind: FigureKind, choices: Mapping[str, Any]) -> None:
    _ = session.words()
    helps = {"svg": _("To edit in Inkscape, Illustrator or Word"), "png": _("300 dots to the inch")}
    with st.container(horizontal=True):
        for suffix, help_ in helps.items():
            st.download_button(
                suffix.upper(),
                data=of_now(partial(_file, kind, choices, suffix)),
                file_name=f"{kind}.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                help=help_,
                key=f"figure-as-{suffix}",
            )


def _show_figure(figure: Figure, about: object) -> None:
    _ = session.words()
    leading = [mark.key for mark in figure.marks if mark.codings]
    # A mark of another figure may have the same key.
    state = f"figure-picked-{hash((figure.kind, about))}"
    picked = str(st.session_state.get(state, ""))
    figure_column, passage_column = st.columns([3, 2], gap="medium")
    with figure_column:
        _mount(figure, leading, picked, state)
        with st.expander(_("The figure in words")):
            st.text(figure.text)
    with passage_column:
        mark = figure.mark(picked)
        if mark and mark.codings:
            passages.show_codings(mark.codings, f"{state}-{picked}", mark.title)
        elif leading:
            st.caption(_("Click a part of the figure to read its passages."))


def _mount(figure: Figure, leading: list[str], picked: str, state: str) -> None:
    """Mount the figure with the mark that was clicked last."""
    language = session.language()
    key = f"figure-{figure.kind}"
    mount_figure(
        key,
        {
            "svg": figure.svg.decode("utf-8"),
            "marks": leading,
            "picked": picked,
            "language": language,
            "messages": dict(component_messages(language)),
        },
        on_pick_change=partial(_take_pick, key, state),
    )


def _take_pick(key: str, state: str) -> None:
    # Before the page is drawn: the figure and its passages show what was clicked just now.
    pick = st.session_state[key].get("pick")
    if pick:
        st.session_state[state] = str(pick["key"])


def _show_figures() -> None:
    _ = session.words()
    names = _figure_names()
    kinds = [kind for kind in FigureKind if kind not in _OF_AGREEMENT or len(session.coders()) > 1]
    chosen = st.selectbox(
        _("What to draw"), kinds, format_func=names.__getitem__, key="figure-kind", width=420
    )
    kind = FigureKind(chosen)
    choices = _choices(kind)
    if kind is FigureKind.LEVELS:
        level_plan.show_plan()
    drawn = _draw(kind, choices)
    if drawn is None:
        return
    if kind in _WITH_COUNTS:
        _show_risks(choices["layer"])
    if drawn.refused:
        st.info(_.translate(drawn.refused))
    else:
        _show_downloads(kind, choices)
    _show_figure(drawn.figure, tuple(choices.items()))


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    refuse_while_blind()
    st.title(_("Figures"), anchor=False)
    if session.project().codings.collect():
        with errors_shown():
            _show_figures()
    else:
        st.info(_("Nothing is coded yet. Figures are drawn from codings."))
        if st.button(_("Start coding"), type="primary"):
            open_page("coding")
