"""Who gave which unit which code, as arrays, and the per-interview sums of it.

``Presence`` holds one row per unit, one column per code, per coder. Its sums per interview
are all that figures and resamples need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.contingency import Floats
from qualcode.agreement.units import Unit, codings_by_unit
from qualcode.model import Coding, Transcript
from qualcode.model.codebook import theme_path

Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Presence:
    """Which units each coder gave each code.

    Attributes:
        codes: Paths of the codes: the columns.
        transcripts: Names of the transcripts (interviews).
        interview: Number of the interview of each unit, ascending, shape ``(units,)``.
        coders: Per coder: does the unit have the code, shape ``(units, codes)``.
    """

    codes: tuple[str, ...]
    transcripts: tuple[str, ...]
    interview: Integers
    coders: Mapping[str, Booleans]


def find_presence(
    transcripts: Sequence[Transcript],
    units: Mapping[str, Sequence[Unit]],
    codings: Mapping[str, Mapping[str, Iterable[Coding]]],
    codes: Sequence[str],
) -> Presence:
    """Return which units each coder gave each of ``codes``.

    Args:
        transcripts: The interviews compared.
        units: Their units, by name of transcript.
        codings: The codings that count, by coder and name of transcript.
        codes: Paths of the codes; codings of other codes are left out.
    """
    column = {code: number for number, code in enumerate(codes)}
    sizes = [len(units[transcript.name]) for transcript in transcripts]
    starts = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    found = {coder: np.zeros((int(starts[-1]), len(codes)), dtype=bool) for coder in codings}
    for coder, own in codings.items():
        for start, transcript in zip(starts, transcripts, strict=False):
            made = codings_by_unit(units[transcript.name], own[transcript.name], transcript.text)
            for number, here in made.items():
                columns = [column[coding.code] for coding in here if coding.code in column]
                found[coder][int(start) + number, columns] = True
    interview = np.repeat(np.arange(len(transcripts)), sizes)
    return Presence(tuple(codes), tuple(t.name for t in transcripts), interview, found)


def by_theme(presence: Presence) -> Presence:
    """Return the same with all codes of a theme taken together."""
    themes = tuple(dict.fromkeys(theme_path(code) for code in presence.codes))
    belongs = np.array([[theme_path(c) == theme for theme in themes] for c in presence.codes])
    belongs = belongs.reshape(len(presence.codes), len(themes))
    coders = {name: (has.astype(int) @ belongs) > 0 for name, has in presence.coders.items()}
    return replace(presence, codes=themes, coders=coders)


def per_interview(presence: Presence, rows: Floats | Booleans) -> Floats:
    """Return ``rows`` (one per unit) summed per interview: shape ``(interviews, ...)``."""
    bounds = np.searchsorted(presence.interview, np.arange(len(presence.transcripts) + 1))
    running = np.concatenate((np.zeros((1, *rows.shape[1:])), np.cumsum(rows, 0, dtype=float)))
    sums: Floats = running[bounds[1:]] - running[bounds[:-1]]
    return sums


def tables(presence: Presence, coders: tuple[str, str]) -> Floats:
    """Return the 2 x 2 table of each code in each interview: ``(interviews, codes, 2, 2)``.

    Index 1 is "has the code"; the first coder is axis -2.
    """
    one, two = (presence.coders[coder] for coder in coders)
    both, first, second = (per_interview(presence, rows) for rows in (one & two, one, two))
    units = per_interview(presence, np.ones(len(one)))[:, None]
    neither = units - first - second + both
    return np.stack(
        [np.stack([neither, second - both], -1), np.stack([first - both, both], -1)], -2
    )


def label_sets(presence: Presence, coders: Sequence[str]) -> tuple[Floats, list[Integers]]:
    """Return the different sets of codes that units have, and which one each coder gave.

    Returns:
        Sets as rows of 0 and 1, ``(sets, codes)``; per coder the row number per unit.
    """
    stacked = np.concatenate([presence.coders[coder] for coder in coders])
    packed = np.packbits(stacked, axis=1) if stacked.shape[1] else np.zeros((len(stacked), 1))
    _, first, inverse = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    numbers = np.asarray(inverse, dtype=np.int64).reshape(len(coders), -1)
    return stacked[first].astype(float), list(numbers)
