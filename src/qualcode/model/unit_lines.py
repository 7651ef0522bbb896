"""Scripts for R and Python that compute alpha and kappa again, from a table of units and coders.

They are text for a researcher to run elsewhere; nothing here is run or printed.
"""

from __future__ import annotations

from collections.abc import Sequence

R_LINES = """\
d <- read.csv("{file}", fileEncoding = "UTF-8-BOM", check.names = FALSE)
alpha <- function(x) {{
  x <- x[rowSums(!is.na(x)) > 1, , drop = FALSE]
  n <- rowSums(!is.na(x)); one <- rowSums(x, na.rm = TRUE)
  observed <- sum(2 * one * (n - one) / (n - 1)) / sum(n)
  1 - observed / (2 * sum(one) * sum(n - one) / (sum(n) * (sum(n) - 1)))
}}
kappa <- function(x) {{
  x <- x[rowSums(!is.na(x)) == 2, ]; p <- colMeans(x)
  chance <- prod(p) + prod(1 - p)
  (mean(x[[1]] == x[[2]]) - chance) / (1 - chance)
}}
for (code in unique(d$code)) {{
  x <- d[d$code == code, c({coders})]
  cat(code, {figures}, "\\n")
}}"""
PYTHON_LINES = """\
import krippendorff, pandas
table = pandas.read_csv("{file}")
for code, rows in table.groupby("code"):
    values = rows[[{coders}]].T.values
    if rows[[{coders}]].stack().nunique() > 1:
        print(code, krippendorff.alpha(values, level_of_measurement="nominal"))"""


def lines_of_r(file: str, coders: Sequence[str]) -> str:
    """Return the lines for R itself: alpha of each code, and kappa of two coders.

    They need no package: of three coders and more, ``kripp.alpha`` of irr gives another figure.

    Args:
        file: Name of the csv file.
        coders: The coders, which are columns of it.
    """
    figures = "kappa(x), alpha(x)" if len(coders) == 2 else "alpha(x)"
    return R_LINES.format(file=_escape(file), coders=_quote(coders), figures=figures)


def lines_of_python(file: str, coders: Sequence[str]) -> str:
    """Return the lines for the package krippendorff: alpha of each code.

    Args:
        file: Name of the csv file.
        coders: The coders, which are columns of it.
    """
    return PYTHON_LINES.format(file=_escape(file), coders=_quote(coders))


def _quote(names: Sequence[str]) -> str:
    return ", ".join(f'"{_escape(name)}"' for name in names)


def _escape(text: str) -> str:
    """Return a text as R and Python write it between double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
