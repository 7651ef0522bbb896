"""The reporting standards that a project can be held against, with their sources."""

from __future__ import annotations

from types import MappingProxyType

from qualcode.exporting.reports import bibliography
from qualcode.messages import Message
from qualcode.model.checklist import ChecklistKind
from qualcode.project.coreq_items import COREQ
from qualcode.project.item_plans import StandardPlan
from qualcode.project.jars_qual_items import JARS
from qualcode.project.rtarg_items import RTARG
from qualcode.project.srqr_items import SRQR

_IN_OWN_WORDS = Message(
    "The items are in words of this program. Read the standard itself, and give the page of your "
    "paper for each item."
)
_BY_PARTS = Message(
    "The items are in words of this program, by the parts of a report; the numbers are places in "
    "this list. Read the standard itself."
)
_NOT_A_TEST = Message(
    "Guidelines to think with, not a list to tick off: its makers want choices explained. The "
    "items are in words of this program, by the parts of a report; read the guidelines themselves."
)

STANDARDS = MappingProxyType(
    {
        ChecklistKind.COREQ: StandardPlan(
            "COREQ",
            bibliography.COREQ,
            _IN_OWN_WORDS,
            COREQ,
        ),
        ChecklistKind.SRQR: StandardPlan(
            "SRQR",
            bibliography.SRQR,
            _IN_OWN_WORDS,
            SRQR,
        ),
        ChecklistKind.JARS_QUAL: StandardPlan(
            "JARS-Qual",
            bibliography.JARS_QUAL,
            _BY_PARTS,
            JARS,
        ),
        ChecklistKind.RTARG: StandardPlan(
            "RTARG",
            bibliography.RTARG,
            _NOT_A_TEST,
            RTARG,
        ),
    }
)
"""The standards that can be filled in."""
