"""Agreement in two circumstances: before and after, one group and another, one pair and another."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.comparison import Coefficient


@dataclass(frozen=True, slots=True)
class ContrastRow:
    """The difference in agreement on one code, or over all codes.

    Attributes:
        code: Path of the code; ``""`` for all codes together.
        first: The coefficient in the first circumstance.
        second: The same in the second one.
        difference: The second less the first, named ``difference``, with its interval.
        p_value: How often chance alone gives such a difference, two-sided; None without an
            interval.
        p_adjusted: The same after Holm's correction for the number of codes.
    """

    code: str
    first: Coefficient
    second: Coefficient
    difference: Coefficient
    p_value: float | None = None
    p_adjusted: float | None = None


@dataclass(frozen=True, slots=True)
class AgreementContrast:
    """Agreement compared between two circumstances.

    Attributes:
        names: What the circumstances are called.
        coefficient: Name of the coefficient per code.
        interviews: Number of interviews in each.
        shared: Number of interviews in both: these are paired.
        rows: One per code that was used in either, after that of all codes.
    """

    names: tuple[str, str]
    coefficient: str
    interviews: tuple[int, int]
    shared: int
    rows: tuple[ContrastRow, ...]
