"""The codebook is versioned, and a code keeps its id whatever it is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.errors import ConflictError, InvalidValueError, UnknownNameError
from qualcode.model import Code, Codebook, FrozenMap, LocalText
from qualcode.storage import Store
from store_contents import Study, first_codebook


def changed(book: Codebook, old_path: str, /, **fields: object) -> Codebook:
    codes = (replace(c, **fields) if c.path == old_path else c for c in book.codes)  # type: ignore[arg-type]
    return replace(book, codes=tuple(codes))


def latest(store: Store) -> Codebook:
    book = store.codebook()
    assert book is not None
    return book


def test_a_project_without_a_codebook_has_none(store: Store) -> None:
    assert store.codebook() is None
    assert store.codebook_versions() == ()


def test_every_field_of_a_code_comes_back(store: Store) -> None:
    code = Code(
        "aanbod",
        label=LocalText({"nl": "Aanbod", "en": "Supply"}),
        definition=LocalText({"nl": "wat er te krijgen is"}),
        include=LocalText({"nl": "dealers"}),
        exclude=LocalText({"nl": "geld"}),
        typical=LocalText({"nl": "‘ze stonden voor de deur’ 😀"}),
        borderline=LocalText({"nl": "e\u0301\x0b"}),
        terms=("dealer", "bellen"),
        color="#112233",
        attributes=FrozenMap({"level": ("gemeenschap",), "asked_of": ("P", "U")}),
        id="c1",
        retired=True,
    )
    book = Codebook("drugs", (code,), title=LocalText({"en": "Drugs"}), language="en")
    assert store.save_codebook(book, "Anna") == book
    assert store.codebook() == book
    assert list(latest(store).codes[0].label) == ["nl", "en"]


def test_versions_are_numbered_here_and_all_of_them_stay(study: Study) -> None:
    book = changed(latest(study.store), "motieven", color="#000000")
    saved = study.store.save_codebook(replace(book, version=40), "Ben", "darker")
    assert saved.version == 2
    assert study.store.codebook(1) != study.store.codebook(2) == saved
    told = [(v.version, v.who, v.note) for v in study.store.codebook_versions()]
    assert told == [(1, "Anna", "the first one"), (2, "Ben", "darker")]
    with pytest.raises(UnknownNameError, match="No codebook version '3'"):
        study.store.codebook(3)


def test_codes_without_an_id_get_that_of_the_same_path_in_the_version_before(study: Study) -> None:
    before = {code.path: code.id for code in latest(study.store).codes}
    fresh = Codebook("drugs", (*first_codebook().codes, Code("gevolgen")))
    after = {code.path: code.id for code in study.store.save_codebook(fresh).codes}
    assert {path: after[path] for path in before} == before
    assert after["gevolgen"] not in before.values()


def test_a_moved_code_takes_its_id_along_and_the_newcomer_on_its_path_gets_another(
    study: Study,
) -> None:
    book = latest(study.store)
    moved = changed(book, "invloeden/aanbod", path="invloeden/verkrijgbaarheid")
    saved = study.store.save_codebook(
        replace(moved, codes=(*moved.codes, Code("invloeden/aanbod")))
    )
    assert saved.code("invloeden/verkrijgbaarheid").id == book.code("invloeden/aanbod").id
    assert saved.code("invloeden/aanbod").id != book.code("invloeden/aanbod").id


def test_codings_show_the_path_that_their_code_has_now(study: Study) -> None:
    study.code("feest")
    book = changed(latest(study.store), "invloeden/aanbod", path="invloeden/feesten")
    study.store.save_codebook(book)
    (coding,) = study.store.codings()
    assert (coding.code, coding.codebook_version) == ("invloeden/feesten", 1)
    assert study.store.codings(code="invloeden/feesten") == (coding,)
    with pytest.raises(UnknownNameError, match="invloeden/aanbod"):
        study.store.codings(code="invloeden/aanbod")


def test_codings_of_merged_codes_show_the_code_at_the_end_of_the_chain(study: Study) -> None:
    first = study.code("feest", "invloeden/aanbod")
    second = study.code("vrienden", "motieven/plezier")
    book = latest(study.store)
    ids = {code.path: code.id for code in book.codes}
    book = changed(book, "invloeden/aanbod", merged_into=ids["invloeden/vrienden"], retired=True)
    book = changed(book, "invloeden/vrienden", merged_into=ids["motieven/plezier"], retired=True)
    study.store.save_codebook(book)
    assert {c.code for c in study.store.codings()} == {"motieven/plezier"}
    found = study.store.codings(code="motieven/plezier")
    assert {c.id for c in found} == {first.id, second.id}
    assert [c.id for c in study.store.codings(code="invloeden/aanbod")] == [first.id]


def test_a_merge_by_path_is_stored_by_id(store: Store) -> None:
    book = Codebook("b", (Code("a", merged_into="b", retired=True), Code("b")))
    saved = store.save_codebook(book)
    assert saved.code("a").merged_into == saved.code("b").id


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ((Code("a", id="1"), Code("b", id="1")), "gives the id '1' to two codes"),
        ((Code("a", id="1", merged_into="9"),), "'9', which is not in the book"),
        (
            (Code("a", id="1", merged_into="2"), Code("b", id="2", merged_into="1")),
            "merged into it again",
        ),
    ],
)
def test_a_codebook_with_ids_that_lead_nowhere_is_refused(
    store: Store, codes: tuple[Code, ...], told: str
) -> None:
    with pytest.raises(InvalidValueError, match=told):
        store.save_codebook(Codebook("b", codes))
    assert store.codebook() is None


def test_a_code_with_codings_cannot_be_left_out(study: Study) -> None:
    coding = study.code("feest", "motieven/plezier")
    book = latest(study.store)
    without = replace(book, codes=tuple(c for c in book.codes if c.name != "plezier"))
    with pytest.raises(ConflictError, match="leaves out 'motieven/plezier', which has codings"):
        study.store.save_codebook(without)
    study.store.withdraw_codings([coding.id], "Anna")
    study.store.save_codebook(without)
    (withdrawn,) = study.store.codings(include_withdrawn=True)
    assert withdrawn.code == "motieven/plezier"
