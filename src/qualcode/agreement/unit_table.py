"""Units against coders, as a table to take to other programs."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.agreement.study import CodingStudy
from qualcode.errors import unknown_name

UNIT_COLUMNS = ("transcript", "unit", "start", "end", "code")


def unit_rows(study: CodingStudy, code: str = "") -> Iterator[tuple[str | int, ...]]:
    """Yield the headings, and then a row for each unit and code: 1 where a coder gave it, else 0.

    A coder who did not code an interview has an empty cell.

    Args:
        study: What is compared.
        code: Only this code; all codes that were used by default.

    Raises:
        UnknownNameError: there is no such code.
    """
    if code and code not in study.codes:
        raise unknown_name("code", code, study.codes, "the codebook")
    yield (*UNIT_COLUMNS, *study.coders)
    incidence = study.unit_incidence
    codes_in_use = {
        c
        for by_coder in study.codings.values()
        for of in by_coder.values()
        for c in (coding.code for coding in of)
    }
    codes = [code] if code else [path for path in study.codes if path in codes_in_use]
    place = {path: number for number, path in enumerate(study.codes)}
    row = 0
    for transcript in study.transcripts:
        coders = study.coders_of(transcript)
        for number, unit in enumerate(study.units_of(transcript), 1):
            for path in codes:
                yield (
                    transcript.name,
                    number,
                    unit.span.start,
                    unit.span.end,
                    path,
                    *(
                        int(incidence.coders[coder][row, place[path]]) if coder in coders else ""
                        for coder in study.coders
                    ),
                )
            # units are numbered within a transcript, rows of the incidence run through all of them
            row += 1
