"""The methods section of a report of agreement: ready for a paper, in Dutch or English.

It holds what COREQ (items 24 to 27), SRQR and JARS-Qual ask of coding by more than one person:
coders and their independence, the units, what was coded twice and how it was drawn, the
statistic and why, the thresholds and their source, how differences were settled, the codebook,
the software. Each sentence says only what the project knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.reports.coefficients import document_columns
from qualcode.exporting.reports.methods_coding import (
    codebook_sentence,
    coding_sentences,
    consensus_sentences,
    timing_sentence,
)
from qualcode.exporting.reports.preregistration import choice_sentence
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementStudy, CodeAgreement
from qualcode.model.adjudication_summary import AdjudicationSummary
from qualcode.model.comparison import JACKKNIFE

REASONS: Mapping[str, Message] = MappingProxyType(
    {
        "overlooked": Message.within("reason", "overlooked"),
        "definition_unclear": Message.within("reason", "definition unclear"),
        "codes_overlap": Message.within("reason", "codes overlap"),
        "boundary": Message.within("reason", "boundary of the passage"),
        "interpretation": Message.within("reason", "interpretation"),
        "mistake": Message.within("reason", "mistake"),
        "codebook_must_change": Message.within("reason", "the codebook must change"),
        "other": Message.within("reason", "in own words"),
        "none": Message.within("reason", "not given"),
    }
)
"""What the reasons of decisions are called in print."""


def reason_name(reason: str) -> str:
    """Return what a reason of the short list is called; any other reason as it is."""
    return REASONS.get(reason, reason)


def methods_paragraphs(
    study: AgreementStudy, language: str, labels: Labels | None = None
) -> tuple[str, ...]:
    """Return the methods section: how was coded, how compared, how settled.

    Args:
        study: The report and how the work was done.
        language: ``nl`` or ``en``.
        labels: What codes are called; their paths by default.
    """
    words, labels = Wording(language), labels or Labels(None, language)
    software = Message("Figures were computed with {software}.", software=study.method.software)
    paragraphs = (
        (
            *consensus_sentences(study),
            *coding_sentences(study, words),
            codebook_sentence(study),
            timing_sentence(study),
        ),
        (*_figures(study, words), *_limits(study.report.codes), *study.method.deviations),
        (*_differences(study, words, labels), software),
    )
    return tuple(" ".join(map(words, sentences)) for sentences in paragraphs)


# What was computed


def _figures(study: AgreementStudy, words: Wording) -> Iterator[Message]:
    report = study.report
    yield Message(
        "The unit of analysis was {unit} ({n}): a unit has a code when a coding of it covers "
        "at least one character, an uncoded unit has no code, and what interviewers say does "
        "not count.",
        unit=words.reason(report.unit),
        n=report.units,
    )
    if study.method.unit_choice is not None:
        yield choice_sentence(study.method.unit_choice, words)
    else:
        yield Message("The project records no choice of the unit before looking.")
    yield _statistic(study, words)
    yield _intervals(study)
    for name, sentence in _OVERALL.items():
        figure = next((f for f in report.overall if f.name == name), None)
        if figure is not None and figure.value is not None:
            value = words.number(figure.value)
            if figure.interval:
                low, high = map(words.number, figure.interval)
                value += f" (95%: {low}; {high})"
            yield sentence(value)


def _statistic(study: AgreementStudy, words: Wording) -> Message:
    columns = document_columns(study.report)
    figures = words.listed([words.of(column.citation) for column in columns])
    if not study.report.is_pair:
        return Message(
            "Per code we computed {figures}, in which an interview that a coder did not code is "
            "missing; per pair the pooled kappa.",
            figures=figures,
        )
    return Message(
        "Per code we computed {figures} side by side, because kappa and alpha are low for rare "
        "codes and AC1 is affected little.",
        figures=figures,
    )


def _intervals(study: AgreementStudy) -> Message:
    interviews = study.report.sample
    if interviews < 2:
        return Message("With one interview there is no interval.")
    if study.report.intervals == JACKKNIFE:
        return Message(
            "The 95% intervals take interviews as their unit: jackknife and t on Fisher’s scale, "
            "with as many degrees of freedom as interviews that have the code, less one; for a "
            "mean of codes corrected for bias; where the coders never disagreed, an exact "
            "one-sided lower limit (Clopper-Pearson). A code in fewer than three interviews or on "
            "fewer than four units has no interval otherwise."
        )
    return Message(
        "The 95% intervals take interviews as their unit (bootstrap, {n} samples, seed {seed}).",
        n=study.report.resamples,
        seed=study.report.seed,
    )


_OVERALL: Mapping[str, Callable[[str], Message]] = MappingProxyType(
    {
        "pooled_kappa": lambda value: Message(
            "Over all codes the pooled kappa (De Vries et al. 2008) was {value}.", value=value
        ),
        "macro_mean_fleiss": lambda value: Message(
            "Over the codes the mean of Fleiss’ kappa was {value}.", value=value
        ),
        "alpha_masi": lambda value: Message(
            "Alpha with MASI distance (Passonneau 2006) was {value}.", value=value
        ),
    }
)
"""The sentence of each overall figure that a methods section gives."""


def _limits(rows: Sequence[CodeAgreement]) -> Iterator[Message]:
    # Krippendorff gave his limits for alpha: other coefficients are not held against them
    bands = [band for row in rows if (band := row.figure("alpha").band)]
    if bands:
        yield Message.counted(
            "By Krippendorff’s (2004) limits – .800 to rely on, .667 for tentative conclusions – "
            "the lower limit of alpha lies above .800 for {rely} of the {count} code with an "
            "interval, and between .667 and .800 for {tentative}.",
            "By Krippendorff’s (2004) limits – .800 to rely on, .667 for tentative conclusions – "
            "the lower limit of alpha lies above .800 for {rely} of the {count} codes with an "
            "interval, and between .667 and .800 for {tentative}.",
            len(bands),
            rely=bands.count("rely"),
            tentative=bands.count("tentative"),
        )


# How the coders came to a consensus


def _differences(study: AgreementStudy, words: Wording, labels: Labels) -> Iterator[Message]:
    if not study.disagreements:
        yield Message("There were no differences.")
        return
    yield Message.counted(
        "There was {count} difference.", "There were {count} differences.", len(study.disagreements)
    )
    if study.settling is None:
        yield Message.counted(
            "It has not been resolved yet.",
            "They have not been resolved yet.",
            len(study.disagreements),
        )
        yield Message(
            "Results on themes and quotes therefore count the codings of all coders together, or "
            "those of one coder; each says which."
        )
        return
    yield _settled(study.settling, words)
    codes = tuple(dict.fromkeys(change.path for change in study.settling.changed))
    if codes:
        yield Message(
            "Because of this the codebook was changed at: {codes}.", codes=labels.listed(codes)
        )


def _settled(settling: AdjudicationSummary, words: Wording) -> Message:
    people = Message(" by {people}", people=settling.people)
    names = [f"{words(reason_name(row.reason))} ({row.count})" for row in settling.reasons]
    reasons = Message(" Reasons: {list}.", list=", ".join(names))
    still_open = Message.counted(
        " {count} is still open.", " {count} are still open.", settling.open
    )
    return Message.counted(
        "Of these, {count} was resolved{by}; the coders kept their own codings, and the "
        "outcome became the consensus.{reasons}{open}",
        "Of these, {count} were resolved{by}; the coders kept their own codings, and the "
        "outcome became the consensus.{reasons}{open}",
        settling.decided,
        by=people if settling.people else "",
        reasons=reasons if names else "",
        open=still_open if settling.open else "",
    )
