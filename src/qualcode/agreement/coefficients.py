"""The registry of coefficients on fixed units: one entry holds all that is known of one.

To add a coefficient, add an entry here and a test: reports, the tables of the command line and
the figures of the app follow from it. ``entries`` says what an entry consists of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qualcode.agreement import alpha, binary_indices, conger, distance, fleiss_family, kappa
from qualcode.agreement.arrays import Floats, share
from qualcode.agreement.distance import BINARY
from qualcode.agreement.entries import Entry, Printed, bilingual
from qualcode.agreement.fleiss_family import AgreementSums
from qualcode.agreement.incidence import TeamSums
from qualcode.agreement.measure import Measure
from qualcode.agreement.ratings import EncodedRatings
from qualcode.agreement.set_ratings import measure_sets


def _of_team(formula: Callable[[AgreementSums, Floats], Floats]) -> Callable[..., Floats]:
    """Return a formula of the Fleiss family on the sums of a code in a team."""

    def value(*parts: Floats) -> Floats:
        sums = TeamSums(*parts)
        return formula(AgreementSums(sums.agree, sums.units, sums.shares, sums.units), BINARY)

    return value


def _conger(*parts: Floats) -> Floats:
    sums = TeamSums(*parts)
    chance = conger.conger_chance(sums.totals, BINARY)
    return fleiss_family.correct_for_chance(share(sums.agree, sums.units), chance)


def _team_alpha(*parts: Floats) -> Floats:
    sums = TeamSums(*parts)
    return alpha.alpha(sums.unlike, sums.counts, BINARY)


def _pairable_agreement(*parts: Floats) -> Floats:
    """Return observed agreement among pairs of values, where more coders weigh more."""
    sums = TeamSums(*parts)
    return 1.0 - share(sums.unlike, sums.counts.sum(-1))


_ALPHA_LABEL = bilingual("alpha", "alfa")
_ALPHA_CITATION = bilingual("Krippendorff’s alpha (2011)", "de alfa van Krippendorff (2011)")
_ALPHA_EXPLANATION = bilingual(
    "Krippendorff's alpha: as kappa; chance is reckoned over all coders together.",
    "Krippendorffs alfa: als kappa; het toeval wordt over alle codeurs samen berekend.",
)
_AC1_LABEL = bilingual("AC1", "AC1")
_AC1_CITATION = bilingual("Gwet’s AC1 (2008)", "AC1 van Gwet (2008)")
_AC1_EXPLANATION = bilingual(
    "Gwet's AC1: as kappa; steady where a code is rare or nearly everywhere.",
    "Gwets AC1: als kappa; blijft stabiel als een code zeldzaam is of bijna overal staat.",
)

_WEIGHTS: dict[str, dict[str, Any]] = {
    "linear": {"ordered": distance.linear},
    "quadratic": {"ordered": distance.quadratic},
    "ordinal": {"ordered": distance.rank_pairs},
    "interval": {"values": distance.interval},
    "ratio": {"values": distance.ratio},
}
"""Weights of partial agreement by their names in the literature (Gwet 2014, p. 91)."""

_WEIGHTED: dict[str, tuple[Callable[[EncodedRatings, Floats], Measure], bool]] = {
    "cohen_kappa": (kappa.measure_cohen, True),
    "fleiss_kappa": (fleiss_family.measure_fleiss, False),
    "conger_kappa": (conger.measure_conger, False),
    "brennan_prediger": (fleiss_family.measure_uniform, False),
    "gwet_ac2": (fleiss_family.measure_gwet, False),
}
"""Coefficients that take weights, and whether they take two coders only."""

COEFFICIENTS: dict[str, Entry] = {
    "positive_agreement": Entry(
        binary_indices.measure_positive_agreement,
        binary=True,
        pair=Printed(
            "positive_agreement",
            bilingual("positive agreement", "positieve overeenst."),
            bilingual("positive agreement", "positieve overeenstemming"),
            bilingual(
                "Positive agreement: 2 × both / (2 × both + only A + only B), so of where anyone "
                "saw the code.",
                "Positieve overeenstemming: 2 × beide / (2 × beide + alleen A + alleen B), dus van "
                "waar iemand de code zag.",
            ),
            binary_indices.positive_agreement,
            lowest=0.0,
            terminal="positive",
        ),
    ),
    "cohen_kappa": Entry(
        kappa.measure_cohen,
        two_coders=True,
        pair=Printed(
            "kappa",
            bilingual("kappa", "kappa"),
            bilingual("Cohen’s kappa (1960)", "de kappa van Cohen (1960)"),
            bilingual(
                "Cohen's kappa: agreement above chance. Between brackets its 95% interval.",
                "Cohens kappa: overeenstemming boven toeval. Tussen haakjes het 95%-interval.",
            ),
            lambda table: kappa.cohen_kappa(table, BINARY),
            terminal="kappa",
            headline=True,
        ),
    ),
    "percent_agreement": Entry(
        fleiss_family.measure_percent,
        team=Printed(
            "percent",
            bilingual("pairs", "paren"),
            bilingual(
                "the share of agreeing pairs of coders",
                "het aandeel paren van codeurs dat overeenstemt",
            ),
            bilingual(
                "Pairs: share of agreeing pairs of coders.",
                "Paren: aandeel paren van codeurs dat overeenstemt.",
            ),
            _of_team(lambda sums, _: fleiss_family.observed_agreement(sums)),
            lowest=0.0,
            terminal="percent",
            document="value",
        ),
    ),
    "fleiss_kappa": Entry(
        fleiss_family.measure_fleiss,
        team=Printed(
            "fleiss",
            bilingual("Fleiss", "Fleiss"),
            bilingual("Fleiss’ kappa (1971)", "de kappa van Fleiss (1971)"),
            bilingual(
                "Fleiss' kappa: agreement above chance. Between brackets its 95% interval.",
                "De kappa van Fleiss: overeenstemming boven toeval, met het 95%-interval.",
            ),
            _of_team(fleiss_family.fleiss_kappa),
            terminal="fleiss",
        ),
    ),
    "conger_kappa": Entry(
        conger.measure_conger,
        team=Printed(
            "conger",
            bilingual("Conger", "Conger"),
            bilingual("Conger’s kappa (1980)", "de kappa van Conger (1980)"),
            bilingual(
                "Conger's kappa: as Fleiss'; chance follows from each coder's own totals.",
                "De kappa van Conger: als Fleiss; het toeval volgt uit elke codeur apart.",
            ),
            _conger,
            terminal="conger",
        ),
    ),
    "alpha_nominal": Entry(
        alpha.measure_alpha,
        pair=Printed(
            "alpha",
            _ALPHA_LABEL,
            _ALPHA_CITATION,
            _ALPHA_EXPLANATION,
            lambda table: alpha.table_alpha(table, BINARY),
            terminal="alpha",
        ),
        team=Printed(
            "alpha",
            _ALPHA_LABEL,
            _ALPHA_CITATION,
            _ALPHA_EXPLANATION,
            _team_alpha,
            _pairable_agreement,
            terminal="alpha",
            headline=True,
        ),
    ),
    "gwet_ac1": Entry(
        fleiss_family.measure_gwet,
        declared=True,
        pair=Printed(
            "ac1",
            _AC1_LABEL,
            _AC1_CITATION,
            _AC1_EXPLANATION,
            lambda table: fleiss_family.gwet_ac(fleiss_family.table_sums(table, BINARY), BINARY),
        ),
        team=Printed(
            "ac1",
            _AC1_LABEL,
            _AC1_CITATION,
            _AC1_EXPLANATION,
            _of_team(fleiss_family.gwet_ac),
            document="",
        ),
    ),
    **{
        f"{name}_{weights}": Entry(measure, two_coders, declared=True, **distances)
        for name, (measure, two_coders) in _WEIGHTED.items()
        for weights, distances in _WEIGHTS.items()
    },
    "weighted_kappa": Entry(kappa.measure_cohen, True, custom=True),
    # Fleiss' kappa of two coders is Scott's pi
    "scott_pi": Entry(fleiss_family.measure_fleiss, True),
    # S, PABAK, Brennan-Prediger and Randolph are one formula: people look for the name they know
    "bennett_s": Entry(fleiss_family.measure_uniform, True, True),
    "pabak": Entry(fleiss_family.measure_uniform, True, True),
    "kappa_max": Entry(kappa.measure_largest, True),
    "prevalence_index": Entry(binary_indices.measure_prevalence_index, True, binary=True),
    "bias_index": Entry(binary_indices.measure_bias_index, True, binary=True),
    "negative_agreement": Entry(binary_indices.measure_negative_agreement, binary=True),
    "percent_agreement_pairable": Entry(alpha.measure_pairable_agreement),
    "brennan_prediger": Entry(fleiss_family.measure_uniform, declared=True),
    "randolph_kappa": Entry(fleiss_family.measure_uniform, declared=True),
    "light_kappa": Entry(kappa.measure_light),
    "alpha_ordinal": Entry(alpha.measure_ordinal_alpha),
    "alpha_interval": Entry(alpha.measure_alpha, values=distance.interval),
    "alpha_ratio": Entry(alpha.measure_alpha, values=distance.ratio),
    "alpha_custom": Entry(alpha.measure_alpha, custom=True),
    "alpha_masi": Entry(measure_sets("alpha_masi"), sets=True),
    "alpha_jaccard": Entry(measure_sets("alpha_jaccard"), sets=True),
}
"""All coefficients by their name in the literature; those of reports in the order of columns."""
