"""Who gave which unit which code, as arrays, and the per-interview sums of it.

``Presence`` holds one row per unit, one column per code, per coder; where characters are the
units, one row per stretch of them that every coder gave the same codes, with its length. Its
sums per interview are all that figures and resamples need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.contingency import Floats
from qualcode.agreement.units import Material, codings_by_unit
from qualcode.model import AgreementUnit, Span, Transcript
from qualcode.model.codebook import theme_path

Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Presence:
    """Which units each coder gave each code.

    Attributes:
        codes: Paths of the codes: the columns.
        transcripts: Names of the transcripts (interviews).
        interview: Number of the interview of each row, ascending, shape ``(rows,)``.
        weights: Number of units that each row stands for, ``(rows,)``.
        coders: Per coder: does the unit have the code, shape ``(rows, codes)``.
        coded: Per coder: did the coder code the interview, ``(interviews,)``.
    """

    codes: tuple[str, ...]
    transcripts: tuple[str, ...]
    interview: Integers
    weights: Integers
    coders: Mapping[str, Booleans]
    coded: Mapping[str, Booleans]

    @property
    def units(self) -> int:
        """The number of units."""
        return int(self.weights.sum())


def find_presence(
    material: Material, unit: AgreementUnit = AgreementUnit.TURN, codes: Sequence[str] | None = None
) -> Presence:
    """Return which units each coder gave each code.

    Args:
        material: What is compared.
        unit: What is counted: the units of the material, or their characters.
        codes: Paths of the codes; those of the material by default.
    """
    paths = material.paths if codes is None else tuple(codes)
    column = {code: number for number, code in enumerate(paths)}
    rows_of = _characters if unit is AgreementUnit.CHARACTER else _units
    found = [rows_of(material, transcript, column) for transcript in material.transcripts]
    none = np.zeros((len(material.coders), 0, len(paths)), dtype=bool)
    has = np.concatenate([none, *(rows for rows, _ in found)], axis=1)
    weights = [weight for _, weight in found]
    names = tuple(transcript.name for transcript in material.transcripts)
    return Presence(
        paths,
        names,
        np.repeat(np.arange(len(names)), [len(weight) for weight in weights]),
        np.concatenate([np.zeros(0, dtype=np.int64), *weights]),
        dict(zip(material.coders, has, strict=True)),
        {
            coder: np.array([name in material.coded[coder] for name in names], dtype=bool)
            for coder in material.coders
        },
    )


def _units(
    material: Material, transcript: Transcript, column: Mapping[str, int]
) -> tuple[Booleans, Integers]:
    """Return who gave which unit of a transcript which code, and a weight of 1 for each."""
    units = material.units[transcript.name]
    has = np.zeros((len(material.coders), len(units), len(column)), dtype=bool)
    for place, coder in enumerate(material.coders):
        made = material.codings[coder][transcript.name]
        for number, here in codings_by_unit(units, made, transcript.text).items():
            columns = [column[coding.code] for coding in here if coding.code in column]
            has[place, number, columns] = True
    return has, np.ones(len(units), dtype=np.int64)


def _characters(
    material: Material, transcript: Transcript, column: Mapping[str, int]
) -> tuple[Booleans, Integers]:
    """Return the same for stretches of characters, with the number that is not white space."""
    parts = [part for unit in material.units[transcript.name] for part in unit.parts]
    own = [material.codings[coder][transcript.name] for coder in material.coders]
    spans: list[Span] = [*parts, *(coding.span for made in own for coding in made)]
    cuts = np.unique([end for span in spans for end in (span.start, span.end)])
    spoken = _stretches(cuts, parts)
    sizes = [
        sum(map(len, transcript.text[start:end].split())) if said else 0
        for start, end, said in zip(cuts[:-1], cuts[1:], spoken, strict=True)
    ]
    weights = np.array(sizes, dtype=np.int64)
    has = np.zeros((len(own), len(weights), len(column)), dtype=bool)
    for place, made in enumerate(own):
        for code in {coding.code for coding in made} & column.keys():
            covered = _stretches(cuts, [c.span for c in made if c.code == code])
            has[place, :, column[code]] = covered
    return has[:, weights > 0], weights[weights > 0]


def _stretches(cuts: Integers, spans: Sequence[Span]) -> Booleans:
    """Return which stretches between ``cuts`` lie in one of the spans, whose ends are cuts."""
    steps = np.zeros(len(cuts), dtype=np.int64)
    np.add.at(steps, np.searchsorted(cuts, [span.start for span in spans]), 1)
    np.add.at(steps, np.searchsorted(cuts, [span.end for span in spans]), -1)
    inside: Booleans = np.cumsum(steps)[:-1] > 0
    return inside


def by_theme(presence: Presence) -> Presence:
    """Return the same with all codes of a theme taken together."""
    themes = tuple(dict.fromkeys(theme_path(code) for code in presence.codes))
    belongs = np.array([[theme_path(c) == theme for theme in themes] for c in presence.codes])
    belongs = belongs.reshape(len(presence.codes), len(themes))
    coders = {name: (has.astype(int) @ belongs) > 0 for name, has in presence.coders.items()}
    return replace(presence, codes=themes, coders=coders)


def per_interview(presence: Presence, rows: Floats | Booleans) -> Floats:
    """Return ``rows``, each as often as its weight, summed per interview: ``(interviews, ...)``."""
    whole = np.zeros((len(presence.transcripts), *rows.shape[1:]))
    first = np.searchsorted(presence.interview, np.arange(len(whole)))
    held = np.append(first[1:], len(rows)) > first
    if held.any():
        weights = presence.weights.reshape(-1, *[1] * (rows.ndim - 1))
        whole[held] = np.add.reduceat(rows * weights, first[held], axis=0)
    return whole


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
