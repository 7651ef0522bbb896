"""After an import: what came in, what did not, what to confirm, and what is next."""

from __future__ import annotations

import streamlit as st

from qualcode.model import LossKind
from qualcode.project import ImportReview, read_import_notes, review_import

from ... import session
from ...page_links import show_link
from ...widgets.problems import show_problems
from ...widgets.text import escape_markdown
from . import program_export, program_import

_PAGES = {
    "app": "coding",
    "adjudicate": "adjudication",
    "agreement": "agreement",
    "themes": "themes",
    "quotes": "quotes",
}
"""The pages on which one does what commands do; rounds are on this one."""


def show() -> None:
    """Draw the tab: the import of another program's project, and what came in."""
    _ = session.words()
    program_import.show()
    review = review_import(session.project())
    st.markdown("## " + _("What came in"))
    with st.container(horizontal=True):
        for subject, count in review.counts:
            st.metric(_.translate(subject), count, width="content")
    _show_files(review)
    _show_notes()
    _show_tasks(review)
    _show_steps(review)
    program_export.show()


def _show_files(review: ImportReview) -> None:
    _ = session.words()
    for file in review.files:
        origin = file.origin or _("an unknown program")
        title = _("{file}, written by {program}", file=file.file, program=origin)
        with st.expander(escape_markdown(title), icon=":material/description:"):
            st.dataframe(
                [
                    {
                        _("Outcome"): _.translate(loss.kind.value),
                        _("Number"): loss.count,
                        _("What"): _.translate(loss.item),
                        _("What happened"): _.translate(loss.message),
                    }
                    for loss in file.losses
                ],
                hide_index=True,
                height="content",
            )
            if not any(loss.kind is LossKind.NOT_TAKEN for loss in file.losses):
                st.write(_("Nothing in it was left out."))
            if file.score is not None:
                st.caption(
                    _(
                        "Positions: {share} of the passages fit the words (counted {convention}).",
                        convention=_.translate(file.positions),
                        share=_.percent(file.score),
                    )
                )


def _show_notes() -> None:
    _ = session.words()
    # All files are read again for it, which takes as long as their import did.
    if not st.toggle(_("Show what was left out of interviews, or read with doubt")):
        return
    notes = read_import_notes(session.project())
    if not notes:
        st.caption(_("Nothing was left out of the interviews whose file the project keeps."))
    show_problems((problem for note in notes for problem in note.problems), _)


def _show_tasks(review: ImportReview) -> None:
    _ = session.words()
    st.markdown("## " + _("To confirm or to add"))
    if not review.tasks:
        st.success(_("Nothing is left to confirm."), icon=":material/check:")
    places = {
        "speakers": _("Tab Interviews: correct and confirm the speakers that are proposed."),
        "languages": _("Tab Interviews: select an interview, then Language."),
        "units": _("Tab Interviews: import a topic guide, or open the suggestions."),
        "participants": _("Tab Respondents: look at who is proposed, or import a table."),
        "groups": _("Tab Respondents: fill in the group."),
        "coders": _("Give them one name in the other program, and import again."),
        "positions": _("Page Quotes: read a few passages."),
    }
    for task in review.tasks:
        st.markdown(f"- {escape_markdown(_.translate(task.message))}  \n  *{places[task.kind]}*")


def _show_steps(review: ImportReview) -> None:
    _ = session.words()
    names = {"agreement": _("Agreement"), "themes": _("Themes"), "quotes": _("Quotes")}
    st.markdown("## " + _("What is next"))
    for step in review.steps:
        icon = ":material/check_circle:" if step.ready else ":material/schedule:"
        page = _PAGES.get(step.command.split()[1])
        message = escape_markdown(_.translate(step.message))
        if page == "adjudication":
            # The command line says how its options would choose whose codings count.
            message = _("First resolve the disagreements between the coders.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{icon} **{names[step.name]}** · {message}", width="content")
            if page:
                show_link(page)
