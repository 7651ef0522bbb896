"""The frozen values that every step takes and gives; standard library only."""

from qualcode.model.case import Case
from qualcode.model.codebook import Code, Codebook, CodeChange, compare_codebooks
from qualcode.model.coding import CONSENSUS, Coding, Event, Memo, MemoTarget, Round
from qualcode.model.comparison import (
    Choice,
    Coefficient,
    Decision,
    Disagreement,
    DisagreementKind,
)
from qualcode.model.frozen import FrozenMap, LocalText
from qualcode.model.guide import Guide, Question
from qualcode.model.quote import Quote, QuoteSection, Reach
from qualcode.model.span import Span, trimmed
from qualcode.model.transcript import (
    Original,
    Role,
    Segment,
    SegmentKind,
    Speaker,
    Transcript,
    Turn,
    text_hash,
)

__all__ = [
    "CONSENSUS",
    "Case",
    "Choice",
    "Code",
    "CodeChange",
    "Codebook",
    "Coding",
    "Coefficient",
    "Decision",
    "Disagreement",
    "DisagreementKind",
    "Event",
    "FrozenMap",
    "Guide",
    "LocalText",
    "Memo",
    "MemoTarget",
    "Original",
    "Question",
    "Quote",
    "QuoteSection",
    "Reach",
    "Role",
    "Round",
    "Segment",
    "SegmentKind",
    "Span",
    "Speaker",
    "Transcript",
    "Turn",
    "compare_codebooks",
    "text_hash",
    "trimmed",
]
