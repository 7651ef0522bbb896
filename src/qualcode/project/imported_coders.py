"""Coders of a file that comes in, under the names that the project has for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.messages import Message
from qualcode.model import CONSENSUS, ExchangeProject, Loss, LossKind
from qualcode.model.coding import LAYERS


def with_known_coders(read: ExchangeProject, coders: Sequence[str]) -> ExchangeProject:
    """Return a project in which a coder has one name, however a program spells it.

    "Anna" of another program is "anna" of the project: capitals and spaces make no other coder.

    Args:
        read: The project that was read; its losses tell which names were read as others.
        coders: The coders of the project that it goes into.
    """
    names = {_spoken(name): name for name in reversed((CONSENSUS, *coders))}
    spellings: dict[str, str] = {}
    people = (*read.coders, *(c.coder for c in read.codings), *(m.author for m in read.memos))
    for name in dict.fromkeys(filter(str.strip, people)):
        usual = names.setdefault(_spoken(name), name)
        if usual != name:
            # A person who is called that is no consensus.
            spellings[name] = usual if usual != CONSENSUS else f"{name} (2)"
        elif _spoken(name) in LAYERS and name not in coders:
            # Nor the work of several coders.
            spellings[name] = f"{name} (2)"
    if not spellings:
        return read

    def named(name: str) -> str:
        return spellings.get(name, name)

    losses = tuple(
        Loss(
            LossKind.CHANGED,
            "coders",
            1,
            Message("'{name}' was read as '{usual}'.", name=name, usual=usual),
        )
        for name, usual in spellings.items()
    )
    return replace(
        read,
        coders=tuple(dict.fromkeys(map(named, read.coders))),
        codings=tuple(replace(c, coder=named(c.coder)) for c in read.codings),
        memos=tuple(replace(m, author=named(m.author)) for m in read.memos),
        rounds=tuple(
            replace(
                round_,
                coders=tuple(map(named, round_.coders)),
                handed_in=tuple(map(named, round_.handed_in)),
            )
            for round_ in read.rounds
        ),
        decisions=tuple(replace(d, by=named(d.by)) for d in read.decisions),
        losses=(*read.losses, *losses),
    )


def _spoken(name: str) -> str:
    return " ".join(name.casefold().split())
