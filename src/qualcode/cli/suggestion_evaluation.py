"""How good suggestions were, as ``suggest evaluate`` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.cli.agreement_tables import figure_text
from qualcode.cli.language import format_decimal, list_once
from qualcode.cli.output import heading, print_json, print_result, print_table
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import SentenceScore, SuggesterScore, SuggestionReport


def print_evaluation(report: SuggestionReport, *, json: bool) -> None:
    """Print how often suggestions were right, by suggester and by code."""
    if json:
        print_json(report)
        return
    print_result(
        Message(
            "{passages} coded passages of {interviews} interviews. The suggestions for each "
            "interview are learned from the other interviews.",
            passages=report.passages,
            interviews=report.transcripts,
        )
    )
    print_result()
    _print_suggesters(report)
    _print_further_measures(report)
    _print_codes(report)
    _print_advice(report)


def _print_suggesters(report: SuggestionReport) -> None:
    rows = [(score.suggester, *_shares(score)) for score in report.suggesters]
    print_table(_columns(), rows)
    print_result()
    error = figure_text(report.calibration)
    print_result(Message("Calibration error (ECE): {error}", error=error))
    weights = ", ".join(f"{name} {format_decimal(weight)}" for name, weight in report.weights)
    print_result(
        Message("Weights of the suggesters, learned from these codings: {weights}", weights=weights)
    )
    print_result()


def _print_further_measures(report: SuggestionReport) -> None:
    """Print what each part adds, what is left for a stranger's terms, and how it grows."""
    rows = [
        (Message("without {name}", name=score.suggester), *_shares(score))
        for score in report.without
    ]
    if report.stranger is not None:
        rows.append((Message("half of the terms, nothing learned"), *_shares(report.stranger)))
    print_table(_columns(), rows)
    print_result()
    if report.curve:
        rows = [
            (str(point.interviews), *map(figure_text, (point.first, point.three, point.five)))
            for point in report.curve
        ]
        print_table(
            (
                heading("coded interviews"),
                heading("first"),
                heading("within 3"),
                heading("within 5"),
            ),
            rows,
        )
        print_result()
    if report.sentences is not None:
        _print_sentences(report.sentences)
    if report.judged is not None:
        print_result(
            Message(
                "The language model judged {count} of these passages and sentences; of the others "
                "it says nothing. Ask it about all of them: qualcode suggest ask",
                count=report.judged,
            )
        )
        print_result()


def _columns() -> tuple[str, ...]:
    """Return the titles above a suggester and its shares."""
    return (
        heading("suggester"),
        heading("first"),
        heading("within 3"),
        heading("within 5"),
        heading("theme"),
    )


def _shares(score: SuggesterScore) -> tuple[str, ...]:
    return tuple(map(figure_text, (score.first, score.three, score.five, score.theme)))


def _print_sentences(score: SentenceScore) -> None:
    print_result(
        Message(
            "All {sentences} sentences, of which {uncoded} have no code:",
            sentences=score.sentences,
            uncoded=score.uncoded,
        )
    )
    error, gate = figure_text(score.calibration), figure_text(score.gate)
    print_result(Message("Calibration error (ECE): {error}", error=error))
    print_result(
        Message("Calibration error of the probability that some code applies: {error}", error=gate)
    )
    if score.likely_right is not None:
        right = figure_text(score.likely_right)
        print_result(Message("Likely suggestions that are right: {share}", share=right))
    if score.likely_uncoded is not None:
        share = figure_text(score.likely_uncoded)
        print_result(
            Message("Sentences without a code that have a likely suggestion: {share}", share=share)
        )
    print_result()


def _print_codes(report: SuggestionReport) -> None:
    columns = (
        heading("code"),
        heading("codings"),
        heading("precision"),
        heading("recall"),
        heading("F1"),
    )
    rows = [
        (row.code, row.codings, *map(figure_text, (row.precision, row.recall, row.f1)))
        for row in report.codes
    ]
    print_table(columns, rows)
    reasons = [row.f1.undefined_because for row in report.codes if row.f1.undefined_because]
    if reasons:
        print_result()
        print_result(Message("undefined: {reason}", reason=list_once(reasons)))


def _print_advice(report: SuggestionReport) -> None:
    columns = (
        heading("code"),
        heading("terms in other passages"),
        heading("passages without a suggestion"),
        heading("words in those passages"),
    )
    rows = [
        (
            advice.code,
            ", ".join(misfire.term for misfire in advice.misfires[:5]),
            len(advice.missed),
            ", ".join(advice.words[:6]),
        )
        for advice in report.advice
    ]
    print_result()
    print_table(columns, rows)
