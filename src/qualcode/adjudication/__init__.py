"""Settle disagreements: decisions become the codings of the consensus.

Says what each decision means in codings. The coders' own codings are never touched; the
consensus is a coder of its own. Finding disagreements is left to ``agreement``, keeping
decisions to the project.
"""

from qualcode.adjudication.choices import choose_coder, choose_most, swap_sides
from qualcode.adjudication.reasons import Reason, join_reason, split_reason
from qualcode.adjudication.settlement import (
    AgreedPassage,
    Settlement,
    consensus_changes,
    settle,
)
from qualcode.adjudication.summary import (
    PAUSE,
    codes_to_change,
    count_choices,
    count_reasons,
    time_spent,
)

__all__ = [
    "PAUSE",
    "AgreedPassage",
    "Reason",
    "Settlement",
    "choose_coder",
    "choose_most",
    "codes_to_change",
    "consensus_changes",
    "count_choices",
    "count_reasons",
    "join_reason",
    "settle",
    "split_reason",
    "swap_sides",
    "time_spent",
]
