"""How far coders agree, with its uncertainty, and what they disagree on: pure figures."""

from qualcode.agreement.disagreements import agreed_codings, collect_disagreements
from qualcode.agreement.figures import COEFFICIENTS, coefficient
from qualcode.agreement.report import compare_coders

__all__ = [
    "COEFFICIENTS",
    "agreed_codings",
    "coefficient",
    "collect_disagreements",
    "compare_coders",
]
