"""The frozen values that every step takes and gives; standard library only."""

from qualcode.model.agreement_report import (
    AgreementReport,
    CodeAgreement,
    CountColumn,
    FigureColumn,
    PassageFigure,
)
from qualcode.model.agreement_study import (
    AgreementMoment,
    AgreementStudy,
    ExposedAgreement,
    GroupAgreement,
    ProgramFigure,
)
from qualcode.model.aliases import (
    apply_aliases,
    coder_aliases,
    transcript_aliases,
    without_file,
)
from qualcode.model.case import Case
from qualcode.model.codebook import Code, Codebook, CodeChange, compare_codebooks
from qualcode.model.coding import CONSENSUS, Coding, CodingRow, Event, Memo, MemoTarget, Round
from qualcode.model.comparison import AgreementUnit, Coefficient
from qualcode.model.count_words import CountInWords, CountWords
from qualcode.model.coverage import Coverage, QuestionCoverage, WordsCoverage
from qualcode.model.disagreement import (
    AgreedCoding,
    Choice,
    Confusion,
    Decision,
    Disagreement,
    DisagreementKind,
    Leak,
    UnitCodings,
)
from qualcode.model.exchange import (
    Convention,
    ExchangeProject,
    ExchangeSet,
    ExchangeSource,
    Loss,
    LossKind,
)
from qualcode.model.frozen import FrozenMap, LocalText
from qualcode.model.groups import GROUP_LABELS, GROUP_NAMES
from qualcode.model.guide import Guide, Question
from qualcode.model.matrix import Cell, CrossTable
from qualcode.model.provenance import Provenance
from qualcode.model.quote import Quote, QuoteFilter, QuoteReport, QuoteSection, Reach
from qualcode.model.saturation import (
    Saturation,
    SaturationFinding,
    SaturationRun,
    SaturationSpread,
)
from qualcode.model.search import CodeCandidate, Hit
from qualcode.model.span import Span, trimmed
from qualcode.model.suggestion import Band, Exposure, Reason, Rejection, Suggestion
from qualcode.model.suggestion_report import (
    CodeAdvice,
    CodeScore,
    ReliabilityBin,
    SuggesterScore,
    SuggestionReport,
    TermCount,
)
from qualcode.model.theme import (
    AttributeReach,
    CodePair,
    CodeSummary,
    Contrast,
    DeviantCase,
    DistinctiveWord,
    Passage,
    ThemeSummary,
)
from qualcode.model.theme_report import SampleCount, ThemeReport
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
from qualcode.model.typology import AttributeCount, CodeCount, Merge, TypeGroup, Typology

__all__ = [
    "CONSENSUS",
    "GROUP_LABELS",
    "GROUP_NAMES",
    "AgreedCoding",
    "AgreementMoment",
    "AgreementReport",
    "AgreementStudy",
    "AgreementUnit",
    "AttributeCount",
    "AttributeReach",
    "Band",
    "Case",
    "Cell",
    "Choice",
    "Code",
    "CodeAdvice",
    "CodeAgreement",
    "CodeCandidate",
    "CodeChange",
    "CodeCount",
    "CodePair",
    "CodeScore",
    "CodeSummary",
    "Codebook",
    "Coding",
    "CodingRow",
    "Coefficient",
    "Confusion",
    "Contrast",
    "Convention",
    "CountColumn",
    "CountInWords",
    "CountWords",
    "Coverage",
    "CrossTable",
    "Decision",
    "DeviantCase",
    "Disagreement",
    "DisagreementKind",
    "DistinctiveWord",
    "Event",
    "ExchangeProject",
    "ExchangeSet",
    "ExchangeSource",
    "ExposedAgreement",
    "Exposure",
    "FigureColumn",
    "FrozenMap",
    "GroupAgreement",
    "Guide",
    "Hit",
    "Leak",
    "LocalText",
    "Loss",
    "LossKind",
    "Memo",
    "MemoTarget",
    "Merge",
    "Original",
    "Passage",
    "PassageFigure",
    "ProgramFigure",
    "Provenance",
    "Question",
    "QuestionCoverage",
    "Quote",
    "QuoteFilter",
    "QuoteReport",
    "QuoteSection",
    "Reach",
    "Reason",
    "Rejection",
    "ReliabilityBin",
    "Role",
    "Round",
    "SampleCount",
    "Saturation",
    "SaturationFinding",
    "SaturationRun",
    "SaturationSpread",
    "Segment",
    "SegmentKind",
    "Span",
    "Speaker",
    "SuggesterScore",
    "Suggestion",
    "SuggestionReport",
    "TermCount",
    "ThemeReport",
    "ThemeSummary",
    "Transcript",
    "Turn",
    "TypeGroup",
    "Typology",
    "UnitCodings",
    "WordsCoverage",
    "apply_aliases",
    "coder_aliases",
    "compare_codebooks",
    "text_hash",
    "transcript_aliases",
    "trimmed",
    "without_file",
]
