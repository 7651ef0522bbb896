"""The pages of the app, and the frame around them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from qualcode.errors import QualcodeError

from . import auth, session
from .page_links import register_pages
from .pages.adjudication import page as adjudication
from .pages.agreement import page as agreement
from .pages.codebook import page as codebook
from .pages.coding import edit_sync
from .pages.coding import page as coding
from .pages.project import page as project
from .pages.pseudonyms import page as pseudonyms
from .pages.quotes import page as quotes
from .pages.suggestions import page as suggestions
from .pages.themes import page as themes
from .pages.welcome import page as welcome
from .widgets.notices import show_notices

ICON = Path(__file__).parent / "icon.png"

ICONS = {
    "project": ":material/folder_open:",
    "codebook": ":material/account_tree:",
    "coding": ":material/border_color:",
    "suggestions": ":material/auto_awesome:",
    "agreement": ":material/balance:",
    "adjudication": ":material/rule:",
    "themes": ":material/grid_on:",
    "quotes": ":material/format_quote:",
    "names": ":material/visibility_off:",
}


STYLE = """<style>
/* Popovers and dialogs lie outside the app: they too follow when the machine turns dark. */
:root, body { color-scheme: light dark !important; }
/* Small print and the main button keep enough contrast in both themes. */
[data-testid="stCaptionContainer"] { opacity: 0.85 !important; }
:is([data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"]),
:is([data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"]) * {
  color: light-dark(#ffffff, #052e2b) !important;
}
[data-testid="stMultiSelect"] [data-tag] * { color: light-dark(#ffffff, #052e2b) !important; }
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > style) {
  display: none;
}
[data-baseweb="tag"] :is(span, svg) { color: light-dark(#ffffff, #052e2b) !important; }
[data-testid="stMarkdownContainer"] h2 { font-size: 1.5rem !important; }
h4 { font-size: 1.15rem !important; }
kbd[aria-label^="Shortcut"] { opacity: 1 !important; color: inherit !important; }
[data-testid="stButtonGroup"] [aria-checked="true"] p {
  color: light-dark(#0b5a54, #7ff0e0) !important;
}
/* In a narrow window every page keeps its name in the bar. */
@media (max-width: 1150px) {
  [data-testid="stTopNavLink"] > span:has([data-testid="stIconMaterial"]) { display: none; }
}
</style>"""


def _pages() -> dict[str, StreamlitPage]:
    """Return the pages of this window by the name in their address."""
    _ = session.words()
    if not session.has_project():
        return {"welcome": st.Page(welcome.show, title=_("Welcome"), default=True)}
    titles = {
        "project": (project.show, _("Project")),
        "codebook": (codebook.show, _("Codebook")),
        "coding": (coding.show, _("Coding")),
        "suggestions": (suggestions.show, _("Suggestions")),
        "agreement": (agreement.show, _("Agreement")),
        "adjudication": (adjudication.show, _("Adjudication")),
        "themes": (themes.show, _("Themes")),
        "quotes": (quotes.show, _("Quotes")),
    }
    if auth.serving() is None:
        # The key of names is a file on the machine of who keeps it.
        titles["names"] = (pseudonyms.show, _("Names"))
    return {
        name: st.Page(show, title=title, icon=ICONS[name], url_path=name, default=name == "project")
        for name, (show, title) in titles.items()
    }


def run() -> None:
    """Draw the requested page."""
    st.set_page_config(page_title="qualcode", page_icon=str(ICON), layout="wide")
    auth.admit(session.words())
    try:
        if session.has_project():
            session.project()
    except QualcodeError as error:
        session.close_project()
        st.error(session.words().sentence(str(error)), icon=":material/error:")
    # Popovers and dialogs lie outside what Streamlit gives the colors of the theme.
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>:root {{ color-scheme: {theme}; }}</style>{STYLE}")
    pages = _pages()
    register_pages(pages)
    page = st.navigation(list(pages.values()), position="top")
    show_notices()
    try:
        if session.has_project() and session.coder():
            edit_sync.mount(on_screen=page.url_path == "coding")
        page.run()
    except QualcodeError as error:
        st.error(session.words().sentence(str(error)), icon=":material/error:")
