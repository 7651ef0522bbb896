"""Small counts are hidden, and no reader can work them out from what stands beside them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import (
    AttributeReach,
    Cell,
    CodePair,
    CodeSummary,
    Contrast,
    CountInWords,
    CrossTable,
    DeviantCase,
    LocalText,
    Reach,
    Saturation,
    ThemeReport,
    ThemeSummary,
    TypeGroup,
    Typology,
)
from qualcode.model.json_values import to_json_value
from qualcode.model.typology import AttributeCount, CodeCount
from qualcode.quotes import (
    hide_cells,
    hide_reaches,
    hide_row,
    with_hidden_counts,
    without_small_types,
)

LABEL = LocalText({"nl": "a"})


def reaches(*groups: tuple[int, int]) -> tuple[Reach, ...]:
    """Return the line of all, and a line per group: cases and of how many."""
    whole = Reach("", sum(n for n, _ in groups), sum(of for _, of in groups), 9, 0.1)
    return (whole, *(Reach(f"g{i}", n, of, 3, 0.1) for i, (n, of) in enumerate(groups)))


@pytest.mark.parametrize(
    ("counts", "marks"),
    [
        ((5, 4), ("", "")),
        ((5, 1), ("…", "<3")),
        ((1, 0), ("<3", "")),
        ((2, 2, 6), ("<3", "<3", "")),
        ((9, 4, 1), ("", "…", "<3")),
        ((None, 1, 5), ("", "<3", "…")),
        ((0, 0), ("", "")),
    ],
)
def test_one_small_count_takes_the_smallest_other_along(
    counts: tuple[int | None, ...], marks: tuple[str, ...]
) -> None:
    assert hide_row(counts, 3) == marks


def test_a_total_that_leaves_one_value_is_hidden_too() -> None:
    shown = hide_reaches(reaches((2, 6), (4, 4)), 3)
    assert [reach.hidden for reach in shown] == ["…", "<3", "…"]
    assert [reach.cases for reach in shown] == [None, None, None]
    assert [reach.codings for reach in shown] == [None, None, None]


def test_a_total_that_leaves_two_values_is_told() -> None:
    shown = hide_reaches(reaches((5, 6), (1, 4)), 3)
    assert [reach.hidden for reach in shown] == ["", "…", "<3"]
    assert shown[0].cases == 6


def test_what_a_group_brought_up_unasked_is_hidden_alone() -> None:
    asked = Reach("g0", 5, 6)
    shown = hide_reaches((Reach("", 5, 6), asked, Reach("g1", 1, None)), 3)
    assert [reach.hidden for reach in shown] == ["", "", "<3"]


def solutions(shown: tuple[Reach, ...], threshold: int) -> list[tuple[int, ...]]:
    """Return every set of counts that what is shown leaves possible."""
    ranges = []
    for reach in shown[1:]:
        of = reach.of or 0
        if not reach.hidden:
            ranges.append(range(reach.cases or 0, (reach.cases or 0) + 1))
        elif reach.hidden == "…":
            ranges.append(range(threshold, of + 1))
        else:
            ranges.append(range(1, min(threshold - 1, of) + 1))
    total = shown[0]
    return [
        counts
        for counts in product(*ranges)
        if (total.hidden and total.hidden != "…" and sum(counts) < threshold)
        or total.hidden == "…"
        or (not total.hidden and sum(counts) == total.cases)
    ]


@given(
    st.lists(
        st.integers(2, 8).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
        min_size=2,
        max_size=4,
    ),
    st.integers(3, 4),
)
def test_no_small_count_follows_from_what_is_shown(
    groups: list[tuple[int, int]], threshold: int
) -> None:
    shown = hide_reaches(reaches(*groups), threshold)
    left = solutions(shown, threshold)
    assert tuple(n for n, _ in groups) in left
    for place, reach in enumerate(shown[1:]):
        alone = sum(bool(other.hidden) for other in shown) == 1
        small = reach.hidden.startswith("<")
        if small and not alone and sum(n for n, _ in groups) >= threshold:
            assert len({counts[place] for counts in left}) > 1


@given(st.lists(st.tuples(st.integers(0, 5), st.just(6)), min_size=1, max_size=4))
def test_hiding_twice_hides_no_more(groups: list[tuple[int, int]]) -> None:
    once = hide_reaches(reaches(*groups), 3)
    assert hide_reaches(once, 3) == once


def test_a_hidden_cell_leads_to_no_passages() -> None:
    cells = ((Cell(5, 6, ("c1",)), Cell(1, 4, ("c2",))), (Cell(None), Cell(2, None, ("c3",))))
    table = CrossTable("t", "cases", ("a", "b"), ("x", "y"), (LABEL,) * 2, (LABEL,) * 2, cells)
    hidden = hide_cells(table, 3).cells
    assert hidden[0] == (Cell(None, 6, hidden="…"), Cell(None, 4, hidden="<3"))
    assert hidden[1] == (Cell(None), Cell(None, None, hidden="<3"))


def test_tables_of_codings_are_left_as_they_are() -> None:
    cells = ((Cell(1),),)
    table = CrossTable("t", "codings", ("a",), ("x",), (LABEL,), (LABEL,), cells)
    assert hide_cells(table, 3) is table


def report() -> ThemeReport:
    """A report with one code that one of six users has."""
    own = reaches((1, 6), (4, 4))
    words = tuple(CountInWords(reach.group, LocalText({"nl": "één"})) for reach in own)
    contrast = Contrast("a/b", LABEL, own[1], own[2], -0.8, (-0.9, -0.1), False, LABEL)
    code = CodeSummary("a/b", LABEL, LABEL, own, words, 5, 5, 0.1, contrasts=(contrast,))
    theme = ThemeSummary(
        "a", LABEL, LABEL, own, words, 5, 0.1, codes=(code,), contrasts=(contrast,)
    )
    table = CrossTable("code_by_case", "codings", (), (), (), (), ())
    return ThemeReport((theme,), tables=(table,))


def test_a_count_is_hidden_in_every_place_where_a_report_tells_it() -> None:
    (theme,) = with_hidden_counts(report(), 3).themes
    for part in (theme, theme.codes[0]):
        assert [reach.hidden for reach in part.reaches] == ["", "<3", "…"]
        assert [one.text["nl"] for one in part.in_words] == ["één", "minder dan 3", "…"]
        (contrast,) = part.contrasts
        assert (contrast.difference, contrast.interval) == (None, None)
        assert contrast.first.hidden == "<3"


def test_the_table_of_cases_that_would_add_up_goes() -> None:
    assert with_hidden_counts(report(), 3).tables == ()


def code_of(path: str, cases: int, codings: int) -> CodeSummary:
    own = (Reach("", cases, 9, codings, 0.1),)
    return CodeSummary(path, LABEL, LABEL, own, (), codings, codings, 0.1)


def theme_of(codings: int, *codes: CodeSummary, **more: Any) -> ThemeSummary:
    own = (Reach("", 9, 9, codings, 0.2),)
    return ThemeSummary("a", LABEL, LABEL, own, (), codings, 0.2, codes=codes, **more)


def hidden_theme(theme: ThemeSummary) -> ThemeSummary:
    once = with_hidden_counts(ThemeReport((theme,)), 3)
    # A report is made fit for print once for the screen, and again when it is written.
    assert with_hidden_counts(once, 3) == once
    return once.themes[0]


def test_the_codings_of_a_theme_do_not_leave_over_those_of_a_hidden_code() -> None:
    codes = code_of("a/b", 8, 8), code_of("a/c", 8, 8), code_of("a/d", 1, 1)
    theme = hidden_theme(theme_of(17, *codes))
    assert (theme.reaches[0].cases, theme.reaches[0].codings) == (9, None)
    assert [code.reaches[0].codings for code in theme.codes] == [8, 8, None]
    value = to_json_value(theme)
    assert value["codings"] is value["words_share"] is None
    assert [code["codings"] for code in value["codes"]] == [8, 8, None]
    assert value["codes"][2]["own_codings"] is value["codes"][2]["words_share"] is None


@pytest.mark.parametrize(("codings", "printed"), [(12, 12), (10, None)])
def test_two_hidden_codes_hide_each_other_unless_they_can_only_be_one_each(
    codings: int, printed: int | None
) -> None:
    codes = code_of("a/b", 8, 8), code_of("a/c", 1, codings - 9), code_of("a/d", 1, 1)
    assert hidden_theme(theme_of(codings, *codes)).reaches[0].codings == printed


def test_a_hidden_code_two_levels_down_silences_both_codes_above_it() -> None:
    codes = code_of("a/b", 8, 9), code_of("a/b/c", 1, 1), code_of("a/d", 8, 8)
    theme = hidden_theme(theme_of(17, *codes))
    assert theme.reaches[0].codings is None
    assert [code.reaches[0].codings for code in theme.codes] == [None, None, 8]


def test_a_group_that_tells_takes_the_other_groups_along_but_not_all() -> None:
    own = Reach("", 9, 12, 11), Reach("g0", 5, 6, 5), Reach("g1", 4, 6, 6)
    of_code = Reach("", 6, 12, 6), Reach("g0", 1, 6, 1), Reach("g1", 5, 6, 5)
    code = CodeSummary("a/b", LABEL, LABEL, of_code, (), 6, 6, 0.1)
    by_value = AttributeReach("level", "x", ("a", "a/b"), own, (), ("c1",))
    theme = hidden_theme(
        ThemeSummary("a", LABEL, LABEL, own, (), 11, 0.1, codes=(code,), by_attribute=(by_value,))
    )
    for part in (theme, theme.by_attribute[0]):
        assert [reach.codings for reach in part.reaches] == [11, None, None]
        assert [reach.hidden for reach in part.reaches] == ["", "", ""]
    assert not theme.hides_codings


def test_pairs_of_a_hidden_code_or_of_too_few_cases_go() -> None:
    def pair(first: str, second: str, *codings: str) -> CodePair:
        return CodePair(first, second, LABEL, LABEL, "passage", 1, 8, 8, 0.1, codings)

    pairs = pair("a/b", "a/c", "1", "2", "3"), pair("a/b", "a/c", "1", "2"), pair("a/b", "a/d", "3")
    codes = code_of("a/b", 8, 8), code_of("a/c", 8, 8), code_of("a/d", 1, 1)
    report = ThemeReport((theme_of(17, *codes, pairs=pairs),))
    cases = {"1": ["An"], "2": ["Bo"], "3": ["Cor", "An"]}
    (theme,) = with_hidden_counts(report, 3, cases).themes
    assert theme.pairs == pairs[:1]


def test_no_name_stands_beside_a_code_of_too_few_cases() -> None:
    def case(name: str, *has: str, lacks: str = "a/b") -> DeviantCase:
        return DeviantCase(name, "", lacks, LABEL, has, ("1", "2"))

    codes = code_of("a/b", 8, 8), code_of("a/c", 8, 8), code_of("a/d", 1, 1)
    cases = case("An", "a/c"), case("Bo", "a/c", "a/d"), case("Cor", "a/d")
    theme = hidden_theme(theme_of(17, *codes, deviant_cases=cases))
    assert theme.deviant_cases == (cases[0], replace(cases[1], codes=("a/c",), codings=()))
    lacking = case("Dré", "a/c", lacks="a/d")
    assert not hidden_theme(theme_of(17, *codes, deviant_cases=(lacking,))).deviant_cases


def test_the_passages_of_a_theme_do_not_leave_over_those_of_a_hidden_code() -> None:
    rows = ((Cell(5, 6, ("1", "2")),), (Cell(4, 6, ("1",)),), (Cell(1, 6, ("2",)),))
    table = CrossTable("t", "cases", ("a", "a/b", "a/c"), ("x",), (LABEL,) * 3, (LABEL,), rows)
    assert [cells[0].codings for cells in hide_cells(table, 3).cells] == [(), ("1",), ()]


def type_of(*cases: str, outside: int) -> TypeGroup:
    counts = (len(cases), len(cases), 0, outside)
    code, attribute = CodeCount("a", LABEL, *counts), AttributeCount("sex", "man", *counts)
    return TypeGroup("1", cases, (code,), (attribute,))


def test_a_type_of_one_person_is_no_portrait() -> None:
    alone, many = type_of("G1", outside=4), type_of("G2", "G3", "G4", outside=3)
    typology = Typology("gower", (), (), groups=(alone, many))
    shown = without_small_types(ThemeReport((), typology=typology, types=(alone,)), 3)
    assert shown.typology
    assert shown.typology.groups == (TypeGroup("1", (), withheld=True), many)
    assert shown.types == (TypeGroup("1", (), withheld=True),)


def test_what_a_few_outside_a_type_share_is_not_told_either() -> None:
    most = type_of("G2", "G3", "G4", outside=1)
    (shown,) = without_small_types(ThemeReport((), types=(most,)), 3).types
    assert shown.attributes == ()
    assert (shown.codes[0].inside, shown.codes[0].of_outside) == (3, 0)


def test_what_too_few_of_a_type_have_or_lack_is_not_listed() -> None:
    """Of four, three women tell of the one man, and one partner is the partner."""
    label = LocalText({"en": "x"})
    group = TypeGroup(
        "1",
        ("A", "B", "C", "D"),
        (CodeCount("few", label, 2, 4, 0, 4), CodeCount("all", label, 4, 4, 4, 4)),
        (
            AttributeCount("group", "partner", 1, 4, 0, 4),
            AttributeCount("sex", "woman", 3, 4, 4, 4),
            AttributeCount("work", "baker", 4, 4, 1, 4),
            AttributeCount("shift", "night", 4, 4, 0, 4),
        ),
    )
    once = with_hidden_counts(ThemeReport((), types=(group,)), 3)
    (shown,) = once.types
    assert [count.code for count in shown.codes] == ["all"]
    assert [count.value for count in shown.attributes] == ["night"]
    assert shown.shortened
    assert with_hidden_counts(once, 3) == once


def test_saturation_of_a_group_of_one_interview_is_not_printed() -> None:
    saturations = tuple(
        Saturation(group, tuple("abcde"[:count]), (1,) * count, (1,) * count, 4, None, ())
        for group, count in (("", 2), ("partners", 1), ("bakers", 4))
    )
    shown = with_hidden_counts(ThemeReport((), saturation=saturations), 3).saturation
    assert [saturation.group for saturation in shown] == ["", "bakers"]


def test_a_contrast_of_nobody_with_nobody_does_not_tell_the_size_of_a_group() -> None:
    """The interval of 0 of 1 is another than that of 0 of 2."""
    reaches = (Reach("", 3, 8, 3), Reach("bakers", 3, 6, 3), Reach("owners", 0, 1, 0))
    contrast = Contrast("t/a", LABEL, reaches[1], reaches[2], 0.5, (-0.4, 0.8), False, LABEL)
    code = CodeSummary("t/a", LABEL, LABEL, reaches, (), 3, 3, None)
    theme = ThemeSummary("t", LABEL, LABEL, reaches, (), 3, None, (code,), contrasts=(contrast,))
    (shown,) = with_hidden_counts(ThemeReport((theme,)), 3).themes[0].contrasts
    assert (shown.difference, shown.interval) == (None, None)
    assert (shown.first.printed_of, shown.second.printed_of) == (6, "<3")
