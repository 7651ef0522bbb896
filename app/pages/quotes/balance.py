"""The balance of the chosen quotes: who is quoted too often or never, and swaps."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.model.quote_balance import QuoteBalance, QuoteShare, QuoteSwap
from qualcode.project import QuoteFilter, attribute_value

from ... import session
from ...widgets.downloads import of_now
from ...widgets.notices import notify
from ...widgets.problems import show_problems
from ...widgets.text import escape_markdown, show_heading

_SWAPS = 6


def show_balance(where: QuoteFilter, pattern: str) -> None:
    """Show the balance, with swaps to take and files for a journal and an appendix."""
    _ = session.words()
    balance = session.project().quotes.balance(where, attribution=pattern)
    if not balance.quotes:
        st.info(_("No quote was chosen yet. Choose them under Read and choose."))
        return
    _show_files(where, pattern)
    for share in balance.too_often:
        st.warning(
            _(
                "{name} is quoted {count} times: {share} of all chosen quotes.",
                name=share.name,
                count=share.quotes,
                share=_percent(share.share),
            )
        )
    if balance.never:
        names = escape_markdown(", ".join(balance.never))
        st.caption(_("Never quoted: {names}.", names=names))
    columns = st.columns(3)
    labels = session.labels()
    parts: tuple[tuple[str, Sequence[QuoteShare], Callable[[str], str]], ...] = (
        (_("Participant"), balance.participants, str),
        (_("Group"), balance.groups, _group_name),
        (_("Theme"), balance.themes, lambda path: labels.get(path, path)),
    )
    for column, (title, shares, name) in zip(columns, parts, strict=True):
        with column:
            _show_shares(title, shares, name)
    _show_notes(balance)
    _show_swaps(balance.swaps)


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"


def _group_name(group: str) -> str:
    return attribute_value("group", group, session.language())


def _show_shares(title: str, shares: Sequence[QuoteShare], name: Callable[[str], str]) -> None:
    _ = session.words()
    rows = [
        {
            title: (share.name and name(share.name)) or "–",
            _("Quotes"): share.quotes,
            _("Share"): _percent(share.share),
        }
        for share in shares
    ]
    st.dataframe(rows, hide_index=True, height=min(36 * len(rows) + 38, 420))


def _show_notes(balance: QuoteBalance) -> None:
    _ = session.words()
    language = session.language()
    for code in balance.one_sided:
        label = code.label.in_language(language) or code.code
        name = _group_name if code.is_group else str
        st.caption(
            escape_markdown(
                _(
                    "{code}: only {quoted} is quoted; it is also said by {missing}.",
                    code=label,
                    quoted=name(code.quoted),
                    missing=", ".join(map(name, code.missing)),
                )
            )
        )
    for quotes in balance.repeated:
        text = escape_markdown(quotes[0].text)
        st.caption(_("The same words are printed more than once: “{text}”", text=text))


def _show_swaps(swaps: Sequence[QuoteSwap]) -> None:
    _ = session.words()
    if not swaps:
        return
    show_heading(_("Swaps that keep every code quoted"))
    # A few at a time: after each swap the balance is another, and so are the swaps that help.
    for swap in swaps[:_SWAPS]:
        with st.container(border=True):
            left, right = st.columns(2)
            for column, quote, title in (
                (left, swap.out, _("Now")),
                (right, swap.into, _("Instead")),
            ):
                with column:
                    st.caption(escape_markdown(f"{title} · {quote.case}"))
                    st.markdown(f"“{escape_markdown(quote.text)}”")
            if st.button(_("Swap them"), key=f"swap-{swap.out.coding}-{swap.into.coding}"):
                session.project().quotes.swap(swap.out.coding, swap.into.coding)
                notify(_("Swapped; undo takes it back."))
                st.rerun()


def _show_files(where: QuoteFilter, pattern: str) -> None:
    _ = session.words()
    project = session.project()
    quotes = project.quotes
    sections = quotes.collect(replace(where, chosen_only=True), attribution=pattern)
    show_problems(project.disclosure.check_quotes(sections, pattern, where.layer), _)
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, name, suffixes, write in (
            (_("For a journal:"), "chosen", ("docx", "md"), quotes.write_chosen),
            (_("Appendix:"), "appendix", ("docx", "xlsx", "csv"), quotes.write_appendix),
        ):
            st.markdown(label, width="content")
            for suffix in suffixes:
                st.download_button(
                    suffix,
                    data=of_now(partial(_file, write, suffix, where, pattern)),
                    file_name=f"{name}.{suffix}",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"{name}-as-{suffix}",
                )


def _file(write: Callable[..., None], suffix: str, where: QuoteFilter, pattern: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"quotes.{suffix}"
        write(path, where, attribution=pattern, language=session.language())
        return path.read_bytes()
