"""Coefficients of a table of ratings from anywhere: one row for each unit, one column a coder."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.fixed_units import coefficient
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import Coefficient

SCALES: dict[str, tuple[str, ...]] = {
    "nominal": (
        "percent_agreement",
        "cohen_kappa",
        "scott_pi",
        "fleiss_kappa",
        "conger_kappa",
        "brennan_prediger",
        "gwet_ac1",
        "alpha_nominal",
    ),
    **{
        scale: (
            "percent_agreement",
            *(
                f"{name}_{weights}"
                for weights in kinds
                for name in (
                    "cohen_kappa",
                    "fleiss_kappa",
                    "conger_kappa",
                    "brennan_prediger",
                    "gwet_ac2",
                )
            ),
            f"alpha_{scale}",
        )
        for scale, kinds in {
            "ordinal": ("ordinal", "linear", "quadratic"),
            "interval": ("interval",),
            "ratio": ("ratio",),
        }.items()
    },
}
"""Levels of measurement, and the coefficients that fit each (Gwet 2014; Krippendorff 2011)."""

# With two coders these are Scott's pi and Cohen's kappa under another name.
_OF_TEAMS = ("fleiss_kappa", "conger_kappa")


@dataclass(frozen=True, slots=True)
class RatingTable:
    """Ratings of the same units by two coders or more.

    Attributes:
        ratings: By coder one label for each unit; None where the coder gave none. Labels are
            numbers where every label of the table is one.
        documents: The interview of each unit; None where the table does not say.
    """

    ratings: dict[str, list[Hashable | None]]
    documents: tuple[str, ...] | None = None

    @property
    def categories(self) -> tuple[Hashable, ...]:
        """The labels that occur: numbers by size, other labels by the alphabet."""
        labels = {label for row in self.ratings.values() for label in row if label is not None}
        return tuple(sorted(labels, key=lambda label: (isinstance(label, str), label)))


def rate_agreement(
    table: RatingTable, scale: str = "nominal", categories: Sequence[Hashable] = ()
) -> tuple[Coefficient, ...]:
    """Return every coefficient that fits a level of measurement and the number of coders.

    Args:
        table: The ratings. With documents, intervals take these as the sample.
        scale: A key of ``SCALES``.
        categories: All labels that could be given, in their order; those that occur by default.

    Raises:
        UnknownNameError: there is no such scale, or a label was not declared.
        UndefinedRequestError: the order of the labels is not known.
        InvalidValueError: a label is not a number where the scale needs one.
    """
    if scale not in SCALES:
        raise unknown_name("scale", scale, SCALES, "the scales of labels")
    known = tuple(categories) or table.categories
    if scale == "ordinal" and not categories and any(isinstance(label, str) for label in known):
        raise UndefinedRequestError(
            Message(
                "An ordinal scale needs the order of its labels. Give them from low to high: "
                "{names}.",
                names=", ".join(map(str, known)),
            )
        )
    is_pair = len(table.ratings) == 2
    names = [
        name
        for name in SCALES[scale]
        if (not name.startswith(_OF_TEAMS) if is_pair else not COEFFICIENTS[name].two_coders)
    ]
    return tuple(
        coefficient(name, table.ratings, categories=known, documents=table.documents)
        for name in names
    )
