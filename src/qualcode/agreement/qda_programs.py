"""The figures that other programs print, under their names, on the same codings."""

from __future__ import annotations

import numpy as np

from qualcode.agreement.alpha import table_alpha
from qualcode.agreement.distance import BINARY
from qualcode.agreement.overlap import shared_lengths
from qualcode.agreement.span_coefficients import unitizing
from qualcode.agreement.spans import group_by_label, has_overlap
from qualcode.agreement.study import CodingStudy
from qualcode.messages import Message
from qualcode.model import AgreementReport, Coefficient, ProgramFigure

Spans = dict[str, list[tuple[int, int, str]]]


def collect_program_figures(
    study: CodingStudy, report: AgreementReport | None = None, *, overlap: float = 0.9
) -> tuple[ProgramFigure, ...]:
    """Return what NVivo, MAXQDA, ATLAS.ti and Dedoose would print.

    Whole files count, interviewers' words included, as in those programs: that is one reason
    why the figures differ from the report's. The transcripts are laid end to end.

    Args:
        study: What is compared, of two coders.
        report: Its comparison, for Dedoose's pooled kappa; left out without it.
        overlap: Share of overlap at which MAXQDA's segments match.
    """
    if not study.transcripts:
        return ()
    spans, length = _lay_end_to_end(study)
    by_code = group_by_label(spans)
    figures: list[ProgramFigure] = []
    for code in (path for path in study.codebook.paths if path in by_code):
        figures += _figures_of_code(by_code[code], length, code)
    match = unitizing("segment_match", spans, length=length, overlap=overlap)
    matched = Message("code overlap at {overlap} of the segments", overlap=f"{overlap:.0%}")
    figures += [
        ProgramFigure("MAXQDA", matched, match),
        ProgramFigure("MAXQDA", "kappa (Brennan & Prediger)", _match_kappa(match, len(by_code))),
        ProgramFigure("ATLAS.ti", "Holsti", unitizing("holsti", spans, length=length)),
        ProgramFigure("ATLAS.ti", "Krippendorff's cu-alpha", _cu_alpha(spans, length)),
    ]
    if report is not None:
        figures.append(ProgramFigure("Dedoose", "pooled kappa", report.figure("pooled_kappa")))
    return tuple(figures)


def _lay_end_to_end(study: CodingStudy) -> tuple[Spans, int]:
    """Return each coder's codings as spans of all texts together, and their length."""
    spans: Spans = {coder: [] for coder in study.coders}
    start = 0
    for transcript in study.transcripts:
        for coder in study.coders:
            spans[coder] += [
                (start + coding.span.start, start + coding.span.end, coding.code)
                for coding in study.codings_of(coder, transcript)
            ]
        start += len(transcript.text)
    return spans, start


def _figures_of_code(of_code: Spans, length: int, code: str) -> list[ProgramFigure]:
    shared, length_a, length_b = shared_lengths(of_code, code)
    table = [
        [length - length_a - length_b + shared, length_b - shared],
        [length_a - shared, shared],
    ]
    # NVivo counts characters that neither coded as agreement
    agreed = (table[0][0] + shared) / length
    alpha = float(table_alpha(np.array(table, dtype=float), BINARY))
    binary = (
        Coefficient("alpha_binary", alpha, None, agreed, units=length)
        if np.isfinite(alpha)
        else Coefficient("alpha_binary", None, "nothing varies", agreed, units=length)
    )
    kappa = unitizing("nvivo_kappa", of_code, length=length)
    percent = Coefficient("nvivo_agreement", agreed, None, agreed, units=length)
    return [
        ProgramFigure("NVivo", "agreement (characters)", percent, code),
        ProgramFigure("NVivo", "kappa (characters)", kappa, code),
        ProgramFigure("ATLAS.ti", "Krippendorff's alpha binary (characters)", binary, code),
    ]


def _match_kappa(match: Coefficient, codes: int) -> Coefficient:
    name = "segment_match_kappa"
    if match.value is None or codes < 2:
        reason = match.undefined_because or "chance is 1 with a single code"
        return Coefficient(name, None, reason, match.observed, units=match.units)
    # MAXQDA takes every code as equally likely, also those that were hardly used
    value = (match.value - 1 / codes) / (1 - 1 / codes)
    return Coefficient(name, value, None, match.observed, units=match.units)


def _cu_alpha(spans: Spans, length: int) -> Coefficient:
    """Return cu-alpha, undefined where a coder's passages overlap."""
    if has_overlap({coder: sorted(coder_spans) for coder, coder_spans in spans.items()}):
        return Coefficient(
            "cu_alpha",
            None,
            Message("a coder gave overlapping passages, which cu-alpha cannot take"),
        )
    return unitizing("cu_alpha", spans, length=length)
