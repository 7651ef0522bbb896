"""The figures that other programs print, under their names, on the same codings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.agreement.contingency import nominal
from qualcode.agreement.krippendorff import table_alpha
from qualcode.agreement.overlap import shared_lengths
from qualcode.agreement.spans import unitizing
from qualcode.agreement.units import Finished, gather
from qualcode.errors import InvalidValueError
from qualcode.model import (
    AgreementReport,
    Codebook,
    Coding,
    Coefficient,
    ProgramFigure,
    Transcript,
)

Spans = dict[str, list[tuple[int, int, str]]]


def collect_program_figures(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    finished: Finished | None = None,
    report: AgreementReport | None = None,
    overlap: float = 0.9,
) -> tuple[ProgramFigure, ...]:
    """Return what NVivo, MAXQDA, ATLAS.ti and Dedoose would print.

    Whole files count, interviewers' words included, as in those programs: that is one reason
    why the figures differ from the report's. Transcripts that one of the two did not code
    are left out; the others are laid end to end.

    Args:
        transcripts: The interviews to compare.
        codings: Codings of any coder.
        codebook: The codes that count.
        coders: The two coders.
        finished: Per coder the transcripts gone through, beside those with codings.
        report: The comparison of the two, for Dedoose's pooled kappa; left out without it.
        overlap: Share of overlap at which MAXQDA's segments match.

    Raises:
        UndefinedRequestError: the same coder twice.
    """
    material = gather(transcripts, codings, codebook, coders, finished=finished)
    shared, counting = material.transcripts, material.codings
    if not shared:
        return ()
    starts = np.concatenate(([0], np.cumsum([len(t.text) for t in shared])))
    spans: Spans = {
        coder: [
            (int(start) + c.span.start, int(start) + c.span.end, c.code)
            for start, transcript in zip(starts, shared, strict=False)
            for c in counting[coder][transcript.name]
        ]
        for coder in coders
    }
    length = int(starts[-1])
    used = {label for own in spans.values() for _, _, label in own}
    made: list[ProgramFigure] = []
    for code in (path for path in codebook.paths if path in used):
        made += _of_code(spans, length, code)
    match = unitizing("segment_match", spans, length=length, overlap=overlap)
    made.append(ProgramFigure("MAXQDA", f"code overlap at {overlap:.0%} of the segments", match))
    made.append(ProgramFigure("MAXQDA", "kappa (Brennan & Prediger)", _chance(match, len(used))))
    made.append(ProgramFigure("ATLAS.ti", "Holsti", unitizing("holsti", spans, length=length)))
    made.append(ProgramFigure("ATLAS.ti", "Krippendorff's cu-alpha", _cu_alpha(spans, length)))
    if report is not None:
        made.append(ProgramFigure("Dedoose", "pooled kappa", report.figure("pooled_kappa")))
    return tuple(made)


def _of_code(spans: Spans, length: int, code: str) -> list[ProgramFigure]:
    own = {coder: [one for one in made if one[2] == code] for coder, made in spans.items()}
    both, one, two = shared_lengths(own, code)
    table = [[length - one - two + both, two - both], [one - both, both]]
    counts = np.array(table, dtype=float)
    agreed = (table[0][0] + both) / length
    alpha = float(table_alpha(counts, nominal(2)))
    binary = (
        Coefficient("alpha_binary", alpha, None, agreed, units=length)
        if np.isfinite(alpha)
        else Coefficient("alpha_binary", None, "nothing varies", agreed, units=length)
    )
    kappa = unitizing("nvivo_kappa", own, length=length)
    percent = Coefficient("nvivo_agreement", agreed, None, agreed, units=length)
    return [
        ProgramFigure("NVivo", "agreement (characters)", percent, code),
        ProgramFigure("NVivo", "kappa (characters)", kappa, code),
        ProgramFigure("ATLAS.ti", "Krippendorff's alpha binary (characters)", binary, code),
    ]


def _chance(match: Coefficient, codes: int) -> Coefficient:
    name = "segment_match_kappa"
    if match.value is None or codes < 2:
        reason = match.undefined_because or "chance is 1 with a single code"
        return Coefficient(name, None, reason, match.observed, units=match.units)
    value = (match.value - 1 / codes) / (1 - 1 / codes)
    return Coefficient(name, value, None, match.observed, units=match.units)


def _cu_alpha(spans: Spans, length: int) -> Coefficient:
    """Return cu-alpha, undefined where a coder's passages overlap."""
    try:
        return unitizing("cu_alpha", spans, length=length)
    except InvalidValueError:
        return Coefficient(
            "cu_alpha", None, "a coder gave overlapping passages, which cu-alpha cannot take"
        )
