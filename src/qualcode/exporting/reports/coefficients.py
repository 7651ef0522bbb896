"""The names of coefficients of agreement, and how they are printed: as text and as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from qualcode.exporting.document.table import Column, Kind, heading
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementReport, CodeAgreement, Coefficient, FigureColumn
from qualcode.model.agreement_report import CountColumn

Row = TypeVar("Row")

FIGURES: Mapping[str, Message] = MappingProxyType(
    {
        "cohen_kappa": Message.within("figure", "Cohen's kappa"),
        "krippendorff_alpha": Message.within("figure", "Krippendorff's alpha"),
        "gwet_ac1": Message.within("figure", "Gwet's AC1"),
        "positive_agreement": Message.within("figure", "positive agreement"),
        "macro_mean_kappa": Message.within("figure", "mean kappa per code"),
        "macro_mean_fleiss": Message.within("figure", "mean of Fleiss' kappa"),
        "macro_mean_alpha": Message.within("figure", "mean alpha"),
        "pooled_kappa": Message.within("figure", "pooled kappa"),
        "stacked_kappa": Message.within("figure", "stacked kappa"),
        "alpha_nominal": Message.within("figure", "alpha"),
        "alpha_masi": Message.within("figure", "alpha (MASI distance)"),
        "alpha_jaccard": Message.within("figure", "alpha (Jaccard distance)"),
        "alpha_tree": Message.within("figure", "alpha (distance by the tree of codes)"),
        "u_alpha": Message.within("figure", "u-alpha"),
        "u_alpha_binary": Message.within("figure", "binary u-alpha"),
        "cu_alpha": Message.within("figure", "cu-alpha"),
        "gamma": Message.within("figure", "gamma"),
        "gamma_cat": Message.within("figure", "gamma-cat"),
        "gamma_k": Message.within("figure", "gamma-k"),
    }
)
"""What coefficients are called, by their names in a report."""

_DEFINITIONS: Mapping[str, Message] = MappingProxyType(
    {
        "macro_mean_kappa": Message(
            "Plain mean of the kappas per code; a rare code weighs as much as any."
        ),
        "pooled_kappa": Message(
            "Kappa of the observed and chance agreement averaged over the codes (De Vries et al. "
            "2008)."
        ),
        "stacked_kappa": Message(
            "Kappa of all judgments ‘unit has code’ taken together; frequent codes weigh more."
        ),
        "macro_mean_fleiss": Message("Plain mean over the codes of Fleiss' kappa."),
        "macro_mean_alpha": Message("Plain mean over the codes of Krippendorff's alpha."),
        "alpha_masi": Message(
            "Alpha of the set of codes of a unit; sets that are partly the same count as half "
            "agreement (MASI, Passonneau 2006)."
        ),
        "alpha_jaccard": Message(
            "The same with Jaccard's distance: the share of the codes that is not shared."
        ),
        "alpha_tree": Message(
            "The mean of Jaccard's distance of the codes and of that of their themes: another code "
            "of the same theme is half a disagreement. If it is much higher than the alpha above, "
            "coders mostly mix up codes within a theme."
        ),
    }
)
"""What each overall coefficient is."""

BRIEF = ("pooled_kappa", "alpha_masi")
"""The overall coefficients of a table with a row per pair, group or exposure."""


def document_columns(report: AgreementReport) -> tuple[FigureColumn, ...]:
    """Return the coefficients per code that documents print; a workbook has all of them."""
    return tuple(column for column in report.columns if column.document)


def count_columns(report: AgreementReport) -> Iterator[Column[CodeAgreement]]:
    """Yield the columns of the counts of units per code: of two coders, or of each of a team."""
    for place, count in enumerate(report.count_columns):
        yield _count_column(count, place)


def _count_column(count: CountColumn, place: int) -> Column[CodeAgreement]:
    names = {
        "only_a": heading("only A"),
        "only_b": heading("only B"),
        "both": heading("both"),
        "neither": heading("neither"),
    }
    key, name = (count.key, names[count.key]) if count.key in names else (count.coder, count.coder)
    return Column(key, name, lambda row: row.counts[place], Kind.COUNT)


def per_code_title(column: FigureColumn, words: Wording) -> Message:
    """Return "Kappa per code": the title of a drawing or table of one coefficient."""
    return Message("{figure} per code", figure=capitalize(words.of(column.label)))


def capitalize(text: str) -> str:
    """Return a text that begins with a capital; the rest is left as it is."""
    # str.capitalize would make the rest small: "AC1" would become "Ac1"
    return text[:1].upper() + text[1:]


def figure_text(
    figure: Coefficient | None, words: Wording, *, interval: bool = True, separator: str = "\n"
) -> str | None:
    """Return "0,72" with "(0,51; 0,88)" after it; None where there is no figure."""
    if figure is None:
        return None
    # a space that does not break: limits on two lines look like two figures
    limits = f"{separator}({{low}};\N{NO-BREAK SPACE}{{high}})" if interval else ""
    return figure.text(words.number, limits) or None


def figure_name(name: str) -> str:
    """Return what a figure is called."""
    return FIGURES.get(name) or name.replace("_", " ")


def figure_column(
    name: str, words: Wording, figures: Callable[[Row], Sequence[Coefficient]]
) -> Column[Row]:
    """Return the column of one coefficient with its interval on the same line.

    Args:
        name: Name of the coefficient.
        words: Of the language.
        figures: Reads the coefficients from a row; a dash where this one is not among them.
    """

    def text(row: Row) -> str | None:
        figure = next((f for f in figures(row) if f.name == name), None)
        return figure_text(figure, words, separator=" ")

    return Column(name, figure_name(name), text)


def figure_definition(figure: Coefficient, words: Wording) -> str:
    """Return what a figure is and why it has no interval, or why there is none."""
    if figure.undefined_because:
        return words.reason(figure.undefined_because)
    definition = words(_DEFINITIONS.get(figure.name, ""))
    remark = words.reason(figure.remark)
    return f"{definition} {remark[:1].upper()}{remark[1:]}." if remark else definition
