"""The methods paragraph of a report of agreement: ready for a paper, in Dutch or English.

It holds what COREQ (items 24 to 27), SRQR and JARS-Qual ask of coding by more than one person:
coders and their independence, the units, what was coded twice and how it was drawn, the
statistic and why, the thresholds and their source, how differences were settled, the codebook,
the software. Each sentence says only what the project knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.typography import number
from qualcode.exporting.reasons import said_in
from qualcode.exporting.words import LANGUAGES
from qualcode.exporting.words_methods import REASONS, SAID
from qualcode.model import AgreementStudy, CodeAgreement, Round
from qualcode.model.comparison import BOOTSTRAP_INTERVIEWS
from qualcode.model.settling import Settling


class _Speaker:
    """Says sentences in one language."""

    def __init__(self, language: str, *, team: bool = False) -> None:
        self.language = language
        self._team = team
        self._place = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        own = f"{key}_team" if self._team and f"{key}_team" in SAID else key
        return SAID[own][self._place].format(**values)

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
    study: AgreementStudy, language: str, labels: Labels | None = None
) -> tuple[str, ...]:
    """Return the methods paragraph: how was coded, how compared, how settled.

    Args:
        study: The report and how the work was done.
        language: ``nl`` or ``en``.
        labels: What codes are called; their paths by default.
    """
    say = _Speaker(language, team=not study.report.is_pair)
    named = labels or Labels(None, language)
    parts = (
        (*_work(study, say), *_book(study, say)),
        (*_figures(study, say), *_limits(study.report.codes, say)),
        (*_settled(study, say, named), say("software", software=study.method.software)),
    )
    return tuple(" ".join(sentences) for sentences in parts)


def _work(study: AgreementStudy, say: _Speaker) -> list[str]:
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


def _book(study: AgreementStudy, say: _Speaker) -> list[str]:
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


def _figures(study: AgreementStudy, say: _Speaker) -> list[str]:
    report = study.report
    unit = said_in(report.unit, say.language)
    interviews = len(report.transcripts)
    computed = [c.citation.in_language(say.language) for c in report.columns if c.document]
    said = [say("unit", unit=unit, n=report.units), say("statistic", figures=say.listed(computed))]
    if interviews < 2:
        said.append(say("no_interval"))
    elif interviews < BOOTSTRAP_INTERVIEWS:
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


def _limits(rows: Sequence[CodeAgreement], say: _Speaker) -> list[str]:
    bands = [band for row in rows if (band := row.figure("alpha").band)]
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


def _settled(study: AgreementStudy, say: _Speaker, labels: Labels) -> list[str]:
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
