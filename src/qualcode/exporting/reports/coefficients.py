"""The names of coefficients of agreement, and how they are printed: as text and as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from qualcode.exporting.document.table import Column, heading
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    Coefficient,
)

Row = TypeVar("Row")

PAIR_KEYS = ("positive_agreement", "kappa", "alpha", "ac1")
TEAM_KEYS = ("percent", "fleiss", "conger", "alpha", "ac1")

COEFFICIENT_HEADINGS: Mapping[str, Message] = MappingProxyType(
    {
        "positive_agreement": heading("positive agreement"),
        "kappa": heading("kappa"),
        "alpha": heading("alpha"),
        "ac1": heading("AC1"),
        "percent": heading("pairs"),
        "fleiss": heading("Fleiss"),
        "conger": heading("Conger"),
    }
)
"""The columns of coefficients per code, by the name of their field in a report."""

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
        "u_alpha": Message.within("figure", "u-alpha"),
        "u_alpha_binary": Message.within("figure", "binary u-alpha"),
        "cu_alpha": Message.within("figure", "cu-alpha"),
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
            "Kappa of all judgments ‘unit has code’ on one pile; codes used much weigh more."
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
    }
)
"""What each overall coefficient is."""

BRIEF = ("pooled_kappa", "alpha_masi")
"""The overall coefficients of a table with a row per pair, group or exposure."""


def figure_text(
    figure: Coefficient | None, words: Wording, *, interval: bool = True, separator: str = "\n"
) -> str | None:
    """Return "0,72" with "(0,51; 0,88)" after it; None where there is no figure."""
    if figure is None or figure.value is None:
        return None
    value = words.number(figure.value)
    if figure.interval is None or not interval:
        return value
    low, high = map(words.number, figure.interval)
    return f"{value}{separator}({low};\N{NO-BREAK SPACE}{high})"


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
    """Return what a figure is, or why there is none."""
    return words.reason(figure.undefined_because) or _DEFINITIONS.get(figure.name, "")
