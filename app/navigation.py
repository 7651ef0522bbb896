"""The pages of the app, and the frame around them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from qualcode.errors import DamagedProjectError, MovedProjectError, QualcodeError
from qualcode.project import take_untold_backups

from . import auth, background_jobs, damaged_project, lost_project, session
from .components.mount import mount_coder
from .i18n import component_messages
from .page_links import register_pages
from .page_rights import tell_role
from .pages.adjudication import page as adjudication
from .pages.agreement import page as agreement
from .pages.answers import page as answers
from .pages.codebook import page as codebook
from .pages.coding import edit_sync
from .pages.coding import page as coding
from .pages.figures import page as figures
from .pages.findings import page as findings
from .pages.framework import page as framework
from .pages.memos import page as memos
from .pages.project import page as project
from .pages.pseudonyms import page as pseudonyms
from .pages.publication import page as publication
from .pages.quotes import page as quotes
from .pages.search import page as search
from .pages.suggestions import page as suggestions
from .pages.themes import page as themes
from .pages.transcripts import page as transcripts
from .pages.typology import page as typology
from .pages.welcome import page as welcome
from .top_bar import show_bar
from .widgets.coder_select import coder_form
from .widgets.edit_conflicts import show_conflicts
from .widgets.notices import notify, show_error, show_notices

ICON = Path(__file__).parent / "icon.png"

STYLE = """<style>
/* Popovers and dialogs lie outside the app: they too follow when the machine turns dark. */
:root, body { color-scheme: light dark !important; }
/* Small print, quotes and the main button keep enough contrast in both themes. */
[data-testid="stCaptionContainer"] { opacity: 0.85 !important; }
[data-testid="stMarkdownContainer"] blockquote { opacity: 1 !important; }
[data-testid^="stBaseButton-primary"]:enabled, [data-testid^="stBaseButton-primary"]:enabled * {
  color: light-dark(#ffffff, #052e2b) !important;
}
[data-testid="stMultiSelect"] [data-tag] * { color: light-dark(#ffffff, #052e2b) !important; }
/* An element with styles only takes no room; one that also has text must stay visible. */
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > style):not(
  :has(> [data-testid="stHtml"] > :not(style))
) {
  display: none;
}
[data-baseweb="tag"] :is(span, svg) { color: light-dark(#ffffff, #052e2b) !important; }
[data-testid="stHeading"] h1 { font-size: 1.75rem !important; padding: 0.25rem 0 !important; }
[data-testid="stHeading"] h2 { font-size: 1.2rem !important; padding: 0.25rem 0 !important; }
[data-testid="stMarkdownContainer"] h2 { font-size: 1.2rem !important; }
:is([data-testid="stHeading"], [data-testid="stMarkdownContainer"]) h3 {
  font-size: 1.1rem !important;
}
:is([data-testid="stHeading"], [data-testid="stMarkdownContainer"]) :is(h4, h5, h6) {
  font-size: 1rem !important;
}
kbd[aria-label^="Shortcut"] { opacity: 1 !important; color: inherit !important; }
[data-testid="stButtonGroup"] [aria-checked="true"] p {
  color: light-dark(#0b5a54, #7ff0e0) !important;
}
/* The bar of pages: a label over each group; it wraps, so that every name stays in sight. */
[data-testid="stHeader"] { height: 0; min-height: 0; }
.st-key-bar {
  flex-wrap: wrap; row-gap: 0.25rem; padding: 0.4rem 0 0.5rem;
  border-bottom: 1px solid light-dark(#e3e5e8, #34383f);
}
.st-key-bar [data-testid="stCaptionContainer"] { margin-bottom: 0 !important; }
.st-key-bar [data-testid="stCaptionContainer"] p {
  font-size: 0.7rem; letter-spacing: 0.04em; text-transform: uppercase; padding-left: 0.3rem;
  margin: 0; padding-bottom: 0.2rem; line-height: 1.2;
}
.st-key-bar-coder button { min-height: 2.1rem; padding: 0 0.6rem; }
.st-key-bar [data-testid="stPageLink-NavLink"] {
  padding: 0.15rem 0.3rem; border-radius: 0.5rem; margin: 0;
}
.st-key-bar [data-testid="stPageLink-NavLink"] p { font-size: 0.84rem; white-space: nowrap; }
.st-key-bar > :has(> .st-key-bar-coder), .st-key-bar > .st-key-bar-coder { margin-left: auto; }
.st-key-bar-coder :is([data-testid="stPopoverButton"], [data-testid="stMarkdown"] p)::before {
  flex: none; display: inline-grid; place-items: center; width: 1.5rem; height: 1.5rem;
  margin-right: 0.5rem; border-radius: 50%; color: #ffffff; font-size: 0.8rem; font-weight: 600;
}
.st-key-frame { display: none; }
[class*="st-key-open-"] button { justify-content: flex-start; text-align: start; }
[class*="st-key-hit-row"] {
  border-top: 1px solid light-dark(#e3e5e8, #34383f); padding-top: 0.5rem;
}
[class*="st-key-hit-row"] button { min-height: 0; padding: 0; text-align: start; }
[class*="st-key-hit-row"] .stMarkdownColoredBackground {
  padding: 0.05rem 0; background-color: light-dark(#fde68a, #713f12) !important;
}
.page-bars { display: grid; grid-template-columns: max-content 1fr; margin: 0; }
.page-bars :is(dt, dd) { margin: 0 0.75rem 0.25rem 0; }
.page-bars dd { display: flex; align-items: center; gap: 0.5rem; }
.page-bars span { height: 0.5rem; background: light-dark(#0f766e, #2dd4bf); }
:focus-visible:not(input, textarea) {
  outline: 2px solid light-dark(#0f766e, #2dd4bf) !important; outline-offset: 1px;
}
</style>"""


def _pages() -> dict[str, dict[str, StreamlitPage]]:
    """Return the pages of this window by their group and the name in their address."""
    _ = session.words()
    if not session.has_project():
        return {"": {"welcome": st.Page(welcome.show, title=_("Welcome"), default=True)}}
    groups: dict[str, dict[str, tuple[Callable[[], None], str]]] = {
        _("Study"): {
            "project": (project.show, _("Project")),
            "transcripts": (transcripts.show, _("Interviews and participants")),
            "codebook": (codebook.show, _("Codebook")),
        },
        _("Coding"): {
            "coding": (coding.show, _("Coding")),
            "search": (search.show, _("Search")),
            "answers": (answers.show, _("Answers")),
            "suggestions": (suggestions.show, _("Suggestions")),
        },
        _("Two coders"): {
            "agreement": (agreement.show, _("Agreement")),
            "adjudication": (adjudication.show, _("Adjudication")),
        },
        _("Writing"): {
            "themes": (themes.show, _("Themes")),
            "framework": (framework.show, _("Framework matrix")),
            "findings": (findings.show, _("Findings")),
            "typology": (typology.show, _("Typology")),
            "quotes": (quotes.show, _("Quotes")),
            "figures": (figures.show, _("Figures")),
            "memos": (memos.show, _("Memos")),
            "publication": (publication.show, _("Publish")),
        },
    }
    if auth.serving() is None:
        # The key of names is a file on the machine of the researcher, which no browser reaches.
        groups[_("Study")]["names"] = (pseudonyms.show, _("Names"))
    return {
        label: {
            name: st.Page(show, title=title, url_path=name, default=name == "project")
            for name, (show, title) in rows.items()
        }
        for label, rows in groups.items()
    }


def _page_title(page: StreamlitPage) -> str:
    """Return the title of the tab: the page first, as a tab shows its first words only."""
    if not session.has_project():
        return "qualcode"
    try:
        return f"{page.title} · {session.project().info.name} · qualcode"
    except MovedProjectError:
        # The page below says what happened to the file; a title must not stand in its way.
        return f"{page.title} · qualcode"


def _tell_backups() -> None:
    """Say which backups were made before steps of a page."""
    # Paths of the server's machine are nobody's business.
    if not session.has_project() or auth.serving() is not None or session.is_stranger():
        return
    _ = session.words()
    for sentence in take_untold_backups(session.project()):
        notify(_.translate(sentence))


def _offer_way_back(error: QualcodeError) -> None:
    _ = session.words()
    if st.button(_("Go back to a backup, or save what is whole"), type="primary"):
        damaged_project.note(session.project_path(), error)
        session.close_lost_project()
        st.rerun()


def _mount_frame() -> None:
    """Tell the browser the language of the page, for what Streamlit itself has in English only."""
    language = session.language()
    messages = dict(component_messages(language))
    mount_coder("frame", {"kind": "frame", "language": language, "messages": messages})


def _show_page(page: StreamlitPage) -> None:
    if session.is_stranger():
        coder_form(may_join=False)
        return
    # On every page, because edits may still wait after the coder left the coding screen.
    if session.has_project() and session.coder():
        edit_sync.mount(on_screen=page.url_path == "coding")
    if session.has_project():
        tell_role(page.url_path or "project")
        show_conflicts()
    page.run()


def run() -> None:
    """Draw the requested page."""
    # A local picture: Streamlit would fetch an icon of its own from the internet.
    st.set_page_config(page_title="qualcode", page_icon=str(ICON), layout="wide")
    # Before anything of the project is read: nobody else may cause as much as an error.
    auth.admit(session.words())
    try:
        if session.has_project():
            session.project()
    except QualcodeError as error:
        damaged_project.note(session.project_path(), error)
        # Otherwise every run would fail in the same way, and no page could be reached.
        session.close_project()
        show_error(error)
    # Popovers and dialogs lie outside what Streamlit gives the colors of the theme.
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>:root {{ color-scheme: {theme}; }}</style>{STYLE}")
    # Built at each run: titles follow the language, and the list follows the project.
    groups = _pages()
    pages = {name: page for rows in groups.values() for name, page in rows.items()}
    register_pages(pages)
    page = st.navigation(list(pages.values()), position="hidden")
    st.set_page_config(page_title=_page_title(page), page_icon=str(ICON), layout="wide")
    session.keep_address()
    _mount_frame()
    try:
        # It asks the project who is in this window, and the file may have gone meanwhile.
        _tell_backups()
        show_notices()
        if session.has_project():
            bar = {label: list(rows.values()) for label, rows in groups.items()}
            show_bar(bar, page.url_path)
        _show_page(page)
    except MovedProjectError as error:
        lost_project.show(error)
    except DamagedProjectError as error:
        show_error(error)
        if auth.serving() is None:
            _offer_way_back(error)
    except QualcodeError as error:
        show_error(error)
    # Any other error goes on to Streamlit, which logs it; its words for it are those of `frame.js`.
    for untold in background_jobs.take_untold_errors():
        show_error(untold)
