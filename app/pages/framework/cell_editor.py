"""One cell of the framework matrix: its passages, its summary, and what each sentence rests on."""

from __future__ import annotations

import streamlit as st

from qualcode.model.framework import CellSummary, FrameworkCell

from ... import session
from ...widgets.edit_conflicts import make_form, save_form, typed
from ...widgets.notices import notify
from ...widgets.passages import quote_text, show_codings
from ...widgets.text import escape_markdown, show_heading

_SHORT = 90


def show_cell(case: str, code: str, layer: str) -> None:
    """Show a cell to write in.

    Args:
        case: Name of the participant.
        code: Path of the code.
        layer: Whose codings.
    """
    _ = session.words()
    cell = session.project().themes.framework.cell(case, code, layer)
    passages, text = st.columns(2, gap="medium")
    with passages:
        if cell.codings:
            show_codings(cell.codings, f"framework-{case}-{code}")
        else:
            st.caption(_("Nothing of this participant has this code."))
    with text:
        _show_changes(cell, layer)
        _show_text(cell, layer)
        if cell.summary:
            _show_links(cell, cell.summary, layer)


def _show_changes(cell: FrameworkCell, layer: str) -> None:
    _ = session.words()
    for other_summary in cell.others:
        st.warning(
            _(
                "{coder} wrote in a blind round: {text} Saving yours puts it in the place of both.",
                coder=escape_markdown(other_summary.by),
                text=escape_markdown(other_summary.text),
            )
        )
    if not cell.is_stale:
        return
    kinds = [change.kind for change in cell.changes]
    st.warning(
        _(
            "Since this was looked at: {added} passages added, {gone} gone, {changed} changed.",
            added=kinds.count("added"),
            gone=kinds.count("gone"),
            changed=kinds.count("changed"),
        )
    )
    # What changed since this was drawn, nobody looked at: the button is then another one.
    key = f"looked-{hash((session.view(), cell.case, cell.code, cell.changes))}"
    if st.button(_("I looked again: it still holds"), icon=":material/check:", key=key):
        session.project().themes.framework.look_at([(cell.case, cell.code)], layer)
        notify(_("Saved."))
        st.rerun()


def _show_text(cell: FrameworkCell, layer: str) -> None:
    _ = session.words()
    # Drawn again for another cell, after undo, and after a change in another window.
    key = f"summary-{hash((session.view(), cell.case, cell.code, cell.version))}"
    with st.form(key, border=False):
        st.text_area(
            _("What this participant says about it, in your words"),
            value=_text_of(cell),
            height=180,
            key=f"{key}-text",
        )
        st.form_submit_button(
            _("Save the summary"), type="primary", on_click=_save, args=(cell, layer, f"{key}-text")
        )


def _text_of(cell: FrameworkCell) -> str:
    return cell.summary.text if cell.summary else ""


def _save(cell: FrameworkCell, layer: str, key: str) -> None:
    _, framework = session.words(), session.project().themes.framework
    case, code = cell.case, cell.code
    form = make_form(
        f"{case} · {session.labels().get(code, code)}",
        {"text": _("What this participant says about it, in your words")},
        lambda: {"text": _text_of(framework.cell(case, code, layer))},
        lambda values: framework.write_summary(case, code, values["text"], layer=layer),
        saved=_("Saved."),
    )
    save_form(form, {"text": _text_of(cell)}, {"text": typed(key)})


def _show_links(cell: FrameworkCell, summary: CellSummary, layer: str) -> None:
    _ = session.words()
    show_heading(_("What each sentence rests on"))
    framework = session.project().themes.framework
    codings = {coding.id: coding for coding in session.project().codings.collect()}
    # A sentence may rest on a passage of another cell: left out of the list, its link would be
    # lost.
    linked = [key for key in summary.codings if key in codings and key not in cell.codings]
    options = [*(key for key in cell.codings if key in codings), *linked]
    names = {key: _short(quote_text(codings[key])) for key in options}
    for number, sentence in enumerate(summary.sentences, 1):
        before = [key for key in sentence.codings if key in names]
        chosen = st.multiselect(
            escape_markdown(f"{number}. {sentence.text}"),
            options,
            default=before,
            format_func=lambda key: names[key],
            placeholder=_("Choose the passages"),
            key=f"link-{hash((session.view(), cell.case, cell.code, cell.version, number))}",
        )
        if chosen != before:
            framework.link(cell.case, cell.code, number, chosen, layer=layer)
            st.rerun()
    if cell.unmentioned:
        st.caption(
            _.many(
                "{count} passage is mentioned by no sentence.",
                "{count} passages are mentioned by no sentence.",
                len(cell.unmentioned),
            )
        )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"
