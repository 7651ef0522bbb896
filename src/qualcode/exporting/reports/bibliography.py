"""The publications that documents of this program cite, as a list of references prints them."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from qualcode.model.reference import Reference

COREQ = Reference(
    "Tong, A., Sainsbury, P., & Craig, J.",
    2007,
    "Consolidated criteria for reporting qualitative research (COREQ): a 32-item checklist for "
    "interviews and focus groups",
    "International Journal for Quality in Health Care, 19(6), 349–357",
    "10.1093/intqhc/mzm042",
)
SRQR = Reference(
    "O’Brien, B. C., Harris, I. B., Beckman, T. J., Reed, D. A., & Cook, D. A.",
    2014,
    "Standards for reporting qualitative research: a synthesis of recommendations",
    "Academic Medicine, 89(9), 1245–1251",
    "10.1097/ACM.0000000000000388",
)
JARS_QUAL = Reference(
    "Levitt, H. M., Bamberg, M., Creswell, J. W., Frost, D. M., Josselson, R., & Suárez-Orozco, C.",
    2018,
    "Journal article reporting standards for qualitative primary, qualitative meta-analytic, and "
    "mixed methods research in psychology",
    "American Psychologist, 73(1), 26–46",
    "10.1037/amp0000151",
)
RTARG = Reference(
    "Braun, V., & Clarke, V.",
    2024,
    "Supporting best practice in reflexive thematic analysis reporting in Palliative Medicine: a "
    "review of published research and introduction to the Reflexive Thematic Analysis Reporting "
    "Guidelines (RTARG)",
    "Palliative Medicine, 38(6), 608–616",
    "10.1177/02692163241234800",
)

_CITED = MappingProxyType(
    {
        # How a methods section names each: all these words in one text are a citation of it.
        ("Cohen", "1960"): Reference(
            "Cohen, J.",
            1960,
            "A coefficient of agreement for nominal scales",
            "Educational and Psychological Measurement, 20(1), 37–46",
            "10.1177/001316446002000104",
        ),
        ("Clopper-Pearson",): Reference(
            "Clopper, C. J., & Pearson, E. S.",
            1934,
            "The use of confidence or fiducial limits illustrated in the case of the binomial",
            "Biometrika, 26(4), 404–413",
            "10.1093/biomet/26.4.404",
        ),
        ("Conger", "1980"): Reference(
            "Conger, A. J.",
            1980,
            "Integration and generalization of kappas for multiple raters",
            "Psychological Bulletin, 88(2), 322–328",
            "10.1037/0033-2909.88.2.322",
        ),
        ("De Vries", "2008"): Reference(
            "De Vries, H., Elliott, M. N., Kanouse, D. E., & Teleki, S. S.",
            2008,
            "Using pooled kappa to summarize interrater agreement across many items",
            "Field Methods, 20(3), 272–282",
            "10.1177/1525822X08317166",
        ),
        ("Donner", "1992"): Reference(
            "Donner, A., & Eliasziw, M.",
            1992,
            "A goodness-of-fit approach to inference procedures for the kappa statistic: "
            "confidence interval construction, significance-testing and sample size estimation",
            "Statistics in Medicine, 11(11), 1511–1519",
            "10.1002/sim.4780111109",
        ),
        ("Fleiss", "1971"): Reference(
            "Fleiss, J. L.",
            1971,
            "Measuring nominal scale agreement among many raters",
            "Psychological Bulletin, 76(5), 378–382",
            "10.1037/h0031619",
        ),
        ("Gwet", "2008"): Reference(
            "Gwet, K. L.",
            2008,
            "Computing inter-rater reliability and its variance in the presence of high agreement",
            "British Journal of Mathematical and Statistical Psychology, 61(1), 29–48",
            "10.1348/000711006X126600",
        ),
        ("Krippendorff", "2004"): Reference(
            "Krippendorff, K.",
            2004,
            "Content analysis: an introduction to its methodology (2nd ed.)",
            "Sage",
        ),
        ("Krippendorff", "2011"): Reference(
            "Krippendorff, K.",
            2011,
            "Computing Krippendorff’s alpha-reliability",
            "University of Pennsylvania, Annenberg School for Communication",
        ),
        ("Passonneau", "2006"): Reference(
            "Passonneau, R.",
            2006,
            "Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation",
            "Proceedings of the Fifth International Conference on Language Resources and "
            "Evaluation, 831–836",
        ),
    }
)


def collect_references(paragraphs: Iterable[str]) -> tuple[Reference, ...]:
    """Return what paragraphs cite, by author and year.

    Args:
        paragraphs: Paragraphs of a methods section, in any language.
    """
    text = "\n".join(paragraphs)
    cited = [ref for words, ref in _CITED.items() if all(word in text for word in words)]
    return tuple(sorted(cited, key=lambda reference: (reference.authors, reference.year)))
