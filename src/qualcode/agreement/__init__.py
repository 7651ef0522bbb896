"""How far coders agree, with its uncertainty, and what they disagree on: pure figures."""

from qualcode.agreement.disagreements import agreed_codings, collect_disagreements
from qualcode.agreement.report import compare_coders

__all__ = ["agreed_codings", "collect_disagreements", "compare_coders"]
