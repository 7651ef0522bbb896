"""How far coders agree, with its uncertainty, and what they disagree on: pure figures."""

from qualcode.agreement.disagreements import agreed_codings, collect_disagreements
from qualcode.agreement.figures import COEFFICIENTS, coefficient
from qualcode.agreement.report import compare_coders
from qualcode.agreement.spans import UNITIZING, unitizing

__all__ = [
    "COEFFICIENTS",
    "UNITIZING",
    "agreed_codings",
    "coefficient",
    "collect_disagreements",
    "compare_coders",
    "unitizing",
]
