"""Two who edit one code at once: what one changed is merged, what both changed is asked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from qualcode.errors import EditConflictError
from qualcode.model import Code, Codebook, FrozenMap, LocalText, merge_fields
from qualcode.project import Project, save_edit

BEFORE = Code(
    "werk/druk",
    label=LocalText({"nl": "Druk", "en": "Pressure"}),
    definition=LocalText({"nl": "Hoe druk het is."}),
    terms=("druk",),
    attributes=FrozenMap({"level": ("groep",)}),
)
PATH = BEFORE.path


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "study.qualcode"
    with Project.create(path, name="s", as_coder="anna") as project:
        project.codebook.save(Codebook("s", (Code("werk"), Code("thuis"), BEFORE)), "first")
        yield project


def text(words: str, language: str = "nl") -> LocalText:
    return LocalText({language: words})


CHANGES: list[dict[str, Any]] = [
    {"definition": text("Kort.")},
    {"definition": text("Lang.")},
    {"definition": LocalText({"nl": "Hoe druk het is.", "en": "How busy it is."})},
    {"label": LocalText({"nl": "Werkdruk", "en": "Pressure"})},
    {"label": LocalText({"nl": "Druk"}), "color": "#112233"},
    {"terms": ("druk", "haast")},
    {"terms": ()},
    {"attributes": FrozenMap({"level": ("stad",)}), "exclude": text("Thuis.")},
    {"color": "#445566"},
    {},
]


@pytest.mark.parametrize(("theirs", "mine"), list(product(CHANGES, repeat=2)))
def test_each_text_is_merged_or_both_sides_are_told(
    theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    """Whatever two people change: no text that one of them wrote is gone without a question."""
    stored, wanted = replace(BEFORE, **theirs), replace(BEFORE, **mine)
    merged, conflicts = merge_fields(BEFORE, stored, mine)
    result = replace(stored, **merged)
    told = {conflict.field: (conflict.new_text, conflict.stored_text) for conflict in conflicts}
    for place in PLACES:
        before, sides = _at(BEFORE, place), (_at(wanted, place), _at(stored, place))
        changed = {value for value in sides if value != before}
        if len(changed) == 2:
            assert told.pop(place) == sides
            assert _at(result, place) == sides[1]
        else:
            assert _at(result, place) == (changed.pop() if changed else before)
    assert not told


PLACES = [f"{name}.{language}" for name in Code.TEXT_FIELDS for language in ("nl", "en")]
PLACES += ["terms", "color", "attributes"]


def _at(code: Code, place: str) -> Any:
    name, _, language = place.partition(".")
    value = getattr(code, name)
    return value.get(language, "") if language else value


@pytest.mark.slow
def test_the_error_carries_both_sides_and_who_wrote_the_other_and_when(anna: Project) -> None:
    read = anna.codebook.get().code(PATH)
    bram = anna.acting_as("bram")
    bram.codebook.edit(PATH, as_read=read, definition=text("Van bram."), color="#112233")
    anna.acting_as("carla").codebook.edit(PATH, exclude=text("Thuis."))
    count = len(anna.codebook.versions())
    with pytest.raises(EditConflictError) as caught:
        anna.codebook.edit(
            PATH, as_read=read, definition=text("Van anna."), terms=("haast",), color=read.color
        )
    (conflict,) = caught.value.conflicts
    assert (conflict.field, conflict.new_text, conflict.stored_text) == (
        "definition.nl",
        "Van anna.",
        "Van bram.",
    )
    stored_by_bram = anna.codebook.versions()[1]
    assert (conflict.author, conflict.at) == ("bram", stored_by_bram.at)
    assert len(anna.codebook.versions()) == count
    # Chosen from both sides, it is saved on what is stored, with the rest of her change.
    chosen = {**caught.value.fields, "definition": text("Van ons.")}
    assert isinstance(caught.value.stored, Code)
    anna.codebook.edit(PATH, as_read=caught.value.stored, **chosen)
    code = anna.codebook.get().code(PATH)
    assert (code.definition, code.terms, code.color) == (text("Van ons."), ("haast",), "#112233")
    assert code.exclude == text("Thuis.")


def test_a_third_change_during_the_choice_is_asked_about_too(anna: Project) -> None:
    read = anna.codebook.get().code(PATH)
    bram = anna.acting_as("bram")
    bram.codebook.edit(PATH, definition=text("Een."))
    with pytest.raises(EditConflictError) as caught:
        anna.codebook.edit(PATH, as_read=read, definition=text("Mijn."))
    bram.codebook.edit(PATH, definition=text("Twee."))
    stored = caught.value.stored
    assert isinstance(stored, Code)
    with pytest.raises(EditConflictError) as again:
        anna.codebook.edit(PATH, as_read=stored, definition=text("Mijn."))
    assert again.value.conflicts[0].stored_text == "Twee."


@pytest.mark.slow
def test_a_change_follows_a_code_that_is_moved_renamed_or_retired_meanwhile(anna: Project) -> None:
    read = anna.codebook.get().code(PATH)
    bram = anna.acting_as("bram")
    bram.codebook.rename(PATH, "drukte")
    bram.codebook.move("werk/drukte", "thuis")
    # The path is another code's now, which is not touched.
    bram.codebook.add(Code(PATH, definition=text("Een ander.")))
    anna.codebook.edit(PATH, as_read=read, definition=text("Van anna."))
    bram.codebook.retire("thuis/drukte")
    anna.codebook.edit(PATH, as_read=read, include=text("Ook dit."))
    book = anna.codebook.get()
    code = book.code("thuis/drukte")
    assert (code.definition, code.include) == (text("Van anna."), text("Ook dit."))
    assert code.retired
    assert book.code(PATH).definition == text("Een ander.")


def test_what_was_written_about_a_code_that_is_gone_is_in_the_error(anna: Project) -> None:
    bram = anna.acting_as("bram")
    bram.codebook.add(Code("nieuw"))
    read = anna.codebook.get().code("nieuw")
    bram.history.undo()
    with pytest.raises(EditConflictError, match="removed the code 'nieuw'") as caught:
        anna.codebook.edit("nieuw", as_read=read, definition=text("Van anna."))
    assert caught.value.stored is None
    assert caught.value.fields == {"definition": text("Van anna.")}


def test_a_text_that_an_undo_brought_back_is_nobodys(anna: Project) -> None:
    bram = anna.acting_as("bram")
    bram.codebook.edit(PATH, definition=text("Van bram."))
    read = anna.codebook.get().code(PATH)
    bram.history.undo()
    with pytest.raises(EditConflictError) as caught:
        anna.codebook.edit(PATH, as_read=read, definition=text("Van anna."))
    (conflict,) = caught.value.conflicts
    assert (conflict.stored_text, conflict.author, conflict.at) == ("Hoe druk het is.", "", None)


@pytest.mark.slow
def test_saving_what_nobody_changed_makes_no_version(anna: Project) -> None:
    read = anna.codebook.get().code(PATH)
    anna.codebook.edit(PATH, as_read=read, definition=read.definition, terms=read.terms)
    assert len(anna.codebook.versions()) == 1


# --- forms of other things ---------------------------------------------------------------------


def save_form(project: Project, as_read: dict[str, Any], fields: dict[str, Any]) -> None:
    typology = project.themes.typology

    def read() -> dict[str, Any] | None:
        found = [t for t in typology.design().types if t.name == "nacht"]
        return {"definition": found[0].definition, "target": found[0].target} if found else None

    save_edit(
        project,
        as_read,
        fields,
        read=read,
        save=lambda values: typology.set_type("nacht", **values),
        name="nacht",
        titles={"definition": "What they share", "target": "Target group"},
    )


@pytest.mark.parametrize("theirs", ["", "eerst", "van bram"])
@pytest.mark.parametrize("mine", ["", "eerst", "van anna"])
@pytest.mark.slow
def test_a_form_takes_over_what_one_changed_and_asks_about_what_both_did(
    anna: Project, theirs: str, mine: str
) -> None:
    anna.themes.typology.set_type("nacht", definition="eerst", target="oud")
    as_read = {"definition": "eerst", "target": "oud"}
    anna.acting_as("bram").themes.typology.set_type("nacht", definition=theirs)
    fields = {"definition": mine, "target": "jong"}
    changed = {theirs, mine} - {"eerst"}
    if len(changed) == 2:
        with pytest.raises(EditConflictError, match=r"nacht, .*: What they share\.") as caught:
            save_form(anna, as_read, fields)
        (conflict,) = caught.value.conflicts
        assert (conflict.new_text, conflict.stored_text) == (mine, theirs)
        assert caught.value.stored == {"definition": theirs, "target": "oud"}
        expected = (theirs, "oud")
    else:
        save_form(anna, as_read, fields)
        expected = (changed.pop() if changed else "eerst", "jong")
    (case_type,) = anna.themes.typology.design().types
    assert (case_type.definition, case_type.target) == expected


def test_a_form_of_what_is_gone_keeps_the_text_in_the_error(anna: Project) -> None:
    with pytest.raises(EditConflictError, match="removed or renamed this") as caught:
        save_form(anna, {"definition": "eerst"}, {"definition": "van anna"})
    assert (caught.value.stored, caught.value.fields) == (None, {"definition": "van anna"})
    assert anna.themes.typology.design().types == ()


@pytest.mark.slow
def test_two_processes_that_add_at_once_lose_no_finding(tmp_path: Path) -> None:
    """Numbers are given in the step that stores them: two who add get two numbers."""
    path = tmp_path / "study.qualcode"
    with Project.create(path, name="s", as_coder="anna") as project:
        project.codebook.save(Codebook("s", (Code("werk"),)), "first")
    texts = [f"Bevinding {number}." for number in range(12)]
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda text: _add_finding(path, text), texts))
    with Project.open(path, as_coder="anna") as project:
        findings = [state.finding for state in project.themes.findings.report().findings]
    assert sorted(finding.text for finding in findings) == sorted(texts)
    assert [finding.number for finding in findings] == list(range(1, 13))


def _add_finding(path: Path, text: str) -> None:
    with Project.open(path, as_coder="anna") as project:
        project.themes.findings.add(text, layer="all")
