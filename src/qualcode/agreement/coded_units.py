"""The units that coders gave a code, with the codings: what the counts of a report consist of."""

from __future__ import annotations

from qualcode.agreement.study import CodingStudy
from qualcode.model import Coding, UnitCodings
from qualcode.model.codebook import theme_path


def collect_coded_units(
    study: CodingStudy, code: str, *, theme: bool = False
) -> tuple[UnitCodings, ...]:
    """Return the units that one or both of two coders gave a code, in order of the texts.

    Args:
        study: What is compared.
        code: Path of the code.
        theme: Take all codes of the theme ``code`` together.
    """

    def with_code(codings: list[Coding]) -> tuple[Coding, ...]:
        return tuple(c for c in codings if (theme_path(c.code) if theme else c.code) == code)

    # only the codings of this code: a unit may have many others
    coded_units = []
    for transcript in study.transcripts:
        by_unit = [study.codings_by_unit(coder, transcript) for coder in study.coders]
        for number, unit in enumerate(study.units_of(transcript)):
            codings_a, codings_b = (with_code(numbers.get(number, [])) for numbers in by_unit)
            if codings_a or codings_b:
                coded_units.append(UnitCodings(transcript.name, unit.span, codings_a, codings_b))
    return tuple(coded_units)
