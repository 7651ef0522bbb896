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
/* An element with styles only takes no room; one that also has text must stay visible. */
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > style):not(
  :has(> [data-testid="stHtml"] > :not(style))
) {
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
    rows = {
        "project": (project.show, _("Project"), "folder_open"),
        "codebook": (codebook.show, _("Codebook"), "account_tree"),
        "coding": (coding.show, _("Coding"), "border_color"),
        "suggestions": (suggestions.show, _("Suggestions"), "auto_awesome"),
        "agreement": (agreement.show, _("Agreement"), "balance"),
        "adjudication": (adjudication.show, _("Adjudication"), "rule"),
        "themes": (themes.show, _("Themes"), "grid_on"),
        "quotes": (quotes.show, _("Quotes"), "format_quote"),
    }
    if auth.serving() is None:
        # The key of names is a file on the machine of the researcher, which no browser reaches.
        rows["names"] = (pseudonyms.show, _("Names"), "visibility_off")
    return {
        name: st.Page(
            show,
            title=title,
            icon=f":material/{icon}:",
            url_path=name,
            default=name == "project",
        )
        for name, (show, title, icon) in rows.items()
    }


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
        # Otherwise every run would fail in the same way, and no page could be reached.
        session.close_project()
        st.error(session.words().translate(str(error)), icon=":material/error:")
    # Popovers and dialogs lie outside what Streamlit gives the colors of the theme.
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>:root {{ color-scheme: {theme}; }}</style>{STYLE}")
    # Built at each run: titles follow the language, and the list follows the project.
    pages = _pages()
    register_pages(pages)
    page = st.navigation(list(pages.values()), position="top")
    show_notices()
    try:
        # On every page, because edits may still wait after the coder left the coding screen.
        if session.has_project() and session.coder():
            edit_sync.mount(on_screen=page.url_path == "coding")
        page.run()
    except QualcodeError as error:
        st.error(session.words().translate(str(error)), icon=":material/error:")
