"""Compares moments: who has a code at one wave and not at the next, of those who took part in both.

Only people with words of their own at both moments are compared. Other people would make a
change of the sample look like a change of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from qualcode.model import Case, Codebook, Coding, Transcript, WaveChange, parse_number
from qualcode.themes.dataset import Moment, ThemeDataset

WAVE_NAMES = ("wave", "golf", "meting", "meetmoment")
"""Names of the attribute that says at which moment an interview was held."""


def compare_waves(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    attribute: str = "",
) -> tuple[WaveChange, ...]:
    """Return per code the change from each wave to the next, in order of the codebook.

    Waves are sorted by number, or else in the order in which they first appear. A code is
    compared for those who were asked at both moments.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews, in order.
        cases: The respondents; ``attribute`` says at which wave each participation is.
        attribute: Name of the attribute; by default the first of :data:`WAVE_NAMES` in use.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    values = [(moment, dataset.attributes_of(moment)) for moment in dataset.known_moments]
    used_names = {name.casefold(): name for _, of_moment in values for name in of_moment}
    name = attribute or next((used_names[n] for n in WAVE_NAMES if n in used_names), "")
    by_wave: dict[str, list[Moment]] = {}
    for moment, of_moment in values:
        if of_moment.get(name, "").strip():
            by_wave.setdefault(of_moment[name].strip(), []).append(moment)
    waves = _in_order(by_wave)
    codes = [code for code in codebook.codes if dataset.below(code.path)]
    return tuple(
        change
        for first, second in pairwise(waves)
        for code in codes
        # nobody was asked at both moments: no change can be told
        if (change := _change(dataset, code.path, by_wave, (first, second))).of
    )


def _in_order(waves: Iterable[str]) -> list[str]:
    names = list(waves)
    numbers = {name: parse_number(name) for name in names}
    if all(number is not None for number in numbers.values()):
        return sorted(names, key=lambda name: numbers[name] or 0.0)
    return names


def _change(
    dataset: ThemeDataset,
    path: str,
    by_wave: dict[str, list[Moment]],
    waves: tuple[str, str],
) -> WaveChange:
    said = dataset.said(dataset.below(path))
    asked, having = [], []
    for wave in waves:
        moments = [m for m in by_wave[wave] if dataset.is_asked(path, m.group)]
        asked.append({m.case.name for m in moments})
        having.append({m.case.name for m in moments if (m.case.name, m.transcript) in said})
    both = [case.name for case in dataset.cases if case.name in asked[0] & asked[1]]
    first, second = ({name for name in both if name in names} for names in having)
    return WaveChange(
        code=path,
        label=dataset.codes[path].label,
        first=waves[0],
        second=waves[1],
        of=len(both),
        at_both=tuple(name for name in both if name in first & second),
        only_first=tuple(name for name in both if name in first - second),
        only_second=tuple(name for name in both if name in second - first),
    )
