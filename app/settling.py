"""The panel of adjudication: both sides of one difference, the reason, the decision, by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import session
import streamlit as st
import telling
from parts import choosing

from qualcode.errors import QualcodeError, UndefinedRequestError
from qualcode.model import Choice, Coding, Decision, Disagreement, DisagreementKind, Span
from qualcode.project import join_reason, split_reason

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


def reasons() -> dict[str, str]:
    """Return what each reason of the short list is called."""
    _ = session.words()
    return {
        "overlooked": _("Overlooked"),
        "definition_unclear": _("The definition is unclear"),
        "codes_overlap": _("The codes overlap"),
        "boundary": _("Only a matter of boundaries"),
        "interpretation": _("Read in two ways"),
        "mistake": _("A mistake"),
        "codebook_must_change": _("The codebook must change"),
    }


def whole(one: Disagreement) -> Span:
    """Return the passage from the first to the last word that either coder marked."""
    spans = [coding.span for coding in (*one.codings_a, *one.codings_b)] or [one.unit]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def panel(
    coders: tuple[str, str],
    queue: Sequence[Disagreement],
    place: int,
    kinds: Mapping[DisagreementKind, str],
) -> None:
    """Show one difference with both sides, and let the coder settle it."""
    one, labels = queue[place], session.labels()
    with st.container(horizontal=True, vertical_alignment="center"):
        choosing.steps(place, len(queue), "adjudicate", _go)
    _about(one, labels, kinds)
    for name, codings in zip(coders, (one.codings_a, one.codings_b), strict=True):
        _side(name, codings, labels)
    _standing(one, coders)
    decisions = st.container()
    why = _reason(one)
    with decisions:
        _choices(coders, one, why)
    _entries(one, labels)
    with st.container(horizontal=True, vertical_alignment="center"):
        _ = session.words()
        with st.popover(_("Something else…")):
            _other(coders, one, labels, why)
        take_back()


def _go(place: int) -> None:
    st.session_state["adjudicate-at"] = place


def _about(
    one: Disagreement, labels: dict[str, str], kinds: Mapping[DisagreementKind, str]
) -> None:
    _ = session.words()
    other = f" ↔ {labels.get(one.other_code, one.other_code)}" if one.other_code else ""
    st.markdown(f"#### {telling.plain(labels.get(one.code, one.code) + other)}")
    about = kinds[one.kind]
    if one.words:
        about += " · " + _.many("{count} word apart", "{count} words apart", one.words)
    st.caption(telling.plain(f"{one.transcript} · {about}"))


def _entries(one: Disagreement, labels: dict[str, str]) -> None:
    _ = session.words()
    with st.expander(_("What the codebook says")):
        for path in (one.code, one.other_code):
            if path:
                _entry(path, labels)


def _entry(path: str, labels: dict[str, str]) -> None:
    _ = session.words()
    language = session.language()
    code = session.book().code(path)
    st.markdown(f"**{telling.plain(labels.get(path, path))}**")
    for title, text in (
        ("", code.definition),
        (_("Use it for"), code.include),
        (_("Not for"), code.exclude),
    ):
        words = telling.plain(text.in_language(language)) if text else ""
        if words:
            st.caption(f"*{title}*: {words}" if title else words)


def _side(name: str, codings: Sequence[Coding], labels: dict[str, str]) -> None:
    _ = session.words()
    if not codings:
        nothing = _("did not code this passage")
        st.markdown(f"**{telling.plain(name)}** · :gray[{nothing}]")
    for coding in codings:
        code = telling.plain(labels.get(coding.code, coding.code))
        st.markdown(f"**{telling.plain(name)}** · {code}  \n“{telling.plain(coding.quote)}”")
        if coding.memo:
            st.caption(f":material/sticky_note_2: {telling.plain(coding.memo)}")


def _chosen(coders: tuple[str, str]) -> dict[Choice, str]:
    _ = session.words()
    return {
        Choice.TAKE_A: _("Take {coder}", coder=coders[0]),
        Choice.TAKE_B: _("Take {coder}", coder=coders[1]),
        Choice.BOTH: _("Both"),
        Choice.NEITHER: _("Neither"),
        Choice.NEW: _("Something else…"),
    }


def _standing(one: Disagreement, coders: tuple[str, str]) -> None:
    """Say what was decided on this before, by whom and why."""
    _ = session.words()
    for decision in session.project().adjudication.collect_decisions():
        if decision.disagreement != one.id:
            continue
        reason, note = split_reason(decision.reason)
        parts = [_chosen(coders)[decision.choice], decision.by]
        parts += [reasons().get(str(reason), "") if reason else "", note]
        if decision.decided_at:
            parts.append(_.moment(decision.decided_at))
        told = telling.plain(" · ".join(part for part in parts if part))
        st.caption(":material/check: " + _("Settled: {decision}", decision=told))


def _reason(one: Disagreement) -> str:
    """Let the coder choose a reason of the short list and write a note; return both as one."""
    _ = session.words()
    key = f"reason-{one.id}"
    chosen = str(st.session_state.get(key, ""))
    st.caption(_("Reason"))
    with st.container(horizontal=True, gap="xsmall"):
        for name, label in reasons().items():
            kind = _kind(plain=name != chosen)
            st.button(
                label,
                type=kind,
                shortcut=KEYS[name],
                key=f"{key}-{name}",
                on_click=st.session_state.update,
                args=({key: "" if name == chosen else name},),
            )
    note = st.text_input(_("Note"), key=f"note-{one.id}", placeholder=_("In your own words"))
    return join_reason(chosen, note)


def _kind(*, plain: bool) -> Literal["primary", "secondary"]:
    return "secondary" if plain else "primary"


def _choices(coders: tuple[str, str], one: Disagreement, why: str) -> None:
    names = list(_chosen(coders).items())[:4]
    with st.container(horizontal=True, gap="small"):
        for number, (choice, label) in enumerate(names, start=1):
            kind = _kind(plain=number > len(coders))
            key = f"decide-{choice.value}"
            st.button(
                label,
                shortcut=str(number),
                type=kind,
                key=key,
                on_click=_keep,
                args=(coders, [_decision(one, choice, why)]),
            )


def _decision(one: Disagreement, choice: Choice, why: str) -> Decision:
    return Decision(one.id, choice, session.coder(), one.transcript, why)


def _keep(coders: tuple[str, str], decisions: Sequence[Decision]) -> None:
    try:
        session.project().adjudication.settle(coders, decisions)
    except QualcodeError as error:
        session.flash(session.words().sentence(str(error)))
    else:
        st.session_state["adjudicated"] = len(decisions)


def take_back() -> None:
    """Let the coder undo what was decided last on this page."""
    _ = session.words()
    if not st.session_state.get("adjudicated"):
        return
    st.button(
        _("Undo"),
        icon=":material/undo:",
        shortcut="Z",
        key="undo-decision",
        on_click=_undo,
    )


def _undo() -> None:
    st.session_state.pop("adjudicated")
    try:
        session.project().history.undo()
    except QualcodeError as error:
        session.flash(session.words().sentence(str(error)))


def _other(coders: tuple[str, str], one: Disagreement, labels: dict[str, str], why: str) -> None:
    """Let the coder give the passage another code or other boundaries."""
    _ = session.words()
    active = [code.path for code in session.book().active]
    code = st.selectbox(
        _("Code"),
        active,
        index=active.index(one.code) if one.code in active else 0,
        format_func=lambda path: labels.get(path, path),
        key=f"other-{one.id}",
    )
    spans = {_("All that either marked"): whole(one)}
    for name, codings in zip(coders, (one.codings_a, one.codings_b), strict=True):
        if codings:
            spans[_("As {coder} marked it", coder=name)] = codings[0].span
    if one.codings_a and one.codings_b:
        shared = one.codings_a[0].span.intersection(one.codings_b[0].span)
        if shared:
            spans[_("What both marked")] = shared
    chosen = st.radio(_("Passage"), list(spans), key=f"span-{one.id}")
    if st.button(_("Decide"), type="primary", key=f"new-{one.id}"):
        who = session.coder()
        made = Decision(one.id, Choice.NEW, who, one.transcript, why, spans[str(chosen)], str(code))
        _keep(coders, [made])


def all_at_once(coders: tuple[str, str], queue: Sequence[Disagreement]) -> None:
    """Let the coder settle all that is shown with one decision."""
    _ = session.words()
    names = dict(list(_chosen(coders).items())[:4])
    listed = reasons()
    with st.popover(_("Settle all that are shown at once")):
        options = [choice.value for choice in names]
        choice = st.radio(_("Decision"), options, format_func=lambda value: names[Choice(value)])
        reason = st.selectbox(
            _("Reason"),
            list(listed),
            index=None,
            format_func=listed.__getitem__,
            placeholder=_("Choose a reason"),
            key="reason-all",
        )
        note = st.text_input(_("Note"), key="note-all")
        why = join_reason(str(reason or ""), note)
        label = _.many("Settle {count} disagreement", "Settle {count} disagreements", len(queue))
        made = [_decision(one, Choice(choice), why) for one in queue]
        st.button(label, type="primary", on_click=_keep, args=(coders, made))


def outcome(coders: tuple[str, str]) -> None:
    """Show what settling came to: choices, reasons with their codes, what must change."""
    _ = session.words()
    with st.expander(_("What settling came to so far"), icon=":material/summarize:"):
        try:
            found = session.project().adjudication.summarize(coders)
        except UndefinedRequestError as error:
            st.info(_.sentence(str(error)))
            return
        labels, names = session.labels(), _chosen(coders)
        told = reasons() | {"other": _("In your own words"), "none": _("No reason given")}
        if found.seconds:
            minutes = max(1, round(found.seconds / 60))
            st.caption(
                _.many(
                    "About {count} minute of deciding", "About {count} minutes of deciding", minutes
                )
            )
        left, right = st.columns(2)
        with left:
            st.dataframe(
                [
                    {_("Decision"): names[Choice(choice)], _("Times"): count}
                    for choice, count in found.choices
                ],
                hide_index=True,
                height="content",
            )
        with right:
            st.dataframe(
                [
                    {
                        _("Reason"): told.get(one.reason, one.reason),
                        _("Times"): one.count,
                        _("Codes"): ", ".join(labels.get(code, code) for code in one.codes[:6]),
                    }
                    for one in found.reasons
                ],
                hide_index=True,
                height="content",
            )
        if found.must_change:
            codes = ", ".join(labels.get(code, code) for code in found.must_change)
            st.warning(_("These codes must change, by your decisions: {codes}", codes=codes))
            if st.button(_("Go to the codebook"), key="must-change"):
                st.switch_page(session.HOME / "views" / "codebook.py")
