"""A page per type: definition, who, quotes, contrasts; and what may be printed of it."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import Quote
from qualcode.model.property_space import TypePage, TypologyReport
from qualcode.project import attribute_name, attribute_value

from ... import session
from ...widgets.downloads import of_now
from ...widgets.notices import notify
from ...widgets.problems import show_problems
from ...widgets.requirements import refuse_while_blind
from ...widgets.text import escape_markdown, show_heading


def show_pages(layer: str) -> None:
    """Show the page of each type, with downloads as they may be printed."""
    _ = session.words()
    refuse_while_blind()
    typology = session.project().themes.typology
    try:
        report = typology.report(layer=layer, language=session.language())
    except UndefinedRequestError as error:
        st.info(_.translate(str(error)))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("All types:"), width="content")
        for suffix in ("docx", "html", "md"):
            st.download_button(
                suffix,
                data=of_now(partial(_file, layer, suffix)),
                file_name=f"typology.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"typology-as-{suffix}",
            )
    # The same risks that the command tells of when it writes the pages.
    show_problems(session.project().disclosure.check_quotes(report), _)
    for page in report.pages:
        with st.expander(escape_markdown(page.type.name), expanded=bool(page.cases)):
            _show_page(page, report)


def _file(layer: str, suffix: str) -> bytes:
    typology, language = session.project().themes.typology, session.language()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"typology.{suffix}"
        report = typology.report(layer=layer, language=language, for_print=True)
        typology.write(report, path, language=language)
        return path.read_bytes()


def _show_page(page: TypePage, report: TypologyReport) -> None:
    _ = session.words()
    language, labels = session.language(), session.labels()
    if page.type.definition:
        st.markdown(escape_markdown(page.type.definition))
    if page.type.target:
        st.caption(escape_markdown(_("Target group: {target}.", target=page.type.target)))
    if not page.cases:
        st.caption(_("No respondent was assigned to this type."))
    else:
        who = _("Who")
        st.markdown(f"**{who}** · {escape_markdown(', '.join(page.cases))}")
    if page.risk:
        _show_decision(page, report)
    for name, values in page.about:
        values_text = ", ".join(f"{attribute_value(name, v, language)} ({n})" for v, n in values)
        st.caption(escape_markdown(f"{attribute_name(name, language)}: {values_text}"))
    if page.codes:
        show_heading(_("What sets it apart"))
        rows = [
            {
                _("Code"): labels.get(code.code, code.code),
                _("In this type"): f"{code.inside}/{code.of_inside}",
                _("Others"): f"{code.outside}/{code.of_outside}",
            }
            for code in page.codes
        ]
        st.dataframe(rows, hide_index=True)
    for title, quotes in (
        (_("In their words"), page.quotes),
        (_("As others describe them"), page.described),
    ):
        if quotes:
            st.markdown(f"**{title}**")
            for quote in quotes:
                _show_quote(quote)


def _show_quote(quote: Quote) -> None:
    source = quote.attribution or quote.case
    st.markdown(f"> “{escape_markdown(quote.text)}”  \n> {escape_markdown(source)}")


def _show_decision(page: TypePage, report: TypologyReport) -> None:
    _ = session.words()
    if page.accepted:
        reason = escape_markdown(page.accepted)
        st.caption(_("Printed though few are of this type, because: {reason}", reason=reason))
        return
    st.warning(
        _(
            "Fewer than {threshold} respondents are of this type. In a document, who they are is "
            "left out, unless you decide otherwise.",
            threshold=report.threshold,
        )
    )
    with st.form(f"print-{page.type.name}", border=False):
        reason = st.text_input(_("Why this may be printed"), key=f"print-why-{page.type.name}")
        if st.form_submit_button(_("Print it all the same")) and reason.strip():
            session.project().themes.typology.accept_small_type(page.type.name, reason)
            notify(_("The decision is kept with the others on disclosure."))
            st.rerun()
