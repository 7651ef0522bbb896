"""One finding: its passages on both sides, contrary cases, evidence from outside, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.model.finding import (
    RELATION_NAMES,
    ContraryProposal,
    FindingState,
    OutsideEvidence,
    Relation,
)
from qualcode.project import attribute_value

from ... import session
from ...widgets.edit_conflicts import make_form, save_form, typed
from ...widgets.notices import notify
from ...widgets.passages import quote_text, show_codings
from ...widgets.text import escape_markdown

_SHORT = 90


def reach_text(state: FindingState) -> str:
    """Return how many participants carry a finding, per group."""
    _, language = session.words(), session.language()
    per_group = [reach for reach in state.reaches if reach.group] or state.reaches
    return ", ".join(
        _(
            "{cases} of {of} {group}",
            cases=reach.cases,
            of=reach.of,
            group=attribute_value("group", reach.group, language) if reach.group else "",
        ).strip()
        for reach in per_group
        if reach.of
    )


def show_finding(state: FindingState, threshold: int) -> None:
    """Show a finding to change it.

    Args:
        state: The finding, with what carries it now.
        threshold: Counts of fewer participants are printed after a decision only.
    """
    _ = session.words()
    part, number = session.project().themes.findings, state.finding.number
    if state.is_stale:
        kinds = [change.kind for change in state.changes]
        st.warning(
            _(
                "Since this was looked at: {added} passages added, {gone} gone, {changed} changed.",
                added=kinds.count("added"),
                gone=kinds.count("gone"),
                changed=kinds.count("changed"),
            )
        )
        # What changed since this was drawn, nobody looked at: the button is then another one.
        key = f"looked-{state.finding.id}-{hash(state.changes)}"
        if st.button(_("I looked again: it still holds"), key=key):
            part.look_at([number])
            notify(_("Saved."))
            st.rerun()
    _show_sentence(state)
    _show_sides(state)
    _show_proposals(state)
    _show_evidence(state)
    _show_decision(state, threshold)
    if st.button(_("Remove this finding"), key=f"remove-{state.finding.id}"):
        part.remove(number)
        notify(_("Removed; undo brings it back."))
        st.rerun()


def _show_sentence(state: FindingState) -> None:
    _ = session.words()
    labels, finding = session.labels(), state.finding
    # Drawn again after undo, and after a change in another window.
    key = f"sentence-{finding.id}-{hash((finding.text, finding.codes))}"
    with st.form(key, border=False):
        st.text_area(_("What you found, in one sentence"), finding.text, key=f"{key}-text")
        st.multiselect(
            _("The codes it is about"),
            # Retired codes too: the finding may be about one, and saving must not take it off.
            [code.path for code in session.codebook().codes],
            default=state.codes,
            format_func=lambda path: labels.get(path, path),
            placeholder=_("Choose codes"),
            key=f"{key}-codes",
        )
        st.form_submit_button(_("Save the finding"), on_click=_save, args=(state, key))


def _save(state: FindingState, key: str) -> None:
    _, finding = session.words(), state.finding
    labels = session.labels()
    form = make_form(
        _("finding {number}", number=finding.number),
        {"text": _("What you found, in one sentence"), "codes": _("The codes it is about")},
        lambda: _values(_find(finding.id)),
        lambda values: _store(finding.id, values),
        texts={"codes": lambda paths: ", ".join(labels.get(path, path) for path in paths)},
        saved=_("Saved."),
    )
    fields = {"text": typed(f"{key}-text"), "codes": tuple(st.session_state[f"{key}-codes"])}
    save_form(form, _values(state) or {}, fields)


def _find(finding_id: str) -> FindingState | None:
    states = session.project().themes.findings.report().findings
    return next((state for state in states if state.finding.id == finding_id), None)


def _values(state: FindingState | None) -> dict[str, Any] | None:
    return {"text": state.finding.text, "codes": tuple(state.codes)} if state else None


def _store(finding_id: str, values: Mapping[str, Any]) -> None:
    # By its id: the number of a finding changes where two of a blind round meet.
    state = _find(finding_id)
    if state:
        number = state.finding.number
        session.project().themes.findings.edit(number, text=values["text"], codes=values["codes"])


def _show_sides(state: FindingState) -> None:
    _ = session.words()
    finding = state.finding
    codings = {coding.id: coding for coding in session.project().codings.collect()}
    options = [key for key in state.codings if key in codings]
    names = {key: _short(quote_text(codings[key])) for key in options}
    for contrary, title in (
        (False, _("Passages that carry it")),
        (True, _("Passages that speak against it")),
    ):
        linked = finding.contrary if contrary else finding.supporting
        before = [key for key in linked if key in names]
        side = "contrary" if contrary else "supporting"
        chosen = st.multiselect(
            title,
            options,
            default=before,
            format_func=lambda key: names[key],
            placeholder=_("Choose the passages"),
            key=f"{side}-{finding.id}-{hash((finding.supporting, finding.contrary))}",
        )
        if chosen != before:
            _change_side(finding.number, before, chosen, contrary=contrary)
        if before:
            show_codings(before, f"{side}-list-{finding.id}")


def _change_side(
    number: int, before: Sequence[str], chosen: Sequence[str], *, contrary: bool
) -> None:
    project = session.project()
    with project.history.step():
        if unlinked := [key for key in before if key not in chosen]:
            project.themes.findings.unlink(number, unlinked)
        if new := [key for key in chosen if key not in before]:
            project.themes.findings.link(number, new, contrary=contrary)
    st.rerun()


def _show_proposals(state: FindingState) -> None:
    _ = session.words()
    finding = state.finding
    # Comparing the words of all passages takes a while, and is wanted now and then.
    if not st.toggle(_("Who or what may speak against it?"), key=f"against-{finding.id}"):
        return
    part = session.project().themes.findings
    proposals = part.propose_contrary(finding.number)
    if not proposals:
        st.caption(_("Nothing was found that speaks against it."))
    for place, proposal in enumerate(proposals):
        st.markdown(f"**{escape_markdown(_proposal_text(proposal))}**")
        if proposal.codings:
            key = f"proposal-{finding.id}-{place}"
            show_codings(proposal.codings, key)
            if st.button(_("Link these as speaking against it"), key=f"{key}-link"):
                part.link(finding.number, proposal.codings, contrary=True)
                st.rerun()


def _proposal_text(proposal: ContraryProposal) -> str:
    _ = session.words()
    cases = ", ".join(proposal.cases)
    if proposal.kind == "opposite":
        return _("Also say the opposite: {cases}.", cases=cases)
    if proposal.kind == "silent":
        group = attribute_value("group", proposal.group, session.language())
        return _("Asked, and never said by {group}: {cases}.", group=group, cases=cases)
    return _("Atypical wording: passages least like the others.")


def _show_evidence(state: FindingState) -> None:
    _ = session.words()
    part, finding, names = session.project().themes.findings, state.finding, RELATION_NAMES
    for place, item in enumerate(finding.evidence):
        with st.container(horizontal=True, vertical_alignment="center"):
            line = f"{item.source} ({_.translate(names[item.relation])}) {item.text}"
            st.markdown(escape_markdown(line), width="stretch")
            if st.button(_("Remove"), key=f"evidence-{finding.id}-{place}-{item.source}"):
                other_items = [other for other in finding.evidence if other != item]
                part.set_evidence(finding.number, other_items)
                st.rerun()
    with st.form(f"evidence-{finding.id}", border=False, clear_on_submit=True):
        st.markdown(_("Evidence from outside"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            source = st.text_input(
                _("A survey, a paper, data of the client"), key=f"source-{finding.id}"
            )
            text = st.text_input(_("What it says"), key=f"says-{finding.id}")
            relation = st.selectbox(
                _("It"),
                [*names],
                format_func=lambda value: _.translate(names[value]),
                key=f"relation-{finding.id}",
                width=180,
            )
            if st.form_submit_button(_("Attach")):
                new = OutsideEvidence(source, text, Relation(relation))
                part.set_evidence(finding.number, (*finding.evidence, new))
                st.rerun()


def _show_decision(state: FindingState, threshold: int) -> None:
    _ = session.words()
    if state.accepted:
        reason = escape_markdown(state.accepted)
        st.caption(_("Small counts are printed because: {reason}", reason=reason))
    elif state.risk:
        st.caption(
            _(
                "A count of fewer than {threshold} participants is left out of a document, unless "
                "you decide otherwise.",
                threshold=threshold,
            )
        )
        with st.form(f"print-{state.finding.id}", border=False):
            reason = st.text_input(
                _("Why this may be printed"), key=f"print-finding-why-{state.finding.number}"
            )
            if st.form_submit_button(_("Print it all the same")) and reason.strip():
                part = session.project().themes.findings
                part.accept_small_counts(state.finding.number, reason)
                notify(_("The decision is kept with the others on disclosure."))
                st.rerun()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"
