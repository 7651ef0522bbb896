"""The comparison that the page shows, and how its figures are written."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import (
    AgreementReport,
    Coefficient,
    Confusion,
    FigureColumn,
    SegmentKind,
    UnitCodings,
)
from qualcode.model.agreement_study import AgreementStudy
from qualcode.translation import translator

from ... import session


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The comparison that the page shows.

    Attributes:
        study: The comparison.
        unit: The unit of analysis.
        round: The round compared; ``""`` for all codings.
    """

    study: AgreementStudy
    unit: SegmentKind
    round: str

    @property
    def report(self) -> AgreementReport:
        """The figures."""
        return self.study.report

    @property
    def confusion(self) -> Confusion:
        """Which code each coder used where the other used another; for two coders there is one."""
        if self.study.confusion is None:
            raise UndefinedRequestError("Only two coders have a confusion matrix.")
        return self.study.confusion

    def units_of(self, code: str, *, theme: bool = False) -> tuple[UnitCodings, ...]:
        """Return the units to which at least one coder gave a code."""
        return session.project().agreement.collect_units(
            self.report, code, unit=self.unit, theme=theme, round=self.round
        )


def translated(text: str) -> str:
    """Return a sentence of the report in the language of the page."""
    if isinstance(text, Message):
        return translator(session.language()).translate(text)
    return session.words().sentence(text)


def figure_text(figure: Coefficient) -> str:
    """Return a figure with its interval, as the language writes numbers."""
    _ = session.words()
    # A missing figure is never 0: the reason is given with the cautions.
    return figure.text(lambda value: _.number(value, 2), " ({low} – {high})") or "–"


def column_name(column: FigureColumn) -> str:
    """Return the heading of a column of figures."""
    label = column.label.in_language(session.language())
    return label[:1].upper() + label[1:]
