"""Codings are checked against the text and the codebook, and are withdrawn, not deleted."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from qualcode.errors import DuplicateError, InvalidValueError, UnknownNameError
from qualcode.model import Code, Codebook, Coding, Round, Span
from qualcode.storage import Store
from store_contents import Study, file_of, interview


def test_a_coding_comes_back_whole_with_an_id_and_a_time(study: Study) -> None:
    study.store.put_round(Round("ronde 1", coders=("Ben",)), "Anna")
    given = study.passage(
        "feest 😀", coder="Ben", round="ronde 1", memo="let op\x0b", origin="table:codings.csv"
    )
    (stored,) = study.store.add_codings([given], "Ben")
    assert replace(stored, id="", created_at=None) == given
    assert len(stored.id) == 32
    assert stored.created_at is not None
    assert study.store.codings() == (stored,)


def test_an_id_and_a_time_that_are_given_are_kept(study: Study) -> None:
    first = study.code("feest")
    study.store.withdraw_codings([first.id])
    again = replace(first, id="ab" * 16)
    (stored,) = study.store.add_codings([again])
    assert stored == again


def test_consensus_codes_without_being_a_person_of_the_project(study: Study) -> None:
    study.code("feest", coder="consensus")
    assert study.store.coders() == ("Anna", "Ben")
    assert [c.coder for c in study.store.codings()] == ["consensus"]


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        ({"transcript": "G02"}, UnknownNameError, "No transcript 'G02'"),
        ({"code": "invloeden/aanbot"}, UnknownNameError, "Did you mean 'invloeden/aanbod'"),
        ({"coder": "Ana"}, UnknownNameError, "Did you mean 'Anna'"),
        ({"round": "ronde 9"}, UnknownNameError, "No round 'ronde 9'"),
        ({"codebook_version": 7}, UnknownNameError, "No codebook version '7'"),
        ({"quote": "beest"}, InvalidValueError, "has the quote 'beest', but the text there is"),
        ({"span": Span(86, 91)}, InvalidValueError, "outside the text, which has 88 characters"),
        ({"memo": "a\x00b"}, InvalidValueError, "memo of a coding holds a NUL"),
        ({"origin": "\ud800"}, InvalidValueError, "half a character"),
    ],
)
def test_a_coding_that_does_not_fit_is_refused_and_nothing_is_stored(
    study: Study, change: dict[str, object], kind: type[Exception], told: str
) -> None:
    wrong = replace(study.passage("feest"), **change)  # type: ignore[arg-type]
    events = study.store.events()
    with pytest.raises(kind, match=told):
        study.store.add_codings([study.passage("vrienden"), wrong], "Anna")
    assert study.store.codings(include_withdrawn=True) == ()
    assert study.store.events() == events


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"retired": True}, "is retired. Restore it"),
        ({"retired": True, "merged_into": "motieven"}, "is retired. Use 'motieven'"),
    ],
)
def test_a_retired_code_is_refused_for_new_codings(
    study: Study, fields: dict[str, object], told: str
) -> None:
    book = study.store.codebook()
    assert book is not None
    codes = [replace(c, **fields) if c.name == "aanbod" else c for c in book.codes]  # type: ignore[arg-type]
    study.store.save_codebook(replace(book, codes=tuple(codes)))
    with pytest.raises(UnknownNameError, match=told):
        study.code("feest")


def test_the_same_coding_twice_is_refused_until_the_first_is_withdrawn(study: Study) -> None:
    first = study.code("feest")
    with pytest.raises(DuplicateError, match=f"'invloeden/aanbod' by Anna .*{first.id}"):
        study.code("feest")
    study.code("feest", coder="Ben")
    study.store.withdraw_codings([first.id], "Anna")
    study.code("feest")
    assert len(study.store.codings()) == 2
    assert len(study.store.codings(include_withdrawn=True)) == 3


def test_the_same_coding_twice_in_one_call_is_refused(study: Study) -> None:
    with pytest.raises(DuplicateError, match="exists already"):
        study.store.add_codings([study.passage("feest"), study.passage("feest")])
    twins = [study.passage("feest", id="ab"), study.passage("vrienden", id="ab")]
    with pytest.raises(DuplicateError, match="have the id 'ab'"):
        study.store.add_codings(twins)
    assert study.store.codings() == ()


def test_the_same_coding_in_two_rounds_is_two_codings(study: Study) -> None:
    study.store.put_round(Round("ronde 2"))
    study.code("feest")
    study.code("feest", round="ronde 2")
    assert [c.round for c in study.store.codings(round="ronde 2")] == ["ronde 2"]
    assert len(study.store.codings(round="")) == 1


def test_a_coding_that_does_not_stand_cannot_be_withdrawn(study: Study) -> None:
    coding = study.code("feest")
    study.store.withdraw_codings([coding.id])
    with pytest.raises(UnknownNameError, match="was withdrawn"):
        study.store.withdraw_codings([coding.id])
    with pytest.raises(UnknownNameError, match="No coding 'nope'"):
        study.store.withdraw_codings(["nope"])
    (withdrawn,) = study.store.codings(include_withdrawn=True)
    assert withdrawn.withdrawn_at is not None


def test_codings_are_sorted_by_import_order_place_code_and_coder(study: Study) -> None:
    other = interview("A01", "R: Op een feest.")
    study.store.add_transcript(other, file_of(other))
    codings = [
        study.passage("feest", "motieven"),
        study.passage("feest", "invloeden/aanbod", "Ben"),
        study.passage("feest", "invloeden/aanbod"),
        study.passage("feest 😀", "invloeden/aanbod"),
        study.passage("begon", "motieven"),
        Coding("", "A01", Span(10, 15), "feest", "motieven", "Anna"),
    ]
    expected = [
        ("G01", "begon", "motieven", "Anna"),
        ("G01", "feest", "invloeden/aanbod", "Anna"),
        ("G01", "feest", "invloeden/aanbod", "Ben"),
        ("G01", "feest", "motieven", "Anna"),
        ("G01", "feest 😀", "invloeden/aanbod", "Anna"),
        ("A01", "feest", "motieven", "Anna"),
    ]
    random.Random(1).shuffle(codings)
    study.store.add_codings(codings)
    assert [(c.transcript, c.quote, c.code, c.coder) for c in study.store.codings()] == expected
    assert len(study.store.codings(transcript="A01")) == 1
    assert len(study.store.codings(coder="Ben")) == 1


@pytest.mark.slow
def test_a_thousand_codings_are_one_step_and_undone_at_once(store: Store) -> None:
    words = "R: " + "woord " * 400
    transcript = interview("G01", words)
    store.add_transcript(transcript, file_of(transcript))
    store.save_codebook(Codebook("b", (Code("a"),)))
    store.add_coder("Anna")
    spans = [Span(start, start + 9) for start in range(1000)]
    codings = [Coding("", "G01", span, span.of(words), "a", "Anna") for span in spans]
    store.add_codings(codings, "Anna")
    assert len(store.codings()) == 1000
    assert len({event.step for event in store.events("Anna")}) == 1
    assert len(store.undo("Anna")) == 1000
    assert store.codings() == ()


def test_a_coding_needs_a_codebook(store: Store) -> None:
    transcript = interview()
    store.add_transcript(transcript, file_of(transcript))
    store.add_coder("Anna")
    with pytest.raises(UnknownNameError, match="it has no codebook"):
        store.add_codings([Study(store, transcript).passage("feest")])
