"""The methods paragraph of a report of agreement: ready for a paper, in Dutch or English.

It holds what COREQ (items 24 to 27), SRQR and JARS-Qual ask of coding by more than one person:
coders and their independence, the units, what was coded twice and how it was drawn, the
statistic and why, the thresholds and their source, how differences were settled, the codebook,
the software. Each sentence says only what the project knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.exporting.labels import Labels
from qualcode.exporting.reasons import said_in
from qualcode.exporting.typography import number
from qualcode.exporting.words import LANGUAGES
from qualcode.model import AgreementStudy, CodeAgreement, Round, TeamAgreement, TeamStudy
from qualcode.model.settling import Settling

_CLUSTERED_BELOW = 20

_SAID: dict[str, tuple[str, str]] = {
    "coders": (
        "{coders} codeerden {coded} van de {all} interviews ({share}%) allebei",
        "{coders} both coded {coded} of the {all} interviews ({share}%)",
    ),
    "coders_team": (
        "Van {coders} codeerden twee of meer {coded} van de {all} interviews ({share}%)",
        "Two or more of {coders} coded {coded} of the {all} interviews ({share}%)",
    ),
    "blind": (
        (
            ", onafhankelijk van elkaar: in de blinde ronde ‘{round}’ zagen zij elkaars werk pas "
            "nadat beiden het hadden ingeleverd."
        ),
        (
            ", independently of each other: in the blind round ‘{round}’ neither saw the other’s "
            "work before both had handed in."
        ),
    ),
    "blind_team": (
        (
            ", onafhankelijk van elkaar: in de blinde ronde ‘{round}’ zagen zij elkaars werk pas "
            "nadat allen het hadden ingeleverd."
        ),
        (
            ", independently of each other: in the blind round ‘{round}’ nobody saw another’s "
            "work before all had handed in."
        ),
    ),
    "joint": (
        ", in de gezamenlijke ronde ‘{round}’, waarin zij elkaars werk konden zien.",
        ", in the joint round ‘{round}’, in which they could see each other’s work.",
    ),
    "no_round": (
        ". Het project houdt niet bij of zij dat onafhankelijk van elkaar deden.",
        ". The project does not record whether they did so independently of each other.",
    ),
    "reopened": (
        "De ronde werd {n} keer heropend, waarvan {m} keer nadat allen hadden ingeleverd.",
        "The round was opened again {n} times, of which {m} after all had handed in.",
    ),
    "drawn": (
        (
            "De interviews werden in hun geheel aselect getrokken uit {of} interviews{strata} "
            "(startgetal {seed})."
        ),
        "Whole interviews were drawn at random from {of} interviews{strata} (seed {seed}).",
    ),
    "strata": (", gestratificeerd naar {by}", ", stratified by {by}"),
    "everything": (
        "Alle interviews werden dubbel gecodeerd.",
        "All interviews were coded twice.",
    ),
    "chosen": (
        "De interviews werden gekozen, niet aselect getrokken.",
        "The interviews were chosen, not drawn at random.",
    ),
    "unknown_draw": (
        "Hoe deze interviews zijn gekozen, houdt het project niet bij.",
        "The project does not record how these interviews were chosen.",
    ),
    "codebook": (
        (
            "Gecodeerd werd met codeboek ‘{name}’, {versions}; het telt {codes} codes onder "
            "{themes} thema’s, tegen {first} codes in de eerste versie."
        ),
        (
            "The codebook was ‘{name}’, {versions}; it has {codes} codes under {themes} themes, "
            "against {first} codes in the first version."
        ),
    ),
    "version": ("versie {numbers}", "version {numbers}"),
    "versions": ("versies {numbers}", "versions {numbers}"),
    "unit": (
        (
            "De eenheid van analyse was {unit} ({n}): een eenheid heeft een code als een codering "
            "ervan ten minste één teken bedekt, een ongecodeerde eenheid heeft geen code, en wat "
            "interviewers zeggen telt niet mee."
        ),
        (
            "The unit of analysis was {unit} ({n}): a unit has a code when a coding of it covers "
            "at least one character, an uncoded unit has no code, and what interviewers say does "
            "not count."
        ),
    ),
    "statistic": (
        (
            "Per code berekenden we positieve overeenstemming, de kappa van Cohen (1960), de alfa "
            "van Krippendorff (2011) en AC1 van Gwet (2008) naast elkaar, omdat kappa en alfa laag "
            "uitvallen bij zeldzame codes en AC1 daar weinig last van heeft."
        ),
        (
            "Per code we computed positive agreement, Cohen’s kappa (1960), Krippendorff’s alpha "
            "(2011) and Gwet’s AC1 (2008) side by side, because kappa and alpha are low for rare "
            "codes and AC1 is affected little."
        ),
    ),
    "statistic_team": (
        (
            "Per code berekenden we het aandeel paren van codeurs dat overeenstemt, de kappa’s van "
            "Fleiss (1971) en Conger (1980) en de alfa van Krippendorff (2011), waarin een "
            "interview dat een codeur niet codeerde ontbreekt; per paar de gepoolde kappa."
        ),
        (
            "Per code we computed the share of agreeing pairs of coders, the kappas of Fleiss "
            "(1971) and Conger (1980) and Krippendorff’s alpha (2011), in which an interview that "
            "a coder did not code is missing; per pair the pooled kappa."
        ),
    ),
    "jackknife": (
        "De 95%-intervallen nemen interviews als eenheid (jackknife, t met {df} vrijheidsgraden).",
        (
            "The 95% intervals take interviews as their unit (jackknife, t with {df} degrees of "
            "freedom)."
        ),
    ),
    "bootstrap": (
        (
            "De 95%-intervallen nemen interviews als eenheid (bootstrap, {n} trekkingen, "
            "startgetal {seed})."
        ),
        "The 95% intervals take interviews as their unit (bootstrap, {n} samples, seed {seed}).",
    ),
    "no_interval": (
        "Bij één interview is er geen interval.",
        "With one interview there is no interval.",
    ),
    "pooled": (
        "Over alle codes was de gepoolde kappa (De Vries e.a. 2008) {value}.",
        "Over all codes the pooled kappa (De Vries et al. 2008) was {value}.",
    ),
    "mean_fleiss": (
        "Gemiddeld over de codes was de kappa van Fleiss {value}.",
        "Over the codes the mean of Fleiss’ kappa was {value}.",
    ),
    "masi": (
        "De alfa met MASI-afstand (Passonneau 2006) was {value}.",
        "Alpha with MASI distance (Passonneau 2006) was {value}.",
    ),
    "threshold": (
        (
            "Naar de grenzen van Krippendorff (2004) – vanaf 0,800 betrouwbaar, vanaf 0,667 "
            "voorlopig – ligt de ondergrens van alfa bij {rely} van de {n} codes met een interval "
            "boven 0,800 en bij {tentative} tussen 0,667 en 0,800."
        ),
        (
            "By Krippendorff’s (2004) limits – .800 to rely on, .667 for tentative conclusions – "
            "the lower limit of alpha lies above .800 for {rely} of the {n} codes with an "
            "interval, and between .667 and .800 for {tentative}."
        ),
    ),
    "no_suggestions": (
        "Geen van beiden kreeg voorstellen van software te zien.",
        "Neither was shown suggestions by software.",
    ),
    "no_suggestions_team": (
        "Geen van hen kreeg voorstellen van software te zien.",
        "None of them was shown suggestions by software.",
    ),
    "suggestions": (
        "Voorstellen van software werden {n} keer getoond; {m} coderingen kwamen eruit voort.",
        "Suggestions by software were shown {n} times; {m} codings came from them.",
    ),
    "differences": (
        "Er waren {n} verschillen.",
        "There were {n} differences.",
    ),
    "no_differences": ("Er waren geen verschillen.", "There were no differences."),
    "settled": (
        (
            "Daarvan werden er {n} beslecht{by}; de codeurs behielden hun eigen coderingen en de "
            "uitkomst werd de consensus.{reasons}{open}"
        ),
        (
            "Of these {n} were settled{by}; the coders kept their own codings, and the outcome "
            "became the consensus.{reasons}{open}"
        ),
    ),
    "by": (" door {people}", " by {people}"),
    "reasons": (" Redenen: {list}.", " Reasons: {list}."),
    "open": (" Er staan er nog {n} open.", " {n} are still open."),
    "unsettled": (
        "Over deze verschillen is nog niet besloten.",
        "They have not been settled yet.",
    ),
    "changed": (
        "Naar aanleiding daarvan werd het codeboek gewijzigd bij: {codes}.",
        "Because of this the codebook was changed at: {codes}.",
    ),
    "software": (
        "De cijfers zijn berekend met {software}.",
        "Figures were computed with {software}.",
    ),
    "and": ("en", "and"),
}

REASONS: dict[str, tuple[str, str]] = {
    "overlooked": ("over het hoofd gezien", "overlooked"),
    "definition_unclear": ("definitie onduidelijk", "definition unclear"),
    "codes_overlap": ("codes overlappen", "codes overlap"),
    "boundary": ("grens van de passage", "boundary of the passage"),
    "interpretation": ("interpretatie", "interpretation"),
    "mistake": ("vergissing", "mistake"),
    "codebook_must_change": ("codeboek moet anders", "the codebook must change"),
    "other": ("in eigen woorden", "in own words"),
    "none": ("niet genoemd", "not given"),
}
"""What the reasons of decisions are called in print."""


class _Speaker:
    """Says sentences in one language."""

    def __init__(self, language: str, *, team: bool = False) -> None:
        self.language = language
        self._team = team
        self._place = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        own = f"{key}_team" if self._team and f"{key}_team" in _SAID else key
        return _SAID[own][self._place].format(**values)

    def figure(self, value: float) -> str:
        return number(value, self.language)

    def listed(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self('and')} {names[-1]}"

    def reason(self, name: str) -> str:
        return REASONS[name][self._place] if name in REASONS else name


def reason_in(name: str, language: str) -> str:
    """Return what a reason of the short list is called in a language."""
    return _Speaker(language).reason(name)


def methods_paragraphs(
    study: AgreementStudy | TeamStudy, language: str, labels: Labels | None = None
) -> tuple[str, ...]:
    """Return the methods paragraph: how was coded, how compared, how settled.

    Args:
        study: The report and how the work was done.
        language: ``nl`` or ``en``.
        labels: What codes are called; their paths by default.
    """
    say = _Speaker(language, team=isinstance(study, TeamStudy))
    named = labels or Labels(None, language)
    parts = (
        (*_work(study, say), *_book(study, say)),
        (*_figures(study, say), *_limits(study.report.codes, say)),
        (*_settled(study, say, named), say("software", software=study.method.software)),
    )
    return tuple(" ".join(sentences) for sentences in parts)


def _work(study: AgreementStudy | TeamStudy, say: _Speaker) -> list[str]:
    method, who = study.method, say.listed(study.report.coders)
    one = method.round
    share = round(100 * method.double_coded / method.interviews) if method.interviews else 0
    first = say("coders", coders=who, coded=method.double_coded, all=method.interviews, share=share)
    key = "no_round" if one is None else "blind" if one.blind else "joint"
    said = [first + say(key, round=one.name if one else "")]
    if method.reopened:
        said.append(say("reopened", n=method.reopened, m=method.reopened_after_all))
    said.append(_drawn(one, say, everything=method.double_coded == method.interviews))
    if method.exposures:
        said.append(say("suggestions", n=method.exposures, m=method.adopted))
    else:
        said.append(say("no_suggestions"))
    return said


def _drawn(one: Round | None, say: _Speaker, *, everything: bool) -> str:
    if one is not None and one.seed is not None:
        strata = say("strata", by=one.stratified_by) if one.stratified_by else ""
        return say("drawn", of=one.drawn_from, strata=strata, seed=one.seed)
    if everything:
        return say("everything")
    return say("unknown_draw" if one is None else "chosen")


def _book(study: AgreementStudy | TeamStudy, say: _Speaker) -> list[str]:
    method, report = study.method, study.report
    numbers = [str(version) for version in method.coded_versions] or [str(report.codebook_version)]
    key = "versions" if len(numbers) > 1 else "version"
    return [
        say(
            "codebook",
            name=report.codebook,
            versions=say(key, numbers=say.listed(numbers)),
            codes=method.codes,
            themes=method.themes,
            first=method.first_codes,
        )
    ]


def _figures(study: AgreementStudy | TeamStudy, say: _Speaker) -> list[str]:
    report = study.report
    unit = said_in(report.unit, say.language)
    interviews = len(report.transcripts)
    said = [say("unit", unit=unit, n=report.units), say("statistic")]
    if interviews < 2:
        said.append(say("no_interval"))
    elif interviews < _CLUSTERED_BELOW:
        said.append(say("jackknife", df=interviews - 1))
    else:
        said.append(say("bootstrap", n=report.resamples, seed=report.seed))
    for key, name in (
        ("pooled", "pooled_kappa"),
        ("mean_fleiss", "macro_mean_fleiss"),
        ("masi", "alpha_masi"),
    ):
        figure = next((f for f in report.overall if f.name == name), None)
        if figure is not None and figure.value is not None:
            value = say.figure(figure.value)
            if figure.interval:
                low, high = map(say.figure, figure.interval)
                value += f" (95%: {low}; {high})"
            said.append(say(key, value=value))
    return said


def _limits(rows: Sequence[CodeAgreement | TeamAgreement], say: _Speaker) -> list[str]:
    bands = [row.alpha.band for row in rows if row.alpha.band]
    if not bands:
        return []
    return [
        say(
            "threshold",
            rely=bands.count("rely"),
            tentative=bands.count("tentative"),
            n=len(bands),
        )
    ]


def _settled(study: AgreementStudy | TeamStudy, say: _Speaker, labels: Labels) -> list[str]:
    if not study.disagreements:
        return [say("no_differences")]
    said = [say("differences", n=len(study.disagreements))]
    if study.settling is None:
        return [*said, say("unsettled")]
    said.append(_outcome(study.settling, say))
    codes = tuple(dict.fromkeys(change.path for change in study.settling.changed))
    if codes:
        said.append(say("changed", codes=labels.listed(codes)))
    return said


def _outcome(settling: Settling, say: _Speaker) -> str:
    reasons = [f"{say.reason(one.reason)} ({one.count})" for one in settling.reasons]
    return say(
        "settled",
        n=settling.decided,
        by=say("by", people=say.listed(settling.people)) if settling.people else "",
        reasons=say("reasons", list=", ".join(reasons)) if reasons else "",
        open=say("open", n=settling.open) if settling.open else "",
    )
