"""The units behind the counts of a code, with the codings that put them there."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.agreement.units import check_coders, codings_by_unit, collect_units, standing
from qualcode.model import Codebook, Coding, Segment, Transcript, UnitCodings
from qualcode.model.codebook import theme_path


def collect_units_behind(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    code: str,
    theme: bool = False,
    segments: Sequence[Segment] | None = None,
) -> tuple[UnitCodings, ...]:
    """Return the units that one or both coders gave a code, in order of the texts.

    Args:
        transcripts: The interviews compared.
        codings: Codings of any coder; only those of ``coders`` that stand count.
        codebook: The codes that count.
        coders: The two coders; the first one is A.
        code: Path of the code.
        theme: Take all codes of the theme ``code`` together.
        segments: The units, as in the comparison; respondents' turns by default.
    """
    check_coders(coders)
    wanted = [c for c in codings if (theme_path(c.code) if theme else c.code) == code]
    counting = standing(wanted, codebook, coders, [t.name for t in transcripts])
    units = collect_units(transcripts, segments)
    found = []
    for transcript in transcripts:
        own = units[transcript.name]
        one, two = (
            codings_by_unit(own, counting[coder][transcript.name], transcript.text)
            for coder in coders
        )
        found += [
            UnitCodings(
                transcript.name,
                own[number].span,
                tuple(one.get(number, ())),
                tuple(two.get(number, ())),
            )
            for number in sorted({*one, *two})
        ]
    return tuple(found)
