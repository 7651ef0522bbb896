"""Settling what two coders differ on: the queue, both sides over the text, the decision."""

from __future__ import annotations

from typing import Any

import screen
import session
import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.frontend import comparison, component_messages, mount_coder
from qualcode.model import Choice, Decision, Disagreement, DisagreementKind, Span

_ = session.words()
project = session.project()


def _reasons() -> list[str]:
    return [
        _("Overlooked"),
        _("The definition excludes it"),
        _("The definition includes it"),
        _("The other code fits better"),
        _("Only a matter of boundaries"),
        _("The definition is unclear"),
    ]


@st.cache_data(show_spinner=False, max_entries=4)
def _found(
    key: str, coders: tuple[str, str], revision: int
) -> tuple[tuple[Disagreement, ...], frozenset[str]]:
    del key, revision
    one = session.project()
    everything = one.disagreements(coders)
    return everything, frozenset(d.id for d in one.open_disagreements(coders))


def _kinds() -> dict[DisagreementKind, str]:
    return {
        DisagreementKind.MISSED: _("Only one coded it"),
        DisagreementKind.OTHER_CODE: _("Another code"),
        DisagreementKind.BOUNDARY: _("Other boundaries"),
    }


def _filtered(
    everything: tuple[Disagreement, ...], open_: frozenset[str], labels: dict[str, str]
) -> list[Disagreement]:
    kinds = _kinds()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.segmented_control(
            _("Show"),
            ["open", "all"],
            default="open",
            format_func=lambda one: _("Open") if one == "open" else _("All"),
        )
        names = list(dict.fromkeys(d.transcript for d in everything))
        transcript = st.selectbox(_("Interview"), ["", *names], width=160, format_func=_any)
        codes = list(dict.fromkeys(d.code for d in everything))
        wanted = st.session_state.pop("only-code", None)
        if wanted:
            st.session_state["adjudicate-code"] = wanted
            if wanted not in codes:
                codes = [wanted, *codes]
        code = st.selectbox(
            _("Code"),
            ["", *codes],
            width=260,
            key="adjudicate-code",
            format_func=lambda one: labels.get(one, one) or _("All"),
        )
        kind = st.selectbox(
            _("Kind"),
            ["", *(kind.value for kind in kinds)],
            width=200,
            format_func=lambda one: kinds[DisagreementKind(one)] if one else _("All"),
        )
    return [
        d
        for d in everything
        if (which == "all" or d.id in open_)
        and (not transcript or d.transcript == transcript)
        and (not code or d.code == code or d.code.startswith(f"{code}/"))
        and (not kind or d.kind.value == kind)
    ]


def _any(value: str) -> str:
    return value or _("All")


def _span(one: Disagreement) -> Span:
    spans = [coding.span for coding in (*one.codings_a, *one.codings_b)] or [one.unit]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _decide(
    coders: tuple[str, str],
    one: Disagreement,
    choice: Choice,
    reason: str,
    *,
    span: Span | None = None,
    code: str = "",
) -> None:
    who = session.coder()
    decision = Decision(one.id, choice, who, one.transcript, reason, span, code)
    with session.guarded():
        project.adjudicate(coders, [decision], who)
        st.rerun()


def _side(name: str, codings: Any, labels: dict[str, str]) -> None:
    st.markdown(f"**{name}**")
    if not codings:
        st.caption(_("did not code this passage"))
    for coding in codings:
        st.markdown(f"{labels.get(coding.code, coding.code)}  \n“{coding.quote}”")
        if coding.memo:
            st.caption(coding.memo)


def _panel(
    coders: tuple[str, str], one: Disagreement, labels: dict[str, str], place: int, count: int
) -> None:
    kinds = _kinds()
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("‹", key="earlier", disabled=place == 0, shortcut="K", help=_("Previous")):
            st.session_state["adjudicate-at"] = place - 1
            st.rerun()
        st.markdown(f"**{_.number(place + 1)} / {_.number(count)}**", width="content")
        last = place >= count - 1
        if st.button("›", key="later", disabled=last, shortcut="J", help=_("Next")):
            st.session_state["adjudicate-at"] = place + 1
            st.rerun()
    other = f" ↔ {labels.get(one.other_code, one.other_code)}" if one.other_code else ""
    st.markdown(f"#### {labels.get(one.code, one.code)}{other}")
    about = kinds[one.kind]
    if one.words:
        about += " · " + _.many("{count} word apart", "{count} words apart", one.words)
    st.caption(f"{one.transcript} · {about}")
    _side(coders[0], one.codings_a, labels)
    _side(coders[1], one.codings_b, labels)
    reason = st.selectbox(
        _("Reason"),
        _reasons(),
        index=None,
        accept_new_options=True,
        placeholder=_("Choose or type a reason"),
        key=f"reason-{one.id}",
    )
    why = str(reason or "")
    with st.container(horizontal=True):
        if st.button(_("Take {coder}", coder=coders[0]), shortcut="1", type="primary"):
            _decide(coders, one, Choice.TAKE_A, why)
        if st.button(_("Take {coder}", coder=coders[1]), shortcut="2", type="primary"):
            _decide(coders, one, Choice.TAKE_B, why)
        if st.button(_("Both"), shortcut="3"):
            _decide(coders, one, Choice.BOTH, why)
        if st.button(_("Neither"), shortcut="4"):
            _decide(coders, one, Choice.NEITHER, why)
    with st.popover(_("Something else…")):
        _other(coders, one, labels, why)


