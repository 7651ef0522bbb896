"""The panel that shows a disagreement and settles it by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from qualcode.model import Choice, Decision, Disagreement, DisagreementKind
from qualcode.project import join_reason

from ... import session
from ...widgets.passages import quote_text, show_side
from ...widgets.queue_steps import queue_steps
from ...widgets.text import escape_markdown
from .decisions import (
    choice_labels,
    decision_text,
    decisions_now,
    marked_span,
    new_decision,
    reason_labels,
    store_decisions,
    undo_button,
)

KEYS = {
    "overlooked": "O",
    "definition_unclear": "D",
    "codes_overlap": "L",
    "boundary": "B",
    "interpretation": "I",
    "mistake": "M",
    "codebook_must_change": "U",
}
"""The key that chooses each reason: none that the page or its text uses for something else."""


def show_panel(
    coders: tuple[str, str],
    queue: Sequence[Disagreement],
    place: int,
    kinds: Mapping[DisagreementKind, str],
) -> None:
    """Show one disagreement with the codings of both coders, and let the coder settle it."""
    disagreement, labels = queue[place], session.labels()
    with st.container(horizontal=True, vertical_alignment="center"):
        queue_steps(place, len(queue), "adjudicate", _go_to)
    _show_title(disagreement, labels, kinds)
    _show_sides(coders, disagreement, labels)
    _show_earlier_decision(disagreement, coders)
    # Above the reason on the page, but drawn after it: the decision needs the reason.
    decisions = st.container()
    why = _reason_field(disagreement)
    with decisions:
        _choice_buttons(coders, disagreement, why)
    _show_definitions(disagreement, labels)
    with st.container(horizontal=True, vertical_alignment="center"):
        _ = session.words()
        with st.popover(_("Something else…")):
            _other_code_form(coders, disagreement, labels, why)
        undo_button()


def _go_to(place: int) -> None:
    st.session_state["adjudicate-at"] = place


def _show_title(
    disagreement: Disagreement, labels: dict[str, str], kinds: Mapping[DisagreementKind, str]
) -> None:
    _ = session.words()
    other_label = (
        f" ↔ {labels.get(disagreement.other_code, disagreement.other_code)}"
        if disagreement.other_code
        else ""
    )
    st.markdown(
        f"## {escape_markdown(labels.get(disagreement.code, disagreement.code) + other_label)}"
    )
    about = kinds[disagreement.kind]
    if disagreement.words:
        about += " · " + _.many("{count} word apart", "{count} words apart", disagreement.words)
    st.caption(escape_markdown(f"{disagreement.transcript} · {about}"))


def _show_definitions(disagreement: Disagreement, labels: dict[str, str]) -> None:
    _ = session.words()
    with st.expander(_("What the codebook says")):
        for path in (disagreement.code, disagreement.other_code):
            if path:
                _show_definition(path, labels)


def _show_definition(path: str, labels: dict[str, str]) -> None:
    _ = session.words()
    language = session.language()
    code = session.codebook().code(path)
    st.markdown(f"**{escape_markdown(labels.get(path, path))}**")
    for title, text in (
        ("", code.definition),
        (_("Use it for"), code.include),
        (_("Not for"), code.exclude),
    ):
        words = escape_markdown(text.in_language(language)) if text else ""
        if words:
            st.caption(f"*{title}*: {words}" if title else words)


def _show_sides(
    coders: tuple[str, str], disagreement: Disagreement, labels: dict[str, str]
) -> None:
    """Show what each coder did; the words that both marked stand there once."""
    sides = (disagreement.codings_a, disagreement.codings_b)
    quotes = {quote_text(coding) for codings in sides for coding in codings}
    shared = all(sides) and len(quotes) == 1
    for name, codings in zip(coders, sides, strict=True):
        show_side(name, codings, labels, quotes=not shared)
    if shared:
        st.markdown(f"“{escape_markdown(quotes.pop())}”")


def _show_earlier_decision(disagreement: Disagreement, coders: tuple[str, str]) -> None:
    """Show the decision made before on this disagreement: who decided, and why."""
    _ = session.words()
    for decision in session.project().adjudication.decisions_on([disagreement]):
        summary = escape_markdown(decision_text(coders, decision))
        st.caption(":material/check: " + _("Resolved: {decision}", decision=summary))


def _reason_field(disagreement: Disagreement) -> str:
    """Let the coder choose a reason and write a note; return both as one text."""
    _ = session.words()
    key = f"reason-{disagreement.id}"
    chosen = str(st.session_state.get(key, ""))
    st.caption(_("Reason"))
    with st.container(horizontal=True, gap="xsmall"):
        for name, label in reason_labels().items():
            kind = _button_type(plain=name != chosen)
            st.button(
                label,
                type=kind,
                shortcut=KEYS[name],
                key=f"{key}-{name}",
                on_click=st.session_state.update,
                args=({key: "" if name == chosen else name},),
            )
    note = st.text_input(
        _("Note"), key=f"note-{disagreement.id}", placeholder=_("In your own words")
    )
    return join_reason(chosen, note)


def _button_type(*, plain: bool) -> Literal["primary", "secondary"]:
    return "secondary" if plain else "primary"


def _choice_buttons(coders: tuple[str, str], disagreement: Disagreement, why: str) -> None:
    names = list(choice_labels(coders).items())[:4]
    with st.container(horizontal=True, gap="small"):
        for number, (choice, label) in enumerate(names, start=1):
            # The two coders' codings are the usual choice; both and neither are rarer.
            kind = _button_type(plain=number > len(coders))
            key = f"decide-{choice.value}"
            st.button(
                label,
                shortcut=str(number),
                type=kind,
                key=key,
                on_click=store_decisions,
                args=(coders, [new_decision(disagreement, choice, why)], decisions_now()),
            )


def _other_code_form(
    coders: tuple[str, str], disagreement: Disagreement, labels: dict[str, str], why: str
) -> None:
    """Let the coder give the passage another code or other boundaries."""
    _ = session.words()
    active = [code.path for code in session.codebook().active]
    code = st.selectbox(
        _("Code"),
        active,
        index=active.index(disagreement.code) if disagreement.code in active else 0,
        format_func=lambda path: labels.get(path, path),
        key=f"other-{disagreement.id}",
    )
    spans = {_("All that either marked"): marked_span(disagreement)}
    for name, codings in zip(coders, (disagreement.codings_a, disagreement.codings_b), strict=True):
        if codings:
            spans[_("As {coder} marked it", coder=name)] = codings[0].span
    # A shared passage exists only if both coders marked something.
    if disagreement.codings_a and disagreement.codings_b:
        shared = disagreement.codings_a[0].span.intersection(disagreement.codings_b[0].span)
        if shared:
            spans[_("What both marked")] = shared
    chosen = st.radio(_("Passage"), list(spans), key=f"span-{disagreement.id}")
    # As the page was drawn before: a decision that came since is new to who presses the button.
    key, now = f"seen-{disagreement.id}", decisions_now()
    seen = st.session_state.get(key, now)
    st.session_state[key] = now
    if st.button(_("Decide"), type="primary", key=f"new-{disagreement.id}"):
        coder = session.coder()
        decision = Decision(
            disagreement.id,
            Choice.NEW,
            coder,
            disagreement.transcript,
            why,
            spans[str(chosen)],
            str(code),
        )
        store_decisions(coders, [decision], seen)
