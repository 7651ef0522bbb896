"""One proposal per name over the whole project, in brackets by role; then the edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InvalidValueError
from qualcode.pseudonyms import (
    NameEntry,
    NameKey,
    NameKind,
    Replacer,
    Rules,
    entry_for,
    find_in_labels,
    propose_names,
)
from qualcode.pseudonyms.lists import load_lists

TEXTS = {
    "transcript G01": "toen kwam mijn vriendin Fatima El Amrani, en Fatima zei niks",
    "transcript G02": "in Appelscha, met Fatima en [vriendin 1] en meneer Bolhuis",
}


def test_one_proposal_per_name_with_all_its_places() -> None:
    proposals = {one.text: one for one in propose_names(TEXTS, Rules())}
    assert set(proposals) == {"Fatima El Amrani", "Fatima", "Appelscha", "Bolhuis"}
    assert [m.where for m in proposals["Fatima"].mentions] == ["transcript G01", "transcript G02"]


def test_a_first_name_goes_with_its_only_full_name_and_numbers_go_on_after_existing_ones() -> None:
    proposals = {one.text: one.replacement for one in propose_names(TEXTS, Rules())}
    assert proposals["Fatima El Amrani"] == proposals["Fatima"] == "[vriendin 2]"
    assert proposals["Bolhuis"] == "[persoon 1]"
    assert proposals["Appelscha"] == "[plaats 1]"


def test_what_was_decided_before_is_proposed_again() -> None:
    known = (NameEntry("Fatima", NameKind.PERSON, "[zus 1]"),)
    proposals = {one.text: one.replacement for one in propose_names(TEXTS, Rules(known=known))}
    assert proposals["Fatima"] == "[zus 1]"


def test_an_age_becomes_a_band() -> None:
    (one,) = propose_names({"x": "ik ben negenentwintig."}, Rules())
    assert one.replacement == "[20-29 jaar]"


def test_names_in_labels_are_found_without_a_capital() -> None:
    labels = {"file of G01": "interview_fatima_2020.docx", "case": "G1", "coder": "bram"}
    found = {one.text: one.mentions[0].where for one in find_in_labels(labels, Rules())}
    assert found == {"fatima": "file of G01", "bram": "coder"}


KEY = NameKey(
    "study",
    (
        NameEntry("Fatima", NameKind.PERSON, "[vriendin 1]"),
        NameEntry("Fatima El Amrani", NameKind.PERSON, "[vriendin 1]"),
        NameEntry("dertig", NameKind.AGE, "[30-39 jaar]"),
        NameEntry("Mark", NameKind.PERSON, ""),
    ),
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Fatima El Amrani kwam", "[vriendin 1] kwam"),
        ("Fatima's fiets, Fatimas", "[vriendin 1]'s fiets, [vriendin 1]s"),
        ("Fatimata en Mark", "Fatimata en Mark"),
        ("ik ben dertig, voor dertig euro", "ik ben [30-39 jaar], voor dertig euro"),
        ("[Fatima lacht]", "[vriendin 1 lacht]"),
        ("interview_Fatima.docx", "interview_[vriendin 1].docx"),
    ],
)
def test_names_are_replaced_as_words_and_ages_only_where_they_are_ages(old: str, new: str) -> None:
    assert Replacer(KEY).rewrite(old) == new


def test_no_replacement_crosses_the_edge_of_a_turn() -> None:
    assert Replacer(KEY).edits("Fatima El Amrani", (0, 9)).apply("Fatima El Amrani") == (
        "[vriendin 1] El Amrani"
    )


@given(st.lists(st.sampled_from(["Fatima", " El Amrani", " ", "😀", "[", "]", "s", "'", "dertig"])))
def test_replacing_twice_changes_nothing_more(pieces: list[str]) -> None:
    text = "".join(pieces)
    replacer = Replacer(NameKey("x", KEY.entries[:2]))
    once = replacer.rewrite(text)
    assert replacer.rewrite(once) == once


@pytest.mark.parametrize("words", ["[Fatima 1]", "[a\nb]", "[]", "[[x]]"])
def test_a_replacement_that_tells_or_breaks_is_refused(words: str) -> None:
    with pytest.raises(InvalidValueError):
        NameEntry("Fatima", NameKind.PERSON, words)


def test_a_replacement_gets_its_brackets() -> None:
    assert entry_for("Fatima", NameKind.PERSON, " buurvrouw 1 ").replacement == "[buurvrouw 1]"
    assert entry_for("Fatima", NameKind.PERSON, "").is_ignored


def test_a_later_decision_takes_the_place_of_the_one_before() -> None:
    changed = KEY.with_entries((NameEntry("Fatima", NameKind.PERSON, "[zus 1]"),))
    assert len(changed.entries) == len(KEY.entries)
    assert Replacer(changed).rewrite("Fatima") == "[zus 1]"
    assert KEY.ignored == {"Mark"}


def test_a_surname_with_its_particle_goes_with_the_full_name() -> None:
    texts = {"t": "Dag mevrouw De Vries. Mijn zus Ria de Vries werkt bij Albert Heijn in Zwolle."}
    proposals = {
        one.text: one.replacement for one in propose_names(texts, Rules(lists=load_lists()))
    }
    assert proposals["De Vries"] == proposals["Ria de Vries"] == "[zus 1]"
    assert {"Albert Heijn", "Zwolle"} <= proposals.keys()


def test_a_full_name_or_a_surname_in_a_label_is_proposed_as_in_the_text() -> None:
    texts = {"t": "I told my sister Margaret Thornton and she laughed."}
    rules = Rules(lists=load_lists("en"), language="en")
    proposals = propose_names(texts, rules)
    labels = {"a": "Interview 1 margaret thornton", "b": "Thornton 2"}
    found = {name.text: name.replacement for name in find_in_labels(labels, rules, proposals)}
    assert set(found) == {"margaret thornton", "Thornton"}
    assert set(found.values()) == {proposals[0].replacement}
