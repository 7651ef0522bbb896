"""Settling what two coders differ on: the queue, both sides over the text, the decision."""

from __future__ import annotations

import screen
import session
import settling
import streamlit as st
import working
from parts import choosing

from qualcode.errors import UndefinedRequestError
from qualcode.frontend import comparison, component_messages, mount_coder
from qualcode.model import Disagreement, DisagreementKind

_ = session.words()
project = session.project()
Found = tuple[tuple[Disagreement, ...], frozenset[str]]


def _found(coders: tuple[str, str], round_: str) -> Found | None:
    def work(tell: working.Tell) -> Found:
        tell(0.0, "")
        everything = project.agreement.collect_disagreements(coders, round_)
        decided = {decision.disagreement for decision in project.adjudication.collect_decisions()}
        return everything, frozenset(d.id for d in everything if d.id not in decided)

    about = (session.view(), coders, round_, project.history.revision())
    found: Found | None = working.ready("disagreements", about, _("Comparing…"), work)
    return found


def _kinds() -> dict[DisagreementKind, str]:
    return {
        DisagreementKind.MISSED: _("Only one coded it"),
        DisagreementKind.OTHER_CODE: _("Another code"),
        DisagreementKind.BOUNDARY: _("Other boundaries"),
    }


def _all(value: str) -> str:
    return value or _("All")


def _filtered(
    everything: tuple[Disagreement, ...], open_: frozenset[str], labels: dict[str, str]
) -> list[Disagreement]:
    kinds = _kinds()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.segmented_control(
            _("Show"),
            ["open", "all"],
            default="open",
            required=True,
            format_func=lambda one: _("Open") if one == "open" else _("All"),
            key="adjudicate-show",
        )
        names = list(dict.fromkeys(d.transcript for d in everything))
        transcript = st.selectbox(_("Interview"), ["", *names], width=150, format_func=_all)
        codes = list(dict.fromkeys(d.code for d in everything))
        wanted = st.session_state.pop("only-code", None)
        if wanted:
            st.session_state["adjudicate-code"] = wanted
        chosen = st.session_state.get("adjudicate-code", "")
        if chosen and chosen not in codes:
            codes = [chosen, *codes]
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
            width=190,
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


def _text(coders: tuple[str, str], one: Disagreement) -> None:
    span = settling.whole(one)
    mount_coder(
        "compare-screen",
        {
            **screen.document(one.transcript),
            **comparison(
                project.codings.collect(transcript=one.transcript), coders, session.book()
            ),
            "kind": "doc",
            "project": project.info.key,
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
        found = _found(coders, choosing.a_round(coders, "adjudicate-round"))
    except UndefinedRequestError as error:
        st.info(_.sentence(str(error)))
        return
    if found is None:
        return
    everything, open_ = found
    labels = session.labels()
    settled = len(everything) - len(open_)
    st.progress(
        settled / len(everything) if everything else 1.0,
        text=_(
            "{settled} of {all} disagreements settled",
            settled=_.number(settled),
            all=_.number(len(everything)),
        ),
    )
    queue = _filtered(everything, open_, labels)
    if queue:
        place = min(int(st.session_state.get("adjudicate-at", 0)), len(queue) - 1)
        left, right = st.columns([1, 2.1], gap="medium")
        with left:
            settling.panel(coders, queue, place, _kinds())
        with right:
            _text(coders, queue[place])
        settling.all_at_once(coders, queue)
    else:
        _nothing_left(open_)
    if settled:
        settling.outcome(coders)


def _nothing_left(open_: frozenset[str]) -> None:
    if open_:
        st.info(_("Nothing is left within this filter."))
        settling.take_back()
        return
    st.success(_("Everything is settled: the consensus holds what both agree on."))
    with st.container(horizontal=True):
        if st.button(_("Go to the themes"), type="primary"):
            st.switch_page(session.HOME / "views" / "themes.py")
        if st.button(_("Go to the quotes")):
            st.switch_page(session.HOME / "views" / "quotes.py")
        settling.take_back()


session.needs_transcripts()
session.book()
session.ask_coder()
session.refuse_while_blind()
st.subheader(_("Adjudication"), anchor=False)
_coders = session.two_coders()
if _coders:
    with session.guarded():
        _page(_coders)
