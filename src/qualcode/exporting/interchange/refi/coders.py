"""A project without the names of those who worked on it: ``coder A``, ``coder B``, ..."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qualcode.model import (
    Coding,
    Decision,
    Event,
    ExchangeProject,
    Memo,
    MemoTarget,
    Round,
    coder_aliases,
    without_file,
)


def without_names(project: ExchangeProject) -> ExchangeProject:
    """Return the project with each coder, author and decider under a letter.

    The consensus keeps its name. Names of files that codings came from go too: they often hold
    the name of a coder. Names inside the words of memos and reasons are not looked for.
    """
    names = coder_aliases(_people(project))

    def name(person: str) -> str:
        return names.get(person, person)

    return replace(
        project,
        coders=tuple(map(name, project.coders)),
        codings=tuple(_coding(coding, name(coding.coder)) for coding in project.codings),
        memos=tuple(_memo(memo, names) for memo in project.memos),
        rounds=tuple(_round(round_, names) for round_ in project.rounds),
        decisions=tuple(_decision(decision, name(decision.by)) for decision in project.decisions),
        events=tuple(_event(event, names) for event in project.events),
    )


def _people(project: ExchangeProject) -> list[str]:
    everyone = [
        *project.coders,
        *(name for round_ in project.rounds for name in round_.coders),
        *(coding.coder for coding in project.codings),
        *(memo.author for memo in project.memos),
        *(decision.by for decision in project.decisions),
        *(event.who for event in project.events),
    ]
    # The order decides on the letters: coders first, in the order of the project.
    return list(dict.fromkeys(everyone))


def _coding(coding: Coding, coder: str) -> Coding:
    return replace(coding, coder=coder, origin=without_file(coding.origin))


def _memo(memo: Memo, names: Mapping[str, str]) -> Memo:
    about = memo.target_kind is MemoTarget.CODER
    target = names.get(memo.target, memo.target) if about else memo.target
    return replace(memo, target=target, author=names.get(memo.author, memo.author))


def _round(round_: Round, names: Mapping[str, str]) -> Round:
    return replace(
        round_,
        coders=tuple(names.get(name, name) for name in round_.coders),
        handed_in=tuple(names.get(name, name) for name in round_.handed_in),
    )


def _decision(decision: Decision, by: str) -> Decision:
    return replace(decision, by=by)


def _event(event: Event, names: Mapping[str, str]) -> Event:
    return replace(
        event,
        who=names.get(event.who, event.who),
        target=names.get(event.target, event.target),
        before=_state(event.before, names),
        after=_state(event.after, names),
    )


def _state(state: str, names: Mapping[str, str]) -> str:
    # The state of an event is JSON in a text.
    if not state:
        return state
    return json.dumps(
        _renamed(json.loads(state), names),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        # Only a text that is a name as a whole; one within a sentence stays.
        return names.get(value, without_file(value))
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(item, names) for key, item in value.items()}
    return value
