"""A Word document with comments: what it brings and changes, confirmed part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from qualcode.model import Coding
from qualcode.project import CommentChoices, CommentPlan, plan_comments

from ... import session
from ...widgets import uploads
from ...widgets.notices import errors_shown
from ...widgets.problems import show_problems
from ...widgets.text import escape_markdown


def show(file: Any, *, finish: Callable[[str], None]) -> None:
    """Draw what a document changes, and take it in when it is confirmed.

    Args:
        file: The dropped document.
        finish: Empties the fields and draws the page again, with a notice.
    """
    _ = session.words()
    project = session.project()
    with errors_shown(), uploads.on_disk(file) as path:
        plan = plan_comments(project, path)
        show_problems(plan.problems, _)
        _describe(plan)
        # Another document has other answers, also where it is dropped in place of the first.
        choices = _choose(plan, str(file.file_id))
        disabled = bool(plan.text_changes) and not choices.text
        if st.button(
            _("Import these comments"),
            type="primary",
            icon=":material/download:",
            disabled=disabled,
        ):
            read, problems = project.exchange.read_commented(path, choices=choices)
            uploads.keep_problems("program", problems)
            finish(_.many("{count} comment read", "{count} comments read", len(read.codings)))


def _describe(plan: CommentPlan) -> None:
    _ = session.words()
    where = (
        _("The document is interview {name}.", name=escape_markdown(plan.transcript))
        if plan.transcript
        else _("The project does not have this interview; it is added.")
    )
    new = _.many("{count} new coding", "{count} new codings", len(plan.new))
    st.write(f"{where} {new}.")


def _choose(plan: CommentPlan, key: str) -> CommentChoices:
    return CommentChoices(
        text=_choose_text(plan, key),
        move=_choose_moves(plan, key),
        withdraw=_choose_deletions(plan, key),
        new_codes=_choose_codes(plan, key),
    )


def _choose_text(plan: CommentPlan, key: str) -> str:
    if not plan.text_changes:
        return ""
    _ = session.words()
    st.markdown("### " + _("The text differs"))
    rows = [{_("Was"): change.before, _("Is"): change.after} for change in plan.text_changes]
    st.dataframe(rows, hide_index=True)
    if plan.correction is not None and (plan.correction.changed or plan.correction.gone):
        st.caption(
            _(
                "With the corrected text {changed} codings cover other words, and {gone} are "
                "deleted.",
                changed=len(plan.correction.changed),
                gone=len(plan.correction.gone),
            )
        )
    ways = {
        "correct": _("The document is right: it becomes the corrected transcript"),
        "keep": _("The project is right: its text stays"),
    }
    chosen = st.radio(
        _("Which text is right?"),
        list(ways),
        # No answer is given beforehand, as nobody but the researcher knows which text was heard.
        index=None,
        format_func=ways.__getitem__,
        key=f"comments-text-{key}",
    )
    return str(chosen or "")


def _choose_moves(plan: CommentPlan, key: str) -> bool:
    if not plan.moved:
        return False
    _ = session.words()
    labels = _labels()
    st.markdown("### " + _("Comments that were moved"))
    st.dataframe(
        [
            {
                _("Code"): labels.get(move.coding.code, move.coding.code),
                _("Coder"): move.coding.coder,
                _("Was"): move.coding.quote,
                _("Is"): move.to.quote,
            }
            for move in plan.moved
        ],
        hide_index=True,
    )
    return st.checkbox(_("Move these codings"), key=f"comments-move-{key}")


def _choose_deletions(plan: CommentPlan, key: str) -> bool:
    if not plan.deleted:
        return False
    _ = session.words()
    st.markdown("### " + _("Codings without a comment in the document"))
    st.dataframe(_coding_rows(plan.deleted), hide_index=True)
    return st.checkbox(_("Withdraw these codings"), key=f"comments-withdraw-{key}")


def _choose_codes(plan: CommentPlan, key: str) -> tuple[str, ...]:
    if not plan.new_codes:
        return ()
    _ = session.words()
    st.markdown("### " + _("No code yet"))
    st.write(_("Comments begin with these words. What is no code becomes a note."))
    return tuple(
        st.multiselect(_("Add as codes"), list(plan.new_codes), key=f"comments-codes-{key}")
    )


def _coding_rows(codings: Sequence[Coding]) -> list[dict[str, str]]:
    _ = session.words()
    labels = _labels()
    return [
        {_("Code"): labels.get(c.code, c.code), _("Coder"): c.coder, _("Quote"): c.quote}
        for c in codings
    ]


def _labels() -> dict[str, str]:
    return session.labels() if session.find_codebook() else {}
