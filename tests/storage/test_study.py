"""What surrounds the coding: settings, cases, guides, coders and rounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.errors import InvalidValueError, UnknownNameError
from qualcode.model import Case, FrozenMap, Guide, LocalText, Participation, Question, Round
from qualcode.storage import Store
from qualcode.storage.schema import SCHEMA
from store_contents import Study, first_codebook


def test_info_says_what_the_project_is(store: Store) -> None:
    info = store.info()
    assert (info.name, info.language, info.schema) == ("Proef", "nl", SCHEMA)
    assert info.created_at.isoformat() == "2026-03-01T09:00:00+00:00"


@pytest.mark.parametrize("value", [None, True, 3, "tekst 😀", ["a", 1], {"b": [1], "a": None}])
def test_a_setting_is_any_json_value(store: Store, value: object) -> None:
    assert store.setting("key", "default") == "default"
    store.set_setting("key", 1, "Anna")
    store.set_setting("key", value, "Anna")
    assert store.setting("key", "default") == value


def test_cases_keep_their_order_and_take_the_place_of_the_one_of_their_name(
    study: Study,
) -> None:
    first = Case(
        "G2",
        FrozenMap({"sex": "v", "group": "U", "age_band": "20-29"}),
        participations=Participation.in_each("G01"),
    )
    second = Case("G1")
    study.store.put_cases([first, second], "Anna")
    assert study.store.cases() == (first, second)
    assert list(study.store.cases()[0].attributes) == ["sex", "group", "age_band"]
    changed = replace(first, participations=(), attributes=FrozenMap({"group": "P"}))
    study.store.put_cases([changed], "Anna")
    assert study.store.cases() == (changed, second)


def test_what_does_not_change_leaves_no_event(study: Study) -> None:
    study.store.put_cases([Case("G1")], "Anna")
    before = study.store.events()
    study.store.put_cases([Case("G1")], "Anna")
    study.store.add_coder("Anna", "Anna")
    study.store.set_roles("G01", {}, "Anna")
    assert study.store.events() == before


def test_a_case_with_an_unknown_transcript_is_refused(study: Study) -> None:
    with pytest.raises(UnknownNameError, match=r"No transcript 'G0' .*case 'G1'"):
        study.store.put_cases([Case("G1", participations=Participation.in_each("G0"))])


def test_guides_come_back(store: Store) -> None:
    question = Question(
        "U1", LocalText({"nl": "Hoe begon het?"}), ("a",), ("begin",), optional=True
    )
    guide = Guide("users", "U", (question, Question("U2", LocalText())), LocalText({"nl": "Gids"}))
    store.put_guide(guide, "Anna")
    store.put_guide(replace(guide, name="professionals", group="P"), "Anna")
    shorter = replace(guide, questions=(question,))
    store.put_guide(shorter, "Anna")
    assert [g.name for g in store.guides()] == ["users", "professionals"]
    assert store.guides()[0] == shorter


def test_a_coder_joins_once(store: Store) -> None:
    for name in ("Ben", "Anna", "Ben"):
        store.add_coder(name)
    assert store.coders() == ("Ben", "Anna")
    with pytest.raises(InvalidValueError, match="needs a name"):
        store.add_coder("  ")


def test_rounds_come_back(study: Study) -> None:
    first = Round("eerste", ("Anna", "Ben"), ("G01",), blind=False, suggestions=True)
    study.store.put_round(first, "Anna")
    study.store.put_round(Round("tweede"), "Anna")
    study.store.put_round(replace(first, closed=True), "Anna")
    assert study.store.rounds() == (replace(first, closed=True), Round("tweede"))


@pytest.mark.parametrize(
    "wrong",
    [Round("r", coders=("Cor",)), Round("r", transcripts=("G9",)), Round("r", codebook_version=8)],
)
def test_a_round_with_unknown_names_is_refused(study: Study, wrong: Round) -> None:
    with pytest.raises(UnknownNameError, match="round 'r'"):
        study.store.put_round(wrong)


def test_a_nul_is_refused_wherever_it_stands(study: Study) -> None:
    store = study.store
    for attempt in (
        lambda: store.add_coder("A\x00"),
        lambda: store.put_cases([Case("G1", FrozenMap({"group": "U\x00"}))]),
        lambda: store.set_setting("key", {"a": ["\x00"]}),
        lambda: store.put_guide(Guide("g", "U", (Question("1", LocalText({"nl": "\x00"})),))),
        lambda: store.save_codebook(first_codebook(), note="\x00"),
        lambda: store.add_coder("Cor", who="\x00"),
    ):
        with pytest.raises(InvalidValueError, match="NUL"):
            attempt()
    assert store.cases() == ()


@pytest.mark.parametrize("name", ["union", "final", "all", "Final "])
def test_no_coder_is_called_as_a_layer(store: Store, name: str) -> None:
    with pytest.raises(InvalidValueError, match="stands for the work of several coders"):
        store.add_coder(name)
    assert store.coders() == ()
