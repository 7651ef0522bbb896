"""Patterns within a theme: contrasts between groups, distinctive words, pairs of codes, cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.exporting.document.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    note,
)
from qualcode.exporting.document.table import Column, Table, heading
from qualcode.exporting.reports.analysis_chapter import (
    MOST_NAMES,
    count_people,
    undefined_note,
)
from qualcode.exporting.reports.reach import (
    group_name,
    reach_text,
)
from qualcode.exporting.reports.theme_tables import (
    contrast_columns,
    pairs_table,
)
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AttributeReach,
    CodeSummary,
    Contrast,
    DeviantCase,
    ThemeSummary,
    language_name,
)

_MOST_WORDS = 25
_MOST_PAIRS = 10
# Once may be chance.
_FEWEST_TOGETHER = 2


def reach_in_group_column(group: str, words: Wording) -> Column[Any]:
    """Return the column of the reach in one group."""

    def reach_in_group(row: CodeSummary | AttributeReach) -> str | None:
        texts = {reach.group: reach_text(reach, words) for reach in row.reaches}
        return texts.get(group)

    return Column(group, group_name(group, words), reach_in_group)


# Contrasts between groups


def contrast_blocks(theme: ThemeSummary, words: Wording) -> Iterator[Block]:
    """Yield the contrasts that show something, and name the codes of too few cases once."""
    if not theme.contrasts:
        return
    clear = [c for c in theme.contrasts if c.difference is not None and not c.too_few_cases]
    too_few = [c for c in theme.contrasts if c.too_few_cases]
    yield Heading(3, Message("Contrasts between groups"))
    if clear:
        yield note(
            Message(
                "Difference: the share of cases with the code in the first group minus that in "
                "the second, with the limits of the exact 95% interval."
            )
        )
        yield _contrasts_table(clear, words)
    if too_few:
        names = dict.fromkeys(words.of(contrast.label) or contrast.code for contrast in too_few)
        all_too_few = len(too_few) == len(theme.contrasts)
        yield note(
            Message(
                "Too few cases to speak of a difference: {codes}. The reach per group is in the "
                "table of codes.",
                codes=Message("for every code") if all_too_few else ", ".join(names),
            )
        )
    elif not clear:
        yield undefined_note(words.of(theme.contrasts[0].in_words))


def _contrasts_table(contrasts: Sequence[Contrast], words: Wording) -> Table[Contrast]:
    """Return the contrasts; of two groups only, the names of the groups are the headings."""
    table = Table(
        Message("Contrasts between groups"), contrast_columns(words), tuple(contrasts)
    ).drop("code", "reason")
    # With two groups in all, naming them on every row would repeat them.
    groups = {(contrast.first.group, contrast.second.group) for contrast in contrasts}
    if len(groups) > 1:
        return table
    first, second = next(iter(groups))
    names = {"first_reach": group_name(first, words), "second_reach": group_name(second, words)}
    table = table.drop("first_group", "second_group")
    columns = tuple(replace(c, name=names.get(c.key, c.name)) for c in table.columns)
    return replace(table, columns=columns)


# Words, pairs, attributes, deviant cases


def word_blocks(theme: ThemeSummary, words: Wording) -> Iterator[Block]:
    """Yield the words that respondents use more in this theme, or why there are none."""
    frequent = _frequent_words(theme)
    reason = theme.words_undefined_because
    if frequent or reason:
        yield Heading(3, Message("Words that set this theme apart"))
    if frequent:
        for language, listed in frequent.items():
            name = language_name(language)
            yield Paragraph(
                Message("{language}: {words}", language=name, words=listed) if language else listed
            )
        yield note(Message("In brackets: how often respondents say the word in this theme."))
    elif reason:
        yield note(
            Message("There are no distinctive words: {reason}.", reason=words.reason(reason))
        )


def _frequent_words(theme: ThemeSummary) -> dict[str, str]:
    """Return the distinctive words with their counts, by language where there are several."""
    words: dict[str, list[str]] = {}
    for word in theme.distinctive_words:
        words.setdefault(word.language, []).append(f"{word.word} ({word.inside})")
    return {language: ", ".join(listed[:_MOST_WORDS]) for language, listed in words.items()}


def pair_blocks(theme: ThemeSummary, words: Wording) -> Iterator[Block]:
    """Yield the codes of the theme that occur together most often."""
    pairs = [pair for pair in theme.pairs if pair.together >= _FEWEST_TOGETHER]
    if not pairs:
        return
    yield Heading(3, Message("Codes that occur together"))
    yield note(
        Message(
            "Together: passages or answers with both codes; count 1 and 2: with each of them. "
            "C-coefficient: together / (count 1 + count 2 − together), from 0 (never) to 1 "
            "(always)."
        )
    )
    table = pairs_table(pairs, words)
    yield replace(table, rows=table.rows[:_MOST_PAIRS])


def attribute_blocks(
    theme: ThemeSummary, labels: Mapping[str, str], words: Wording
) -> Iterator[Block]:
    """Yield for each attribute of codes the reach of its values, a column per group."""
    for attribute in dict.fromkeys(value.attribute for value in theme.by_attribute):
        values = tuple(value for value in theme.by_attribute if value.attribute == attribute)
        name = words.attribute(attribute)
        columns: tuple[Column[AttributeReach], ...] = (
            Column("value", name, lambda row: words.value(row.attribute, row.value)),
            Column(
                "codes",
                heading("codes"),
                lambda row: ", ".join(labels.get(code, code) for code in row.codes),
            ),
            *(reach_in_group_column(reach.group, words) for reach in values[0].reaches),
        )
        yield Heading(3, Message("By {attribute}", attribute=name))
        yield note(Message("Reach of the codes that have this value in the codebook."))
        yield Table(attribute, columns, values)


def deviant_case_blocks(
    theme: ThemeSummary, labels: Mapping[str, str], words: Wording
) -> Iterator[Block]:
    """Yield the cases that have the theme but not its commonest code."""
    cases = theme.deviant_cases
    if not cases:
        return
    yield Heading(3, Message("Cases without the commonest code"))
    if len(cases) <= MOST_NAMES:
        yield Bullets(tuple(_deviant_case(case, labels, words) for case in cases))
        return
    counts = Counter((case.lacks, case.codes) for case in cases)
    # reversed: of equal keys a dictionary keeps the last, and the first case is wanted
    first = {(case.lacks, case.codes): case for case in reversed(cases)}
    yield Bullets(
        tuple(
            _deviant_case(
                replace(first[key], case=words(count_people(count)), group=""),
                labels,
                words,
            )
            for key, count in counts.most_common()
        )
    )


def _deviant_case(case: DeviantCase, labels: Mapping[str, str], words: Wording) -> Message:
    return Message(
        "{case}: not {lacks}, but {codes}",
        case=f"{case.case} ({words.group(case.group)})" if case.group else case.case,
        lacks=words.of(case.lacks_label) or case.lacks,
        codes=", ".join(labels.get(code, code) for code in case.codes),
    )
