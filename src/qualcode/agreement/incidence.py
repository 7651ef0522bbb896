"""Which units each coder gave each code, as arrays, and their sums per interview.

An ``Incidence`` has one row per unit and one column per code, per coder; where characters are
the units, one row per stretch of them that every coder gave the same codes, with its length.
Coefficients and resamples need nothing but its sums per interview.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.agreement.arrays import Booleans, Floats, Integers
from qualcode.model import Span, Transcript
from qualcode.model.codebook import theme_path

if TYPE_CHECKING:
    from qualcode.agreement.study import CodingStudy


BLOCK = 10_000
"""The number of units that are weighted at once."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which units each coder gave each code.

    Attributes:
        codes: Paths of the codes: the columns.
        transcripts: Names of the transcripts (interviews).
        interview: Number of the interview of each row, ascending, shape ``(rows,)``.
        weights: Number of units in each row, ``(rows,)``.
        coders: Per coder: does the unit have the code, shape ``(rows, codes)``.
        coded: Per coder: did the coder code the interview, ``(interviews,)``.
        clusters: Names of the clusters of units; the transcripts by default.
        cluster: Number of the cluster of each row, ``(rows,)``; its interview by default.
    """

    codes: tuple[str, ...]
    transcripts: tuple[str, ...]
    interview: Integers
    weights: Integers
    coders: Mapping[str, Booleans]
    coded: Mapping[str, Booleans]
    clusters: tuple[str, ...] = ()
    cluster: Integers | None = None

    @property
    def units(self) -> int:
        """The number of units."""
        return int(self.weights.sum())

    def by_theme(self) -> Incidence:
        """Return the same with all codes of a theme taken together."""
        themes = tuple(dict.fromkeys(map(theme_path, self.codes)))
        belongs = np.array([[theme_path(c) == theme for theme in themes] for c in self.codes])
        belongs = belongs.reshape(len(self.codes), len(themes))
        coders = {
            name: np.stack([has[:, codes].any(1) for codes in belongs.T], -1)
            if themes
            else np.zeros((len(has), 0), dtype=bool)
            for name, has in self.coders.items()
        }
        return replace(self, codes=themes, coders=coders)

    def by_interview(self) -> Incidence:
        """Return the same with each interview as a cluster."""
        return replace(self, clusters=(), cluster=None)

    @property
    def sample(self) -> tuple[str, ...]:
        """Names of the clusters of units, which are the sample."""
        return self.transcripts if self.cluster is None else self.clusters

    @property
    def place(self) -> Integers:
        """The number in the sample of each row."""
        return self.interview if self.cluster is None else self.cluster

    def sum_by_cluster(self, rows: Floats | Booleans) -> Floats:
        """Return ``rows`` times their weights, summed per cluster: ``(clusters, ...)``."""
        total = np.zeros((len(self.sample), *rows.shape[1:]))
        place, weights = self.place, self.weights
        if self.cluster is not None:
            # one respondent may have answered in several transcripts
            order = np.argsort(place, kind="stable")
            place, weights, rows = place[order], weights[order], rows[order]
        first = np.searchsorted(place, np.arange(len(total) + 1))
        for clusters in _cluster_blocks(first):
            block = slice(first[clusters.start], first[clusters.stop])
            weighted = rows[block] * weights[block].reshape(-1, *[1] * (rows.ndim - 1))
            starts = first[clusters] - block.start
            # reduceat gives a cluster without rows the first row of the next one
            has_rows = first[clusters.start + 1 : clusters.stop + 1] > first[clusters]
            if has_rows.any():
                total[clusters][has_rows] = np.add.reduceat(weighted, starts[has_rows], axis=0)
        return total


def _cluster_blocks(first: Integers) -> Iterator[slice]:
    """Yield runs of clusters that have few rows together: all rows weighted fill the memory.

    Args:
        first: Number of the first row of each cluster, and of the row after the last one.
    """
    start, count = 0, len(first) - 1
    while start < count:
        stop = int(np.searchsorted(first, first[start] + BLOCK, side="right")) - 1
        stop = min(max(stop, start + 1), count)
        yield slice(start, stop)
        start = stop


def find_incidence(study: CodingStudy, *, by_character: bool) -> Incidence:
    """Return which units each coder gave each code.

    Args:
        study: What is compared.
        by_character: Whether the characters of the units are counted.
    """
    column = {code: number for number, code in enumerate(study.codes)}
    rows_of = _character_rows if by_character else _unit_rows
    # the empty block gives a study without interviews its shape
    has = [np.zeros((len(study.coders), 0, len(column)), dtype=bool)]
    weights = []
    for transcript in study.transcripts:
        rows, weight = rows_of(study, transcript, column)
        has.append(rows)
        weights.append(weight)
    by_coder = [np.concatenate([rows[place] for rows in has]) for place in range(len(study.coders))]
    names = tuple(transcript.name for transcript in study.transcripts)
    clusters, cluster = _number_clusters(study, by_character=by_character)
    return Incidence(
        study.codes,
        names,
        np.repeat(np.arange(len(names)), [len(weight) for weight in weights]),
        np.concatenate([np.zeros(0, dtype=np.int64), *weights]),
        dict(zip(study.coders, by_coder, strict=True)),
        {
            coder: np.array([name in study.finished[coder] for name in names], dtype=bool)
            for coder in study.coders
        },
        clusters,
        cluster,
    )


def _number_clusters(
    study: CodingStudy, *, by_character: bool
) -> tuple[tuple[str, ...], Integers | None]:
    """Return the names of the clusters, and the number of the cluster of each row.

    None where interviews are the clusters.
    """
    if not study.units.of_respondents:
        return (), None
    keys = []
    for transcript in study.transcripts:
        # interviews next to answers are clusters of their own
        units = [
            (unit.cluster, "" if unit.cluster else unit.transcript, unit)
            for unit in study.units_of(transcript)
        ]
        if not by_character:
            keys += [(cluster, name) for cluster, name, _ in units]
            continue
        starts = _character_starts(study, transcript)
        unit_of = np.searchsorted([unit.span.start for *_, unit in units], starts, "right") - 1
        keys += [units[place][:2] for place in unit_of]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    names = tuple(cluster or name for cluster, name in numbers)
    return names, np.array([numbers[key] for key in keys], dtype=np.int64)


def _unit_rows(
    study: CodingStudy, transcript: Transcript, column: Mapping[str, int]
) -> tuple[Booleans, Integers]:
    """Return who gave which unit of a transcript which code, and a weight of 1 for each."""
    units = len(study.units_of(transcript))
    has = np.zeros((len(study.coders), units, len(column)), dtype=bool)
    for place, coder in enumerate(study.coders):
        for number, codings in study.codings_by_unit(coder, transcript).items():
            has[place, number, [column[coding.code] for coding in codings]] = True
    return has, np.ones(units, dtype=np.int64)


def _character_rows(
    study: CodingStudy, transcript: Transcript, column: Mapping[str, int]
) -> tuple[Booleans, Integers]:
    """Return the same for stretches of characters, with the number that is not white space."""
    codings = [study.codings_of(coder, transcript) for coder in study.coders]
    cuts, weights = _character_stretches(study, transcript)
    has = np.zeros((len(codings), len(weights), len(column)), dtype=bool)
    for place, by_coder in enumerate(codings):
        for code in {coding.code for coding in by_coder}:
            code_spans = [coding.span for coding in by_coder if coding.code == code]
            has[place, :, column[code]] = _stretches_inside(cuts, code_spans)
    # stretches outside the units, and of white space, do not count
    return has[:, weights > 0], weights[weights > 0]


def _character_stretches(study: CodingStudy, transcript: Transcript) -> tuple[Integers, Integers]:
    """Return where stretches begin and end, and how many characters of the units each has."""
    parts = [part for unit in study.units_of(transcript) for part in unit.parts]
    codings = [study.codings_of(coder, transcript) for coder in study.coders]
    spans: list[Span] = [*parts, *(coding.span for by_coder in codings for coding in by_coder)]
    cuts = np.unique([end for span in spans for end in (span.start, span.end)])
    in_units = _stretches_inside(cuts, parts)
    sizes = [
        # white space is no text: how much of it a coder marks is chance
        sum(map(len, transcript.text[start:end].split())) if inside else 0
        for start, end, inside in zip(cuts[:-1], cuts[1:], in_units, strict=True)
    ]
    return cuts, np.array(sizes, dtype=np.int64)


def _character_starts(study: CodingStudy, transcript: Transcript) -> Integers:
    """Return where the stretches begin that count."""
    cuts, weights = _character_stretches(study, transcript)
    return cuts[:-1][weights > 0]


def _stretches_inside(cuts: Integers, spans: Sequence[Span]) -> Booleans:
    """Return which stretches between ``cuts`` lie in one of the spans, whose ends are cuts."""
    steps = np.zeros(len(cuts), dtype=np.int64)
    # add.at: several spans may begin at the same cut
    np.add.at(steps, np.searchsorted(cuts, [span.start for span in spans]), 1)
    np.add.at(steps, np.searchsorted(cuts, [span.end for span in spans]), -1)
    inside: Booleans = np.cumsum(steps)[:-1] > 0
    return inside


# --- sums per cluster and code --------------------------------------------------------------


def pair_tables(incidence: Incidence) -> tuple[Floats]:
    """Return the 2 x 2 table of two coders on each code: ``(clusters, codes, 2, 2)``.

    Index 1 is "has the code"; the first coder is axis -2.
    """
    has_a, has_b = incidence.coders.values()
    count_both, total_a, total_b = map(incidence.sum_by_cluster, (has_a & has_b, has_a, has_b))
    units = incidence.sum_by_cluster(np.ones(len(has_a)))[:, None]
    count_neither = units - total_a - total_b + count_both
    only_a, only_b = total_a - count_both, total_b - count_both
    table = np.stack(
        [np.stack([count_neither, only_b], -1), np.stack([only_a, count_both], -1)], -2
    )
    return (table,)


class TeamSums(NamedTuple):
    """Sums of any number of coders, two or more of them to a unit.

    Attributes:
        agree: Over units, the share of agreeing pairs of coders, ``(interviews, codes)``.
        units: Number of units; every one has two labels or more.
        shares: Over units, the share of its coders without and with the code, ``(..., 2)``.
        unlike: Coincidences of unlike labels.
        counts: Labels given, without and with the code, ``(..., 2)``.
        totals: The same per coder, ``(..., coders, 2)``.
    """

    agree: Floats
    units: Floats
    shares: Floats
    unlike: Floats
    counts: Floats
    totals: Floats


def team_sums(incidence: Incidence) -> TeamSums:
    """Return the sums of all coders on each code; a coder may have left interviews uncoded."""
    coded = np.stack([coded[incidence.interview] for coded in incidence.coded.values()])
    has = np.stack(list(incidence.coders.values())) & coded[..., None]
    coders = coded.sum(0)[:, None].astype(float)
    present = has.sum(0).astype(float)
    absent = coders - present
    unlike = 2.0 * present * absent
    labels = np.stack([absent, present], -1)
    by_coder = np.stack([coded[..., None] & ~has, has], -1).transpose(1, 2, 0, 3)
    total = incidence.sum_by_cluster
    return TeamSums(
        total(1.0 - unlike / (coders * (coders - 1.0))),
        total(np.ones_like(present)),
        total(labels / coders[..., None]),
        total(unlike / (coders - 1.0)),
        total(labels),
        total(by_coder),
    )


def label_sets(incidence: Incidence) -> tuple[Floats, list[Integers]]:
    """Return the different sets of codes that units have, and which one each coder gave.

    Returns:
        Sets as rows of 0 and 1, ``(sets, codes)``; per coder the row number per unit.
    """
    coders = list(incidence.coders.values())
    stacked = np.concatenate(coders)
    # sets are compared byte by byte, eight codes at a time
    packed = np.packbits(stacked, axis=1) if stacked.shape[1] else np.zeros((len(stacked), 1))
    _, first, inverse = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    numbers = np.asarray(inverse, dtype=np.int64).reshape(len(coders), -1)
    return stacked[first].astype(float), list(numbers)
