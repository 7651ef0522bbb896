"""Who may use the app when other machines are served, and as which coder."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.translation import Translator

from .hosting import Serving
from .server import launched
from .widgets.text import escape_markdown


def serving() -> Serving | None:
    """Return how other machines are served; None if the app runs for this machine only."""
    return launched().serving


def identity() -> str:
    """Return who is signed in, as the proxy or the login names the person; ``""`` for nobody."""
    how = serving()
    if how is None:
        return ""
    # The guard has let this header through only from the proxy, so it can be believed here.
    if how.user_header:
        return str(st.context.headers.get(how.user_header) or "")
    # Some providers give an address that nobody has verified; anyone could claim it.
    if not st.user.get("is_logged_in") or st.user.get("email_verified") is False:
        return ""
    return str(st.user.get(how.claim) or "")


def coder() -> str:
    """Return the coder name of the person signed in; ``""`` if they are not on the list."""
    how = serving()
    if how is None:
        return ""
    # Imported here: the session asks this module who is signed in.
    from . import session

    # The list of the project is read each time, so that it can change while the app runs.
    named, names = session.find_person(identity()) if identity() else ("", ())
    name = how.coder_of(identity()) or (named if how.people_in_project else "")
    return name if not names or name in names else ""


def admit(_: Translator) -> None:
    """Let in the coders on the list; for all others, end the page."""
    how = serving()
    if how is None:
        return
    try:
        if coder():
            return
    except QualcodeError as error:
        st.error(_.translate(str(error)), icon=":material/error:")
        if st.button(_("Try again"), icon=":material/refresh:"):
            st.rerun()
        st.stop()
    login = identity()
    st.subheader("qualcode", anchor=False)
    if login:
        st.error(
            _(
                "You are signed in as {who}, who is not on the list of coders of this study. "
                "Ask who keeps the study to add you.",
                who=escape_markdown(login),
            ),
            icon=":material/block:",
        )
        sign_out_button(_)
    elif how.auth:
        st.write(_("The interviews of this study are confidential. Sign in to code."))
        if st.user.get("is_logged_in"):
            st.error(_("Your login does not say who you are."), icon=":material/block:")
            sign_out_button(_)
        elif st.button(_("Sign in"), type="primary", icon=":material/login:"):
            st.login()
    else:
        st.error(_("Nobody is signed in."), icon=":material/block:")
    # Nothing below may run for somebody who is not on the list.
    st.stop()


def sign_out_button(_: Translator) -> None:
    """Offer to sign out, if the app itself signs people in."""
    how = serving()
    if how and how.auth and st.button(_("Sign out"), icon=":material/logout:"):
        st.logout()
