"""Which round a new coding belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.model import Round


def round_for(rounds: Sequence[Round], coder: str, transcript: str, given: str) -> str:
    """Return the round of a coding: the one given, else the open one it belongs to, or ``""``.

    Args:
        rounds: All rounds of the project.
        coder: Who codes.
        transcript: What is coded.
        given: Name of a round; ``""`` where none was named.

    Raises:
        UnknownNameError: the coder or the transcript is not in the round given.
        UndefinedRequestError: there are several open rounds it could belong to.
    """
    if given:
        for one in rounds:
            if one.name == given:
                _refuse_outside(one, coder, transcript)
        return given
    fitting = [
        one.name
        for one in rounds
        if coder in one.coders
        and coder not in one.handed_in
        and not one.closed
        and one.covers(transcript)
    ]
    if len(fitting) > 1:
        raise UndefinedRequestError(
            f"{coder} codes '{transcript}' in several open rounds ({', '.join(fitting)}). "
            "Name one: --round NAME"
        )
    return fitting[0] if fitting else ""


def _refuse_outside(one: Round, coder: str, transcript: str) -> None:
    where = f"round '{one.name}'"
    if one.coders and coder not in one.coders:
        raise unknown_name("coder", coder, one.coders, where)
    if not one.covers(transcript):
        raise unknown_name("transcript", transcript, one.transcripts, where)
