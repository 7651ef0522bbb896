"""What the commands for reports say of them: reach, and disagreements that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.cli.language import translate
from qualcode.cli.output import print_message
from qualcode.messages import Message, shell_word

if TYPE_CHECKING:
    from qualcode.model import Provenance, Reach


def print_open_disagreements(provenance: Provenance | None) -> None:
    """Print how many disagreements of two coders are not resolved, and so not in the report."""
    if provenance and provenance.consensus and provenance.unsettled:
        first, second = provenance.pair
        label = translate(Message.within("label", "note"))
        sentence = Message.counted(
            "{count} disagreement between {first} and {second} is not resolved. The consensus "
            "lacks its passage, so these results lack it too. To resolve it: "
            "qualcode adjudicate --coders {coders}",
            "{count} disagreements between {first} and {second} are not resolved. The consensus "
            "lacks their passages, so these results lack them too. To resolve them: "
            "qualcode adjudicate --coders {coders}",
            provenance.unsettled,
            first=first,
            second=second,
            coders=shell_word(f"{first},{second}"),
        )
        print_message(f"{label}  {translate(sentence)}")


def describe_reach(reach: Reach) -> Message:
    """Return how many cases have a code, of how many who were asked about it."""
    # A group that was not asked about a code has no share: zero would say that nobody raised it.
    if reach.of is None:
        return Message("not asked")
    if not reach.of and reach.unknown_cases:
        return Message("not attributable")
    return Message("{cases} of {asked}", cases=reach.hidden or reach.cases, asked=reach.printed_of)