def _other(coders: tuple[str, str], one: Disagreement, labels: dict[str, str], why: str) -> None:
    active = [code.path for code in session.book().active]
    code = st.selectbox(
        _("Code"),
        active,
        index=active.index(one.code) if one.code in active else 0,
        format_func=lambda path: labels.get(path, path),
        key=f"other-{one.id}",
    )
    whole = _span(one)
    spans = {_("All that either marked"): whole}
    for name, codings in zip(coders, (one.codings_a, one.codings_b), strict=True):
        if codings:
            spans[_("As {coder} marked it", coder=name)] = codings[0].span
    if one.codings_a and one.codings_b:
        shared = one.codings_a[0].span.intersection(one.codings_b[0].span)
        if shared:
            spans[_("What both marked")] = shared
    chosen = st.radio(_("Passage"), list(spans), key=f"span-{one.id}")
    if st.button(_("Decide"), type="primary", key=f"new-{one.id}"):
        _decide(coders, one, Choice.NEW, why, span=spans[chosen], code=str(code))


def _text(coders: tuple[str, str], one: Disagreement) -> None:
    span = _span(one)
    mount_coder(
        "compare-screen",
        {
            **screen.document(one.transcript),
            **comparison(
                project.collect_codings(transcript=one.transcript), coders, session.book()
            ),
            "kind": "doc",
            "project": project.key,
            "coder": session.coder(),
            "round": "",
            "language": session.language(),
            "i18n": dict(component_messages(session.language())),
            "focus": {"s": span.start, "e": span.end, "n": one.id},
        },
        on_open_change=lambda: None,
    )


def _page(coders: tuple[str, str]) -> None:
    try:
        everything, open_ = _found(session.view(), coders, project.revision())
    except UndefinedRequestError as error:
        st.info(str(error))
        return
    labels = session.labels()
    settled = len(everything) - len(open_)
    share = settled / len(everything) if everything else 1.0
    st.progress(
        share,
        text=_(
            "{settled} of {all} disagreements settled",
            settled=_.number(settled),
            all=_.number(len(everything)),
        ),
    )
    queue = _filtered(everything, open_, labels)
    if not queue:
        _nothing_left(open_)
        return
    place = min(int(st.session_state.get("adjudicate-at", 0)), len(queue) - 1)
    left, right = st.columns([1, 2.4], gap="medium")
    with left:
        _panel(coders, queue[place], labels, place, len(queue))
    with right:
        _text(coders, queue[place])
    _rest(coders, queue)


def _nothing_left(open_: frozenset[str]) -> None:
    if open_:
        st.info(_("Nothing is left within this filter."))
        return
    st.success(_("Everything is settled: the consensus holds what both agree on."))
    with st.container(horizontal=True):
        if st.button(_("Go to the themes"), type="primary"):
            st.switch_page(session.HOME / "views" / "themes.py")
        if st.button(_("Go to the quotes")):
            st.switch_page(session.HOME / "views" / "quotes.py")


def _rest(coders: tuple[str, str], queue: list[Disagreement]) -> None:
    names = {
        Choice.TAKE_A: _("Take {coder}", coder=coders[0]),
        Choice.TAKE_B: _("Take {coder}", coder=coders[1]),
        Choice.BOTH: _("Both"),
        Choice.NEITHER: _("Neither"),
    }
    with st.popover(_("Settle all that are shown at once")):
        options = [choice.value for choice in names]
        choice = st.radio(_("Decision"), options, format_func=lambda value: names[Choice(value)])
        reason = st.text_input(_("Reason"), key="reason-all")
        label = _.many("Settle {count} disagreement", "Settle {count} disagreements", len(queue))
        if st.button(label, type="primary"):
            who = session.coder()
            with session.guarded():
                project.adjudicate(
                    coders,
                    [Decision(d.id, Choice(choice), who, d.transcript, reason) for d in queue],
                    who,
                )
                st.rerun()


session.needs_transcripts()
session.book()
session.ask_coder()
session.refuse_while_blind()
_coders = session.two_coders()
if _coders:
    _page(_coders)
