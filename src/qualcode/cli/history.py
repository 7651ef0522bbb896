"""The command ``history``: the changes of the project in sentences, one line for each step."""

from __future__ import annotations

import json as json_format
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.language import list_once
from qualcode.cli.output import heading, print_json, print_table
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Event

LONGEST_TEXT = 60
"""Characters of a quote or memo that fit on a line."""

_SETTINGS = {
    "speakers_confirmed": Message("confirmed the roles of the speakers"),
    "languages_confirmed": Message("confirmed the languages of the interviews"),
    "imported_history": Message("kept the history of an imported project"),
    "team": Message("changed the list of people"),
    "imports": Message("kept what an import took over"),
    "known_names": Message("changed the list of known names"),
    "disclosure": Message("changed the measures for printing quotes"),
}

# An import or a segmentation is a step for each interview. Without joining them, twenty interviews
# would fill the whole list.
_ROUTINE = (
    frozenset({"segments.replace"}),
    frozenset({"transcript.add", "roles.set", "language.set", "setting.set", "confirmation.set"}),
)


def history(
    limit: Annotated[
        int, typer.Option(help="Number of steps, the newest ones; with --json, number of changes.")
    ] = 30,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the changes and who made them, the newest last."""
    with open_project(project, coder) as work:
        # A step has several events, so the limit can only be applied to steps after grouping.
        events = work.history.events(coder=coder or None, limit=limit if json else None)
    if json:
        print_json(events)
        return
    steps = _steps(events)[-limit:] if limit > 0 else []
    rows = [
        (
            f"{step[0].at.astimezone():%Y-%m-%d %H:%M}",
            step[0].who or "-",
            describe_step(step),
            Message("undone") if all(event.undone for event in step) else "",
        )
        for step in steps
    ]
    print_table((heading("time"), heading("who"), heading("change"), ""), rows)


def _steps(events: Iterable[Event]) -> list[list[Event]]:
    """Return the events of each step; routine steps in a row are joined."""
    steps = [list(step) for _, step in groupby(events, key=lambda event: event.step)]
    joined: list[list[Event]] = []
    for step in steps:
        if joined and _routine(step) is not None and _routine(step) == _routine(joined[-1]):
            joined[-1] += step
        else:
            joined.append(step)
    return joined


def _routine(step: Sequence[Event]) -> tuple[object, ...] | None:
    """Return what routine steps must share to be joined; None for any other step."""
    actions = {event.action for event in step}
    kind = next((routine for routine in _ROUTINE if actions <= routine), None)
    return None if kind is None else (kind, step[0].who, step[0].undone)


def describe_step(step: Sequence[Event]) -> str:
    """Return the changes of a step as one sentence."""
    by_action: dict[str, list[Event]] = {}
    # One step may hold many events of an action; together they are one part of the sentence.
    for event in step:
        by_action.setdefault(event.action, []).append(event)
    if len(by_action) > 1:
        # These come with every first coding and every import: the other change explains them.
        by_action.pop("coder.add", None)
        by_action.pop("memo_target.set", None)
        if by_action.keys() & {"roles.set", "language.set"}:
            by_action.pop("setting.set", None)
    return list_once(
        _DESCRIPTIONS.get(action, _describe_unknown)(events) for action, events in by_action.items()
    )


def _state(event: Event) -> Mapping[str, Any]:
    # After a withdrawal there is no state left: the state before it says what was withdrawn.
    state = json_format.loads(event.after or event.before or "{}")
    return state if isinstance(state, Mapping) else {}


def _names(events: Sequence[Event]) -> str:
    return _first_three(list(dict.fromkeys(event.target for event in events)))


def _first_three(names: Sequence[str]) -> str:
    text = ", ".join(names[:3])
    if len(names) <= 3:
        return text
    return Message("{names} and {count} more", names=text, count=len(names) - 3)


def _number(events: Sequence[Event]) -> int:
    return len({event.target for event in events})


def _short(text: object) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= LONGEST_TEXT else words[:LONGEST_TEXT] + "…"


def _coding_values(events: Sequence[Event]) -> dict[str, object]:
    """Return the values of a sentence about codings: code, coders, quote, transcripts."""
    states = [_state(event) for event in events]
    transcripts = list(dict.fromkeys(str(state.get("transcript", "")) for state in states))
    coders = dict.fromkeys(str(state.get("coder", "")) for state in states)
    # Another column names the person of the change; name coders here only if they are others.
    is_own = coders.keys() == {events[0].who}
    return {
        "code": states[0].get("code") or Message("a code"),
        "by": "" if is_own else Message(" by {people}", people=sorted(coders)),
        "quote": _short(states[0].get("quote", "")),
        "transcripts": _first_three(transcripts),
        "count": len(events),
    }


def _describe_added_codings(events: Sequence[Event]) -> Message:
    values = _coding_values(events)
    if len(events) == 1:
        return Message("added {code}{by}: “{quote}” ({transcripts})", **values)
    return Message("added {count} codings{by} in {transcripts}", **values)


def _describe_withdrawn_codings(events: Sequence[Event]) -> Message:
    values = _coding_values(events)
    if len(events) == 1:
        return Message("withdrew {code}{by}: “{quote}” ({transcripts})", **values)
    return Message("withdrew {count} codings{by} in {transcripts}", **values)


def _describe_codebook(events: Sequence[Event]) -> Message:
    return Message(
        "codebook version {version}: {note}",
        version=events[-1].target,
        note=events[-1].note or _state(events[-1]).get("note") or Message("changed"),
    )


def _describe_memos(events: Sequence[Event]) -> Message:
    text = _short(_state(events[0]).get("text", ""))
    return Message.counted("wrote a memo: {text}", "wrote {count} memos", len(events), text=text)


def _describe_withdrawn_memos(events: Sequence[Event]) -> Message:
    text = _short(_state(events[0]).get("text", ""))
    return Message.counted(
        "withdrew a memo: {text}", "withdrew {count} memos", len(events), text=text
    )


def _describe_decisions(events: Sequence[Event]) -> Message:
    reason = _state(events[0]).get("reason")
    return Message.counted(
        "resolved a disagreement{reason}",
        "resolved {count} disagreements",
        len(events),
        reason=f" ({reason})" if reason else "",
    )


def _describe_choice(events: Sequence[Event]) -> Message:
    # Events keep every state as JSON text, so a choice is the word and not a truth value.
    if events[0].after == "true":
        return Message.counted("chose a quote", "chose {count} quotes", len(events))
    return Message.counted(
        "changed the choice of a quote", "changed the choice of {count} quotes", len(events)
    )


def _describe_design(events: Sequence[Event]) -> Message:
    from qualcode.model.design_keys import FINDING, RECOMMENDATION, SUMMARY

    target = events[0].target
    if target.startswith(SUMMARY):
        return Message.counted(
            "wrote a summary of the framework matrix",
            "wrote {count} summaries of the framework matrix",
            len(events),
        )
    if target.startswith((FINDING, RECOMMENDATION)):
        return Message("wrote a finding or recommendation")
    return Message("changed the design of figures or types")


def _describe_settings(events: Sequence[Event]) -> str:
    return list_once(
        _SETTINGS.get(event.target, Message("changed the setting '{name}'", name=event.target))
        for event in events
    )


def _round_values(events: Sequence[Event]) -> dict[str, object]:
    reason = _state(events[0]).get("reason", "")
    return {
        "name": _names(events),
        "coders": ", ".join(str(_state(event).get("coder", "")) for event in events),
        "reason": f": {_short(reason)}" if reason else "",
    }


def _describe_unknown(events: Sequence[Event]) -> str:
    return f"{events[0].action} {_names(events)}".strip()


_DESCRIPTIONS: Mapping[str, Callable[[Sequence[Event]], str]] = {
    "project.create": lambda events: Message("made the project {name}", name=_names(events)),
    "project.rescue": lambda _: Message("saved what was whole in a damaged file"),
    "project.pseudonymize": lambda _: Message("replaced names by pseudonyms"),
    "participant.withdraw": lambda _: Message("erased a participant who withdrew"),
    "transcript.add": lambda events: Message.counted(
        "imported interview {names}",
        "imported {count} interviews: {names}",
        _number(events),
        names=_names(events),
    ),
    "transcript.remove": lambda events: Message.counted(
        "removed interview {names}",
        "removed {count} interviews: {names}",
        _number(events),
        names=_names(events),
    ),
    "text.rename": lambda events: Message("renamed an interview: {names}", names=_names(events)),
    "text.replace": lambda events: Message("corrected the text of {names}", names=_names(events)),
    "text.forget": lambda events: Message(
        "removed the earlier texts of {names}", names=_names(events)
    ),
    "text.confirm": lambda _: Message("confirmed codings after a correction"),
    "attributes.set": lambda events: Message.counted(
        "set the attributes of interview {names}",
        "set the attributes of {count} interviews: {names}",
        _number(events),
        names=_names(events),
    ),
    "confirmation.set": lambda _: Message("confirmed the roles of the speakers"),
    "roles.set": lambda events: Message.counted(
        "set the speakers of interview {names}",
        "set the speakers of {count} interviews: {names}",
        _number(events),
        names=_names(events),
    ),
    "language.set": lambda events: Message.counted(
        "set the language of interview {names}",
        "set the language of {count} interviews: {names}",
        _number(events),
        names=_names(events),
    ),
    "segments.replace": lambda events: Message.counted(
        "divided {count} interview into turns, sentences, paragraphs and answers",
        "divided {count} interviews into turns, sentences, paragraphs and answers",
        _number(events),
    ),
    "setting.set": _describe_settings,
    "case.put": lambda events: Message.counted(
        "saved respondent {names}",
        "saved {count} respondents: {names}",
        _number(events),
        names=_names(events),
    ),
    "guide.put": lambda events: Message.counted(
        "saved topic guide {names}",
        "saved {count} topic guides: {names}",
        _number(events),
        names=_names(events),
    ),
    "round.put": lambda events: Message.counted(
        "saved round {names}",
        "saved {count} rounds: {names}",
        _number(events),
        names=_names(events),
    ),
    "coder.add": lambda events: Message.counted(
        "added coder {names}",
        "added {count} coders: {names}",
        _number(events),
        names=_names(events),
    ),
    "hand_in.add": lambda events: Message(
        "handed in round {name} ({coders}){reason}", **_round_values(events)
    ),
    "hand_in.reopen": lambda events: Message(
        "reopened round {name} ({coders}){reason}", **_round_values(events)
    ),
    "codebook.change": _describe_codebook,
    "coding.add": _describe_added_codings,
    "coding.withdraw": _describe_withdrawn_codings,
    "memo.add": _describe_memos,
    "memo.withdraw": _describe_withdrawn_memos,
    "memo_target.set": lambda events: Message.counted(
        "moved {count} memo with its passage",
        "moved {count} memos with their passages",
        len(events),
    ),
    "decision.add": _describe_decisions,
    "chosen.set": _describe_choice,
    "excerpt.set": lambda events: Message.counted(
        "shortened a quote", "shortened {count} quotes", len(events)
    ),
    "design.set": _describe_design,
    "undo": lambda _: Message("undid the step before"),
    "redo": lambda _: Message("did the undone step again"),
}
