"""Hayes & Krippendorff 2007, Communication Methods and Measures 1(1), 77-89."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_rows

UNITS = (
    "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 "
    "111.1 111.1 212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. "
    "1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1"
)


def test_ordinal_alpha_of_forty_newspaper_articles() -> None:
    """Pages 84 to 86: five observers, every unit seen by three to five, alpha .7598."""
    ratings = from_rows(*("".join(column) for column in zip(*UNITS.split(), strict=True)))
    found = coefficient("alpha_ordinal", ratings, categories=[0, 1, 2, 3])
    assert found.units == 40
    assert found.value == pytest.approx(0.7598, abs=0.00005)
