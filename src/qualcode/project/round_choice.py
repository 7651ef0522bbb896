"""Which round a new coding belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import Round


def choose_round(rounds: Sequence[Round], coder: str, transcript: str, name: str) -> str:
    """Return the round of a coding: the one named, else the open one it belongs to, or ``""``.

    Args:
        rounds: All rounds of the project.
        coder: Who codes.
        transcript: What is coded.
        name: Name of a round; ``""`` where none was named.

    Raises:
        UnknownNameError: the coder or the transcript is not in the round named.
        UndefinedRequestError: there are several open rounds it could belong to.
    """
    if name:
        for round_ in rounds:
            # A name that no round has is refused by the store, with the names that exist.
            if round_.name == name:
                _refuse_outside(round_, coder, transcript)
        return name
    fitting = [
        round_.name
        for round_ in rounds
        if coder in round_.coders
        and coder not in round_.handed_in
        and not round_.closed
        and round_.covers(transcript)
    ]
    if len(fitting) > 1:
        raise UndefinedRequestError(
            Message(
                "{coder} codes '{transcript}' in several open rounds ({fitting}). Name one: "
                "--round NAME",
                coder=coder,
                transcript=transcript,
                fitting=", ".join(fitting),
            )
        )
    return fitting[0] if fitting else ""


def _refuse_outside(round_: Round, coder: str, transcript: str) -> None:
    where = Message("round '{name}'", name=round_.name)
    if round_.coders and coder not in round_.coders:
        raise unknown_name("coder", coder, round_.coders, where)
    if not round_.covers(transcript):
        raise unknown_name("transcript", transcript, round_.transcripts, where)
