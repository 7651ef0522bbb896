"""Values to write: quotes, a theme report and an agreement report with every kind of part."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from qualcode.agreement.report_columns import report_columns
from qualcode.messages import Message
from qualcode.model import (
    AgreementReport,
    AttributeCount,
    AttributeReach,
    Cell,
    CodeAgreement,
    CodeCount,
    CodePair,
    CodeSummary,
    Coefficient,
    Contrast,
    CountInWords,
    Coverage,
    CrossTable,
    DeviantCase,
    DistinctiveWord,
    FrozenMap,
    LocalText,
    Memo,
    MemoTarget,
    Passage,
    QuestionCoverage,
    Quote,
    QuoteSection,
    Reach,
    SampleCount,
    Saturation,
    SaturationFinding,
    SaturationRun,
    SaturationSpread,
    Span,
    ThemeReport,
    ThemeSummary,
    TypeGroup,
    Typology,
    WordsCoverage,
)

INFLUENCES = LocalText({"nl": "Invloeden op gebruik", "en": "Influences"})
AVAILABILITY = LocalText({"nl": "Verkrijgbaarheid", "en": "Availability"})
REACHES = (
    Reach("", 7, 10, 9, 0.1),
    Reach("users", 7, 10, 9, 0.12),
    Reach("professionals", 0, None),
)


def make_quote(text: str = "Het is overal te krijgen.", **changes: object) -> Quote:
    values: dict[str, object] = {
        "coding": "c1",
        "text": text,
        "transcript": "U03",
        "span": Span(10, 35),
        "turn": 12,
        "time_ms": 271_000,
        "case": "G3",
        "group": "users",
        "attributes": FrozenMap({"group": "users", "sex": "vrouw"}),
        "code": "influences/availability",
        "code_label": AVAILABILITY,
        "theme": "influences",
        "theme_label": INFLUENCES,
        "coder": "Anna",
        "attribution": "gebruiker, vrouw, 20-29",
    }
    return Quote(**{**values, **changes})  # type: ignore[arg-type]


def make_section(*quotes: Quote) -> QuoteSection:
    return QuoteSection(
        "influences/availability", AVAILABILITY, "influences", INFLUENCES, REACHES, quotes
    )


MakeQuote = Callable[..., Quote]
MakeSection = Callable[..., QuoteSection]


@pytest.fixture
def quote() -> MakeQuote:
    return make_quote


@pytest.fixture
def section() -> MakeSection:
    return make_section


@pytest.fixture
def sections() -> tuple[QuoteSection, ...]:
    """One theme: a passage on the theme itself, and a code with quotes in two groups."""
    whole = QuoteSection(
        "influences",
        INFLUENCES,
        "influences",
        INFLUENCES,
        (),
        (make_quote("Tja 🙂.", code="influences", code_label=INFLUENCES, coding="c0", group=""),),
    )
    return (
        whole,
        make_section(
            make_quote(chosen=True),
            make_quote(
                'Hij zei "kom" en\x0bik ging.',
                coding="c2",
                coder="consensus",
                context_before="En toen?",
                context_after="Ja.",
                memo="=mooi",
            ),
            make_quote("-1 voor mij", coding="c3", group="professionals", time_ms=None, turn=None),
        ),
    )


def _passage(**changes: object) -> Passage:
    values: dict[str, object] = {
        "coding": "c1",
        "code": "influences/availability",
        "transcript": "U03",
        "span": Span(10, 35),
        "text": "Het is overal te krijgen.",
        "turn": 12,
        "words": 5,
        "case": "G3",
        "group": "users",
        "coder": "Anna",
        "score": 0.5,
        "rule": LocalText({"nl": "dicht bij het midden", "en": "near the centre"}),
        "attribution": "gebruiker, vrouw",
    }
    return Passage(**{**values, **changes})  # type: ignore[arg-type]


def _in_words(group: str, nl: str, en: str) -> CountInWords:
    return CountInWords(group, LocalText({"nl": nl, "en": en}))


IN_WORDS = (
    _in_words("", "de meeste respondenten", "most respondents"),
    _in_words("users", "de meeste respondenten", "most respondents"),
    _in_words("professionals", "niet gevraagd", "not asked"),
)


@pytest.fixture
def theme_report() -> ThemeReport:
    """One theme with everything in it, and all there is to say of the whole study."""
    memo = Memo(
        "m", MemoTarget.CODE, "influences", "Prijs?", "Anna", datetime(2026, 1, 2, tzinfo=UTC)
    )
    code = CodeSummary(
        "influences/availability",
        AVAILABILITY,
        LocalText({"nl": "Hoe men eraan komt.", "en": "How one gets it."}),
        REACHES,
        IN_WORDS,
        9,
        9,
        0.1,
        representative=(_passage(), _passage(chosen=True, text="Een appje.")),
        deviant=(_passage(text="Nooit gezien."),),
        memos=(memo,),
    )
    contrast = Contrast(
        code.code,
        AVAILABILITY,
        Reach("users", 7, 10),
        Reach("professionals", 1, 4),
        0.45,
        (-0.1, 0.8),
        True,
        LocalText({"nl": "te weinig om te zeggen", "en": "too few to tell"}),
    )
    asked = Contrast(
        code.code, AVAILABILITY, REACHES[1], REACHES[2], None, None, False, LocalText(),
        "not asked of group 'professionals'",
    )  # fmt: skip
    theme = ThemeSummary(
        "influences",
        INFLUENCES,
        LocalText({"nl": "Wat het gebruik beïnvloedt."}),
        REACHES,
        IN_WORDS,
        9,
        0.1,
        codes=(code,),
        unused=("influences/finances",),
        contrasts=(contrast, asked),
        distinctive_words=(DistinctiveWord("appje", 3.2, 1.1, 5, 0),),
        pairs=(
            CodePair(
                "influences/availability", "motives", AVAILABILITY,
                LocalText({"nl": "Motieven", "en": "Motives"}), "passage", 2, 9, 4, 0.18,
            ),
        ),
        by_attribute=(AttributeReach("level", "gemeenschap", (code.code,), REACHES, IN_WORDS),),
        deviant_cases=(
            DeviantCase("G7", "users", code.code, AVAILABILITY, ("influences",), ("c1",)),
        ),
        memos=(memo,),
    )  # fmt: skip
    silent = ThemeSummary(
        "motives",
        LocalText({"nl": "Motieven", "en": "Motives"}),
        LocalText(),
        (),
        (),
        0,
        None,
        words_undefined_because="respondents say nothing in its passages",
    )
    return ThemeReport(
        (theme, silent),
        tables=(
            CrossTable(
                "code_by_group", "cases", (code.code,), ("users", "professionals"),
                (AVAILABILITY,), (LocalText({"nl": "users"}), LocalText({"nl": "professionals"})),
                ((Cell(7, 10, ("c1",)), Cell(None)),),
            ),
            CrossTable(
                "case_by_attribute", "codings", ("G3",), ("sex",), (LocalText({"nl": "G3"}),),
                (LocalText({"nl": "sex"}),), ((Cell(9, text="vrouw"),),),
            ),
        ),
        saturation=(
            Saturation(
                "", ("U01", "U03"), (5, 1), (5, 6), 1, 5,
                (
                    SaturationFinding(
                        1, 0.05, 1, (SaturationRun(1, ("U03",), ("motives",), 0.2),),
                        SaturationSpread(1000, 1, 800, 4, 2, None),
                    ),
                    SaturationFinding(
                        2, 0.0, None,
                        undefined_because="too few interviews: 2, where a base of 4 and a run "
                        "of 2 need at least 6",
                    ),
                ),
            ),
        ),
        typology=Typology(
            "gower", ("G3", "G7"), (code.code,),
            groups=(
                TypeGroup(
                    "1", ("G3",), (CodeCount(code.code, AVAILABILITY, 1, 1, 0, 1),),
                    (AttributeCount("sex", "vrouw", 1, 1, 0, 1),),
                ),
            ),
        ),
        types=(TypeGroup("sociaal", ("G7",)),),
        coverage=Coverage(
            (
                QuestionCoverage(
                    "users", "users", "U24", LocalText({"nl": "Waar?"}), False, ("U01",), ("U03",)
                ),
            ),
            (WordsCoverage("U03", "G3", 100, 40, 0.4, 9),),
            WordsCoverage("", "", 0, 0, None, 0, "respondents say nothing"),
        ),
        sample=(SampleCount("sex", "vrouw", 6), SampleCount("sex", "", 4)),
        sample_threshold=3,
    )  # fmt: skip


def _figure(
    name: str, value: float | None, interval: tuple[float, float] | None = None
) -> Coefficient:
    because = None if value is not None else "neither coder used this code"
    return Coefficient(name, value, because, 0.9, 0.1, interval, 40)


def _row(code: str, value: float | None, *warnings: str) -> CodeAgreement:
    interval = None if value is None else (value - 0.2, value + 0.1)
    only_a, only_b, both, neither = (0, 0, 0, 40) if value is None else (2, 1, 7, 30)
    figures = {c.key: _figure(c.name, value, interval) for c in report_columns(of_pair=True)}
    used = only_a + both, only_b + both
    units = only_a + only_b + both + neither
    return CodeAgreement(code, used, both, neither, units, figures, warnings)


@pytest.fixture
def agreement_report() -> AgreementReport:
    """Two codes, one of them without a figure."""
    return AgreementReport(
        ("Anna", "Bram"),
        "respondents' turns",
        40,
        "Compared: 40 respondents' turns.",
        ("U01", "U03"),
        ("U02",),
        (2, 2),
        "substance_use",
        3,
        "code",
        report_columns(of_pair=True),
        (
            _row(
                "influences/availability",
                0.72,
                Message("{coder} never used this code.", coder="Bram"),
            ),
            _row("influences/finances", None),
        ),
        (_row("influences", 0.8),),
        (_figure("pooled_kappa", 0.7, (0.5, 0.9)), _figure("alpha_masi", None)),
        warnings=("Left out, because not both coders coded them: U02.",),
    )
