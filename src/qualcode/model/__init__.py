"""The frozen values that every step takes and gives; standard library only."""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.model.agreement_contrast import AgreementContrast, ContrastRow
    from qualcode.model.agreement_plan import (
        AgreementPlan,
        AssumedNeed,
        CodeNeed,
        SampleAdvice,
        UnitChoice,
    )
    from qualcode.model.agreement_report import (
        AgreementReport,
        CodeAgreement,
        CountColumn,
        FigureColumn,
        PassageFigure,
        UnitFigure,
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
        in_order,
        transcript_aliases,
        without_file,
    )
    from qualcode.model.attribute import (
        Attribute,
        AttributeType,
        guess_attribute,
        parse_number,
    )
    from qualcode.model.case import Case, Participation
    from qualcode.model.codebook import Code, Codebook, CodeChange, compare_codebooks
    from qualcode.model.coding import (
        CONSENSUS,
        UNION,
        Coding,
        CodingRow,
        Event,
        Memo,
        MemoTarget,
        Round,
    )
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
    from qualcode.model.edit_conflicts import FieldConflict, merge_fields, merge_values
    from qualcode.model.exchange import (
        Convention,
        ExchangeProject,
        ExchangeSet,
        ExchangeSource,
        Loss,
        LossKind,
    )
    from qualcode.model.figure import Figure, FigureKind, FigureMark, LevelCode, LevelPlan, MapCode
    from qualcode.model.frozen import FrozenMap, LocalText
    from qualcode.model.groups import GROUP_LABELS, GROUP_NAMES
    from qualcode.model.guidance import (
        CodeTrust,
        Doubt,
        MissedCode,
        MissedReport,
        NextInterview,
        NextPassage,
        TrustReport,
    )
    from qualcode.model.guide import Guide, Question
    from qualcode.model.language_model import (
        AskingReport,
        LanguageModel,
        ModelUse,
        ServerProtocol,
    )
    from qualcode.model.languages import LANGUAGE_NAMES, language_name
    from qualcode.model.matrix import Cell, CrossTable
    from qualcode.model.omission import Omission, OmissionReason
    from qualcode.model.provenance import Provenance
    from qualcode.model.quote import (
        DialogueLine,
        Quote,
        QuoteFilter,
        QuoteReport,
        QuoteSection,
        Reach,
    )
    from qualcode.model.saturation import (
        Saturation,
        SaturationFinding,
        SaturationRun,
        SaturationSpread,
    )
    from qualcode.model.search import CodeCandidate, Hit, HitUnit, SavedSearch, SearchMode
    from qualcode.model.span import Span, trimmed
    from qualcode.model.speaker_names import is_uncertain_label
    from qualcode.model.suggestion import Band, Exposure, Reason, Rejection, Suggestion
    from qualcode.model.suggestion_report import (
        CodeAdvice,
        CodeScore,
        LearningPoint,
        ReliabilityBin,
        SentenceScore,
        SuggesterScore,
        SuggestionReport,
        TermCount,
    )
    from qualcode.model.team import Person, Right, Team, TeamRole
    from qualcode.model.theme import (
        AttributeReach,
        CodePair,
        CodeSummary,
        Contrast,
        DeviantCase,
        DistinctiveWord,
        Passage,
        ThemeSummary,
        WaveChange,
    )
    from qualcode.model.theme_report import NumberSummary, SampleCount, ThemeReport
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
    "LANGUAGE_NAMES",
    "UNION",
    "AgreedCoding",
    "AgreementContrast",
    "AgreementMoment",
    "AgreementPlan",
    "AgreementReport",
    "AgreementStudy",
    "AgreementUnit",
    "AskingReport",
    "AssumedNeed",
    "Attribute",
    "AttributeCount",
    "AttributeReach",
    "AttributeType",
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
    "CodeNeed",
    "CodePair",
    "CodeScore",
    "CodeSummary",
    "CodeTrust",
    "Codebook",
    "Coding",
    "CodingRow",
    "Coefficient",
    "Confusion",
    "Contrast",
    "ContrastRow",
    "Convention",
    "CountColumn",
    "CountInWords",
    "CountWords",
    "Coverage",
    "CrossTable",
    "Decision",
    "DeviantCase",
    "DialogueLine",
    "Disagreement",
    "DisagreementKind",
    "DistinctiveWord",
    "Doubt",
    "Event",
    "ExchangeProject",
    "ExchangeSet",
    "ExchangeSource",
    "ExposedAgreement",
    "Exposure",
    "FieldConflict",
    "Figure",
    "FigureColumn",
    "FigureKind",
    "FigureMark",
    "FrozenMap",
    "GroupAgreement",
    "Guide",
    "Hit",
    "HitUnit",
    "LanguageModel",
    "Leak",
    "LearningPoint",
    "LevelCode",
    "LevelPlan",
    "LocalText",
    "Loss",
    "LossKind",
    "MapCode",
    "Memo",
    "MemoTarget",
    "Merge",
    "MissedCode",
    "MissedReport",
    "ModelUse",
    "NextInterview",
    "NextPassage",
    "NumberSummary",
    "Omission",
    "OmissionReason",
    "Original",
    "Participation",
    "Passage",
    "PassageFigure",
    "Person",
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
    "Right",
    "Role",
    "Round",
    "SampleAdvice",
    "SampleCount",
    "Saturation",
    "SaturationFinding",
    "SaturationRun",
    "SaturationSpread",
    "SavedSearch",
    "SearchMode",
    "Segment",
    "SegmentKind",
    "SentenceScore",
    "ServerProtocol",
    "Span",
    "Speaker",
    "SuggesterScore",
    "Suggestion",
    "SuggestionReport",
    "Team",
    "TeamRole",
    "TermCount",
    "ThemeReport",
    "ThemeSummary",
    "Transcript",
    "TrustReport",
    "Turn",
    "TypeGroup",
    "Typology",
    "UnitChoice",
    "UnitCodings",
    "UnitFigure",
    "WaveChange",
    "WordsCoverage",
    "apply_aliases",
    "coder_aliases",
    "compare_codebooks",
    "guess_attribute",
    "in_order",
    "is_uncertain_label",
    "language_name",
    "merge_fields",
    "merge_values",
    "parse_number",
    "text_hash",
    "transcript_aliases",
    "trimmed",
    "without_file",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
