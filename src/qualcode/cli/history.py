"""The command ``history``: what was changed, in sentences, a line for each step."""

from __future__ import annotations

import json as json_format
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.output import print_json, print_table
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project

if TYPE_CHECKING:
    from qualcode.model import Event

_LONGEST = 60
_SETTINGS = {
    "speakers_confirmed": "confirmed who the speakers are",
    "imported_history": "kept the history of what was imported",
    "known_names": "changed the list of known names",
    "disclosure": "changed the limits for printing quotes",
}
_ROUTINE = (
    frozenset({"segments.replace"}),
    frozenset({"transcript.add", "roles.set", "setting.set"}),
)


def history(
    limit: Annotated[
        int, typer.Option(help="How many of the newest steps; with --json, of changes.")
    ] = 30,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show who changed what, newest last."""
    with open_project(project, coder) as work:
        events = work.history.events(coder=coder or None, limit=limit if json else None)
    if json:
        print_json(events)
        return
    steps = _steps(events)[-limit:] if limit > 0 else []
    rows = [
        (
            f"{one[0].at.astimezone():%Y-%m-%d %H:%M}",
            one[0].who or "-",
            told(one),
            "undone" if all(event.undone for event in one) else "",
        )
        for one in steps
    ]
    print_table(("at", "who", "what", ""), rows)


def _steps(events: Iterable[Event]) -> list[list[Event]]:
    """Return the events of each step; steps of routine work that follow each other are one."""
    steps = [list(step) for _, step in groupby(events, key=lambda event: event.step)]
    joined: list[list[Event]] = []
    for step in steps:
        if joined and _routine(step) is not None and _routine(step) == _routine(joined[-1]):
            joined[-1] += step
        else:
            joined.append(step)
    return joined


def _routine(step: Sequence[Event]) -> tuple[object, ...] | None:
    """Return what a step of routine work has in common with those it is told with."""
    actions = {event.action for event in step}
    kind = next((one for one in _ROUTINE if actions <= one), None)
    return None if kind is None else (kind, step[0].who, step[0].undone)


def told(step: Sequence[Event]) -> str:
    """Return what was done in a step, as one sentence."""
    by_action: dict[str, list[Event]] = {}
    for event in step:
        by_action.setdefault(event.action, []).append(event)
    if len(by_action) > 1:
        # said by what they came with
        by_action.pop("coder.add", None)
        by_action.pop("memo_target.set", None)
        if "roles.set" in by_action:
            by_action.pop("setting.set", None)
    parts = [_TELLERS.get(action, _unknown)(events) for action, events in by_action.items()]
    return "; ".join(dict.fromkeys(parts))


def _state(event: Event) -> Mapping[str, Any]:
    found = json_format.loads(event.after or event.before or "{}")
    return found if isinstance(found, Mapping) else {}


def _names(events: Sequence[Event]) -> str:
    names = list(dict.fromkeys(event.target for event in events))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _of_names(verb: str, one: str, many: str) -> Callable[[Sequence[Event]], str]:
    def tell(events: Sequence[Event]) -> str:
        count = len({event.target for event in events})
        what = one if count == 1 else f"{count} {many}"
        return f"{verb} {what} {_names(events)}"

    return tell


def _short(text: object) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def _codings(verb: str) -> Callable[[Sequence[Event]], str]:
    def tell(events: Sequence[Event]) -> str:
        states = [_state(event) for event in events]
        where = list(dict.fromkeys(str(state.get("transcript", "")) for state in states))
        coders = dict.fromkeys(str(state.get("coder", "")) for state in states)
        by = "" if coders.keys() == {events[0].who} else f" by {', '.join(sorted(coders))}"
        if len(events) == 1:
            quote = _short(states[0].get("quote", ""))
            return f"{verb} {states[0].get('code', 'a code')}{by}: “{quote}” ({where[0]})"
        shown = ", ".join(where[:3]) + (f" and {len(where) - 3} more" if len(where) > 3 else "")
        return f"{verb} {len(events)} codings{by} in {shown}"

    return tell


def _codebook(events: Sequence[Event]) -> str:
    state = _state(events[-1])
    return f"codebook version {events[-1].target}: {state.get('note') or 'changed'}"


def _memos(verb: str) -> Callable[[Sequence[Event]], str]:
    def tell(events: Sequence[Event]) -> str:
        if len(events) > 1:
            return f"{verb} {len(events)} memos"
        return f"{verb} a memo: {_short(_state(events[0]).get('text', ''))}"

    return tell


def _decisions(events: Sequence[Event]) -> str:
    state = _state(events[0])
    reason = f" ({state['reason']})" if len(events) == 1 and state.get("reason") else ""
    return f"settled {_counted(len(events), 'disagreement')}{reason}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}s" if count != 1 else f"a {what}"


def _chosen(events: Sequence[Event]) -> str:
    verb = "chose" if events[0].after == "true" else "changed the choice of"
    return f"{verb} {_counted(len(events), 'quote')}"


def _segments(events: Sequence[Event]) -> str:
    count = len({event.target for event in events})
    what = "interviews" if count != 1 else "interview"
    return f"cut {count} {what} into turns, sentences, paragraphs and answers"


def _settings(events: Sequence[Event]) -> str:
    said = (_SETTINGS.get(e.target, f"changed the setting '{e.target}'") for e in events)
    return "; ".join(dict.fromkeys(said))


def _round(verb: str) -> Callable[[Sequence[Event]], str]:
    def tell(events: Sequence[Event]) -> str:
        coders = ", ".join(str(_state(event).get("coder", "")) for event in events)
        reason = _state(events[0]).get("reason", "")
        why = f": {_short(reason)}" if reason else ""
        return f"{verb} round {_names(events)} ({coders}){why}"

    return tell


def _unknown(events: Sequence[Event]) -> str:
    return f"{events[0].action} {_names(events)}".strip()


_TELLERS: Mapping[str, Callable[[Sequence[Event]], str]] = {
    "project.create": lambda events: f"made the project {_names(events)}",
    "project.pseudonymize": lambda _: "replaced names by pseudonyms",
    "transcript.add": _of_names("imported", "interview", "interviews:"),
    "transcript.remove": _of_names("removed", "interview", "interviews:"),
    "roles.set": _of_names("set the speakers of", "interview", "interviews:"),
    "segments.replace": _segments,
    "setting.set": _settings,
    "case.put": _of_names("saved", "respondent", "respondents:"),
    "guide.put": _of_names("saved", "topic guide", "topic guides:"),
    "round.put": _of_names("saved", "round", "rounds:"),
    "coder.add": _of_names("added", "coder", "coders:"),
    "hand_in.add": _round("handed in"),
    "hand_in.reopen": _round("opened again"),
    "codebook.change": _codebook,
    "coding.add": _codings("added"),
    "coding.withdraw": _codings("withdrew"),
    "memo.add": _memos("wrote"),
    "memo.withdraw": _memos("withdrew"),
    "memo_target.set": lambda events: f"moved {_counted(len(events), 'memo')} with the passage",
    "decision.add": _decisions,
    "chosen.set": _chosen,
    "excerpt.set": lambda events: f"shortened {_counted(len(events), 'quote')}",
    "undo": lambda _: "undid the step before",
    "redo": lambda _: "did again what was undone",
}
