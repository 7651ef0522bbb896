"""The app: which pages there are, and the channel by which edits reach the project."""

from __future__ import annotations

from typing import Any

import admitting
import channel
import session
import streamlit as st

from qualcode.errors import QualcodeError

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


def _pages() -> list[Any]:
    _ = session.words()
    if not session.has_project():
        return [st.Page("views/welcome.py", title=_("Welcome"), default=True)]
    names = {
        "project": _("Project"),
        "codebook": _("Codebook"),
        "coding": _("Coding"),
        "suggestions": _("Suggestions"),
        "agreement": _("Agreement"),
        "adjudication": _("Adjudication"),
        "themes": _("Themes"),
        "quotes": _("Quotes"),
    }
    if admitting.serving() is None:
        # The key of names is a file on the machine of who keeps it.
        names["names"] = _("Names")
    return [
        st.Page(f"views/{file}.py", title=name, icon=ICONS[file], default=file == "project")
        for file, name in names.items()
        if (session.HOME / "views" / f"{file}.py").is_file()
    ]


def run() -> None:
    """Draw the page that was asked for."""
    st.set_page_config(
        page_title="qualcode", page_icon=str(session.HOME / "icon.png"), layout="wide"
    )
    admitting.admit(session.words())
    try:
        if session.has_project():
            session.project()
    except QualcodeError as error:
        session.close_project()
        st.error(session.words().sentence(str(error)), icon=":material/error:")
    # Popovers and dialogs lie outside what Streamlit gives the colors of the theme.
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>:root {{ color-scheme: {theme}; }}</style>{STYLE}")
    page = st.navigation(_pages(), position="top")
    session.show_flashes()
    try:
        if session.has_project() and session.coder():
            channel.mount(on_screen=page.url_path == "coding")
        page.run()
    except QualcodeError as error:
        st.error(session.words().sentence(str(error)), icon=":material/error:")


run()
