"""The codes of figures, with their reach and their codings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from qualcode.model import (
    Case,
    Code,
    Codebook,
    CodePair,
    Coding,
    LevelCode,
    LevelPlan,
    MapCode,
    Transcript,
)
from qualcode.model.codebook import theme_path
from qualcode.themes.cooccurrence import collect_pairs
from qualcode.themes.dataset import ThemeDataset
from qualcode.themes.prevalence import reach_of_code


def codes_by_level(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    plan: LevelPlan,
    themes: Collection[str] = (),
) -> dict[str, tuple[LevelCode, ...]]:
    """Return the codes of each level that somebody brought up, from the largest reach down.

    A theme is a code of its own only where it has no codes below it.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents.
        plan: Which code belongs to which level.
        themes: Only the codes of these themes; all by default.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    levels: dict[str, list[LevelCode]] = {level: [] for level in plan.levels}
    for code in _factors(codebook, themes):
        level = plan.level_of(code, codebook)
        below = dataset.below(code.path)
        if level and below:
            ids = tuple(coding.id for coding in below)
            reaches = reach_of_code(dataset, code.path, with_words=False)
            levels[level].append(LevelCode(code.path, reaches, ids))
    # Sorting keeps the order of the codebook among codes of one reach.
    return {
        level: tuple(sorted(codes, key=lambda code: -(code.reaches[0].cases or 0)))
        for level, codes in levels.items()
    }


def _factors(codebook: Codebook, themes: Collection[str]) -> Iterator[Code]:
    parents = {code.parent for code in codebook.codes}
    for code in codebook.codes:
        if themes and theme_path(code.path) not in themes:
            continue
        if code.parent or code.path not in parents:
            yield code


def codes_on_map(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    themes: Collection[str] = (),
) -> tuple[tuple[MapCode, ...], tuple[CodePair, ...]]:
    """Return the codes that were used, and the pairs that passages have together.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents.
        themes: Only the codes of these themes; all by default.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    codes = []
    for code in codebook.codes:
        below = dataset.below(code.path)
        if below and not (themes and theme_path(code.path) not in themes):
            codes.append(MapCode(code.path, len(below), tuple(coding.id for coding in below)))
    return tuple(codes), collect_pairs(dataset)
