"""A participant who withdraws: what would go, one question, and the receipt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.project import WithdrawalPlan, describe_receipt

from ... import auth, session
from ...widgets.notices import errors_shown

_RECEIPT = "withdrawal-receipt"


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    if _RECEIPT in st.session_state:
        _show_receipt(st.session_state[_RECEIPT])
        return
    st.caption(
        _(
            "All that this person said is erased: in the interviews, the codings, the notes, the "
            "history and the file itself. In a group, others keep their words."
        )
    )
    people = _people()
    if not people:
        st.info(_("There is no participant yet."))
        return
    case = st.selectbox(
        _("Who withdraws"), people, index=None, key="withdrawing", width=420, placeholder=""
    )
    if case is None:
        return
    try:
        plan = session.project().cases.plan_withdrawal(case)
    except QualcodeError as error:
        st.error(_.translate(str(error)), icon=":material/error:")
        return
    with st.popover(_("Erase this participant"), icon=":material/person_remove:"):
        _ask(plan)


def _people() -> list[str]:
    """Return the cases, and the interviews that belong to none."""
    project = session.project()
    cases = project.cases.collect()
    taken = {name for case in cases for name in case.transcripts}
    names = [text.name for text in project.transcripts.collect() if text.name not in taken]
    return [*(case.name for case in cases), *names]


def _ask(plan: WithdrawalPlan) -> None:
    _ = session.words()
    lines = [
        *(_("the interview {name}, as a whole", name=name) for name in plan.removed),
        *(_("this person's words in {name}", name=name) for name in plan.changed),
        _.many("{count} turn", "{count} turns", plan.turns),
        _.many("{count} coding", "{count} codings", plan.codings),
        _("every note, and everything in the history, that repeats the words"),
    ]
    st.markdown(_("This goes for good; nothing brings it back:"))
    st.markdown("\n".join(f"- {line}" for line in lines))
    if st.button(_("Yes, erase this participant"), type="primary"):
        with errors_shown(), st.spinner(_("Erasing…")):
            receipt = session.project().cases.withdraw(plan.case)
            if auth.serving():
                # Paths of the server's machine are nobody's business here.
                files = tuple(Path(file.name) for file in receipt.files)
                receipt = replace(receipt, files=files)
            st.session_state[_RECEIPT] = [_.translate(line) for line in describe_receipt(receipt)]
            _forget_window()
            st.rerun()


def _forget_window() -> None:
    """Let this window, and what the app computed before, hold none of the words."""
    session.reload_transcripts()
    session.offers().clear()
    for key in ("transcript", "focus", "withdrawing", "managed-interview"):
        st.session_state.pop(key, None)
    # Reports that were computed earlier quote the person.
    st.cache_data.clear()


def _show_receipt(lines: list[str]) -> None:
    _ = session.words()
    st.success(lines[0], icon=":material/check_circle:")
    st.markdown("\n".join(line if line.startswith("- ") else f"\n{line}\n" for line in lines[1:]))
    with st.container(horizontal=True):
        st.download_button(
            _("Keep the receipt"),
            "".join(f"{line}\n" for line in lines).encode("utf-8"),
            file_name="receipt.txt",
            type="primary",
        )
        if st.button(_("Done")):
            del st.session_state[_RECEIPT]
            st.rerun()
