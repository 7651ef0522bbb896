"""Who can be recognised is told with what would help, and what is decided changes the print."""

from dataclasses import replace

import pytest

from qualcode.errors import UnknownNameError
from qualcode.model import Case, Cell, CrossTable, FrozenMap, LocalText, Quote, QuoteSection, Span
from qualcode.quotes import (
    EVERY_CASE,
    Measures,
    RiskKind,
    attribution_risks,
    cell_risks,
    combination_risks,
    name_risks,
    passages_of,
)


def case(name: str, sex: str, region: str) -> Case:
    attributes = {"group": "users", "sex": sex, "region": region, "shoe": name}
    return Case(name, FrozenMap(attributes))


CASES = [
    case("G1", "man", "Zuid"),
    case("G2", "man", "Zuid"),
    case("G3", "man", "Zuid"),
    case("G4", "man", "Noord"),
    case("G5", "vrouw", "Zuid"),
]
BY_NAME = {one.name: one for one in CASES}


def section(*names: str, text: str = "x") -> list[QuoteSection]:
    label = LocalText({"nl": "a"})
    quotes = tuple(
        Quote(
            coding=f"coding of {name}",
            text=text,
            transcript=name,
            span=Span(0, 1),
            turn=3,
            time_ms=None,
            case=name,
            group="users",
            attributes=BY_NAME[name].attributes,
            code="a",
            code_label=label,
            theme="a",
            theme_label=label,
            coder="Anna",
            attribution="gebruiker",
        )
        for name in names
    )
    return [QuoteSection("a", label, "a", label, (), quotes)]


def test_the_fewest_attributes_that_single_a_case_out_are_named() -> None:
    found = {risk.where: risk.message for risk in combination_risks(CASES)}
    assert found == {
        "case G4": "Only 1 of 5 cases: region Noord.",
        "case G5": "Only 1 of 5 cases: sex vrouw.",
    }


def test_attributes_that_nobody_outside_knows_are_not_looked_at() -> None:
    assert combination_risks(CASES[:3]) == ()


def test_only_cases_that_are_printed_count_when_they_are_named() -> None:
    assert [r.where for r in combination_risks(CASES, named=("G5", "G1"))] == ["case G5"]


def test_a_name_left_in_a_quote_or_its_context_is_told_once() -> None:
    def find(text: str) -> list[tuple[str, str]]:
        return [("Fatima", "first name")] * text.count("Fatima")

    (risk,) = name_risks(passages_of(section("G1", text="Fatima en Fatima")), find)
    assert risk.kind is RiskKind.NAME
    assert risk.where == "quote coding o (G1, turn 3)"
    assert "'Fatima'" in risk.message


def test_a_name_in_what_a_case_is_called_is_told_of_the_case() -> None:
    def find(text: str) -> list[tuple[str, str]]:
        return [("Fatima", "first name")] * text.count("Fatima")

    (quote,) = passages_of(section("G1", text="Ja"))
    (risk,) = name_risks([replace(quote, case="G1 Fatima")], find)
    assert risk.where == "case G1 Fatima"
    assert "'Fatima'" in risk.message


@pytest.mark.parametrize(("count", "small"), [(None, False), (0, False), (1, True), (3, False)])
def test_a_cell_with_too_few_cases_is_small_but_an_empty_one_is_not(
    count: int | None, small: bool
) -> None:
    labels = (LocalText(),)
    table = CrossTable("t", "cases", ("a",), ("x",), labels, labels, ((Cell(count),),))
    assert bool(cell_risks([table])) is small


def test_a_risk_keeps_its_id_and_another_has_another() -> None:
    one, two = combination_risks(CASES)
    assert combination_risks(CASES) == (one, two)
    assert one.id != two.id
    assert len(one.id) == 10


def test_an_accepted_risk_carries_its_reason() -> None:
    risks = combination_risks(CASES)
    measures = Measures(confirmed=FrozenMap({risks[0].id: "has agreed"}))
    assert [r.confirmed for r in measures.with_reasons(risks)] == ["has agreed", ""]


def test_wider_values_and_suppressed_attributes_take_the_risk_away() -> None:
    measures = Measures(
        suppressed=frozenset({("G5", "sex")}),
        wider=FrozenMap({("region", "Noord"): "Nederland", ("region", "Zuid"): "Nederland"}),
    )
    printed = measures.of_cases(CASES)
    assert printed[4].attributes["sex"] == ""
    assert {c.attributes["region"] for c in printed} == {"Nederland"}
    assert [r.where for r in combination_risks(printed[:4])] == []
    pattern = "{sex}, {region}"
    before = attribution_risks(passages_of(section("G4")), CASES, attribution=pattern)
    assert [r.where for r in before] == ["case G4"]
    assert attribution_risks(passages_of(section("G4")), printed, attribution=pattern) == ()


def test_a_quote_that_is_left_out_is_not_printed_and_an_empty_section_goes() -> None:
    measures = Measures(left_out=frozenset({"coding of G1"}))
    (printed,) = measures.of_sections(section("G1", "G4"))
    assert [quote.case for quote in printed.quotes] == ["G4"]
    assert measures.of_sections(section("G1")) == ()


def test_an_attribute_of_nobody_is_printed_where_every_case_is_meant() -> None:
    printed = Measures(suppressed=frozenset({(EVERY_CASE, "region")})).of_cases(CASES)
    assert {one.attributes["region"] for one in printed} == {""}


def test_every_measure_is_listed_and_can_be_taken_back() -> None:
    measures = Measures(
        left_out=frozenset({"c1"}),
        suppressed=frozenset({("G5", "sex"), (EVERY_CASE, "region")}),
        wider=FrozenMap({("region", "Noord"): "elders"}),
        hide_counts=True,
        confirmed=FrozenMap({"0123456789": "has agreed"}),
    )
    listed = measures.listed()
    assert [one.kind for one in listed] == [
        "leave-out", "suppress", "suppress", "widen", "hide-cells", "confirm"
    ]  # fmt: skip
    assert listed[1].item == "region of every case"
    for one in listed:
        measures = measures.without(one.id)
    assert measures == Measures()


def test_a_measure_that_was_not_taken_cannot_be_taken_back() -> None:
    with pytest.raises(UnknownNameError, match="No measure 'x'"):
        Measures(left_out=frozenset({"c1"})).without("x")
