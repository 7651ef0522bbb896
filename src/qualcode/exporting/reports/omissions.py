"""The sentence on the codings that a figure leaves out: on the screen and first in each report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from qualcode.exporting.document.table import Table, heading, text_table
from qualcode.messages import Message
from qualcode.model import Omission, OmissionReason

_REASONS: Mapping[OmissionReason, Callable[[int], Message]] = {
    OmissionReason.INTERVIEWER: lambda count: Message.counted(
        "{count} on words of an interviewer",
        "{count} on words of interviewers",
        count,
    ),
    OmissionReason.OTHER: lambda count: Message.counted(
        "{count} on words of somebody who is no respondent",
        "{count} on words of people who are no respondents",
        count,
    ),
    OmissionReason.UNCONFIRMED: lambda count: Message.counted(
        "{count} on words of a speaker whose role nobody confirmed",
        "{count} on words of speakers whose role nobody confirmed",
        count,
    ),
    OmissionReason.DOCUMENT: lambda count: Message.counted(
        "{count} in a document of nobody who takes part",
        "{count} in documents of nobody who takes part",
        count,
    ),
    OmissionReason.ANSWER: lambda count: Message.counted(
        "{count} in an answer of which nobody said whose it is",
        "{count} in answers of which nobody said whose they are",
        count,
    ),
    OmissionReason.UNKNOWN: lambda count: Message.counted(
        "{count} on words of a speaker of whom it is not known who it is",
        "{count} on words of speakers of whom it is not known who they are",
        count,
    ),
}


def describe_omissions(
    codings: int,
    omissions: Sequence[Omission],
    *,
    of_units: bool = False,
    with_speakers: bool = False,
) -> tuple[Message, ...]:
    """Return how many codings are left out and why, as one sentence; nothing if all count.

    Args:
        codings: The number of all codings; 0 to say nothing of it.
        omissions: Those that are left out, by the reason.
        of_units: Whether units are compared, in which they lie not; else people are counted.
        with_speakers: Whether to name the labels of the speakers, for the screen.
    """
    if not omissions:
        return ()
    count = sum(omission.codings for omission in omissions)
    parts = tuple(_parts(omissions, with_speakers=with_speakers))
    if of_units:
        return (
            Message.counted(
                "{count} of {total} codings is left out: {parts}.",
                "{count} of {total} codings are left out: {parts}.",
                count,
                total=codings,
                parts=parts,
            ),
        )
    if not codings:
        return (
            Message.counted(
                "{count} coding counts for no person, in whole or in part: {parts}.",
                "{count} codings count for no person, in whole or in part: {parts}.",
                count,
                parts=parts,
            ),
        )
    return (
        Message.counted(
            "{count} of {total} codings counts for no person, in whole or in part: {parts}.",
            "{count} of {total} codings count for no person, in whole or in part: {parts}.",
            count,
            total=codings,
            parts=parts,
        ),
    )


def omission_tables(
    codings: int, omissions: Sequence[Omission], *, of_units: bool = False
) -> tuple[Table[str], ...]:
    """Return the same as the first sheet of a workbook; none if all codings count."""
    sentences = describe_omissions(codings, omissions, of_units=of_units)
    if not sentences:
        return ()
    return (text_table(Message("Not counted"), heading("description"), sentences),)


def _parts(omissions: Sequence[Omission], *, with_speakers: bool) -> Iterator[Message]:
    for omission in omissions:
        part = _REASONS[omission.reason](omission.codings)
        if with_speakers and omission.speakers:
            part = Message("{part} ({speakers})", part=part, speakers=", ".join(omission.speakers))
        yield part
