"""What coefficients are called where a person reads them."""

from __future__ import annotations

from qualcode.messages import Message

_NAMES = {
    "percent_agreement": Message("observed agreement"),
    "cohen_kappa": Message("Cohen's kappa"),
    "scott_pi": Message("Scott's pi"),
    "fleiss_kappa": Message("Fleiss' kappa"),
    "conger_kappa": Message("Conger's kappa"),
    "brennan_prediger": Message("Brennan-Prediger"),
    "gwet_ac1": Message("Gwet's AC1"),
    "gwet_ac2": Message("Gwet's AC2"),
    "alpha": Message("Krippendorff's alpha"),
}
_WEIGHTED = {
    "linear": Message("linear weights"),
    "quadratic": Message("quadratic weights"),
    "ordinal": Message("ordinal weights"),
    "interval": Message("interval weights"),
    "ratio": Message("ratio weights"),
}


def coefficient_name(name: str) -> Message:
    """Return what a coefficient of ``rate_agreement`` is called, with its weights.

    Args:
        name: Its name in the registry, such as ``fleiss_kappa_ordinal``.
    """
    base, _, weights = name.rpartition("_")
    if base in _NAMES and weights in _WEIGHTED:
        return Message(
            "{coefficient}, {weights}", coefficient=_NAMES[base], weights=_WEIGHTED[weights]
        )
    return _NAMES["alpha" if name == "alpha_nominal" else name]
