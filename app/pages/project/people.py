"""The list of people of the project: their roles, and who may change what."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Right, Team, TeamRole
from qualcode.model.team import ROLE_NAMES

from ... import auth, session
from ...widgets.notices import tell_error
from ...widgets.text import escape_markdown


def show() -> None:
    """Draw the list; its owner can change it, and others see who is on it.

    Who works alone sees nothing of it.
    """
    _ = session.words()
    team = session.project().rounds.team.collect()
    if not team.people:
        if len(session.coders()) > 1 or auth.serving() is not None:
            _show_beginning()
        return
    st.markdown("## " + _("People"))
    for person in team.people:
        logins = f" ({', '.join(person.logins)})" if person.logins else ""
        role = _.translate(ROLE_NAMES[person.role])
        st.markdown(f"**{escape_markdown(person.name)}** · {role}{escape_markdown(logins)}")
    st.caption(
        _(
            "The codebook is changed by: {codebook}. Rounds are made by: {rounds}.",
            codebook=_names_of(team, Right.CODEBOOK),
            rounds=_names_of(team, Right.ROUNDS),
        )
    )
    if session.has_right(Right.TEAM):
        with st.expander(_("Change the list of people")):
            _show_person_form(team)
            _show_rights_form(team)


def _show_beginning() -> None:
    _ = session.words()
    with st.expander(_("Roles: who may do what")):
        st.write(
            _(
                "Without a list of people, everybody who opens this project may do everything. "
                "With a list, each person is owner, supervisor, coder or reader, and nobody else "
                "comes in. You are then its owner."
            )
        )
        st.button(_("Begin a list of people"), on_click=_begin, disabled=not session.coder())


def _begin() -> None:
    _put(session.coder(), TeamRole.OWNER, None)


def _show_person_form(team: Team) -> None:
    _ = session.words()
    with st.form("person", clear_on_submit=True):
        st.text_input(_("Name"), key="person-name", max_chars=40)
        st.selectbox(_("Role"), list(TeamRole), format_func=_role_name, key="person-role", index=2)
        st.text_input(
            _("E-mail addresses for a server, with commas between them"), key="person-logins"
        )
        st.form_submit_button(_("Add or change"), on_click=_put_from_form)
    others = [person.name for person in team.people]
    with st.form("remove-person"):
        st.selectbox(_("Remove a person; the work stays"), others, key="person-gone")
        st.form_submit_button(_("Remove from the list"), on_click=_remove)


def _show_rights_form(team: Team) -> None:
    _ = session.words()
    roles = [TeamRole.SUPERVISOR, TeamRole.CODER]
    with st.form("rights"):
        for right, label in (
            (Right.CODEBOOK, _("Who may change the codebook, besides the owner?")),
            (Right.ROUNDS, _("Who may make rounds, besides the owner?")),
        ):
            st.multiselect(
                label,
                roles,
                default=[role for role in roles if role in team.roles_with(right)],
                format_func=_role_name,
                key=f"right-{right}",
            )
        st.form_submit_button(_("Save"), on_click=_allow)


def _role_name(role: TeamRole) -> str:
    return session.words().translate(ROLE_NAMES[role])


def _names_of(team: Team, right: Right) -> str:
    return ", ".join(_role_name(role) for role in TeamRole if role in team.roles_with(right))


def _put_from_form() -> None:
    state = st.session_state
    logins = [word.strip() for word in str(state["person-logins"]).split(",") if word.strip()]
    _put(str(state["person-name"]).strip(), TeamRole(state["person-role"]), logins or None)


def _put(name: str, role: TeamRole, logins: list[str] | None) -> None:
    try:
        session.project().rounds.team.put(name, role, logins)
    except QualcodeError as error:
        tell_error(error)


def _remove() -> None:
    try:
        session.project().rounds.team.remove(str(st.session_state["person-gone"]))
    except QualcodeError as error:
        tell_error(error)


def _allow() -> None:
    team = session.project().rounds.team
    try:
        for right in (Right.CODEBOOK, Right.ROUNDS):
            team.allow(right, st.session_state[f"right-{right}"])
    except QualcodeError as error:
        tell_error(error)
