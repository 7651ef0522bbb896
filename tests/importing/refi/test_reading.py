"""Files of other programs are read leniently, and what is not taken is reported."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qualcode.exporting.interchange.refi import write_refi
from qualcode.importing.refi import exchange_as_json, read_refi
from qualcode.model import ExchangeProject, MemoTarget
from refi_files import (
    ANNA,
    BEN,
    CODES,
    FEAR,
    JOY,
    PROJECT,
    SOURCE,
    coding,
    guid,
    project,
    qdpx,
    selection,
    source,
    zipped,
)

TEXT = "I: Hoe was het?\nR: Een groot feest, met muziek.\n"
PLACE = (TEXT.index("Een"), TEXT.index(","))
ONE = source(selection(*PLACE, coding()))


def read(data: bytes, folder: Path, name: str = "study.qdpx") -> ExchangeProject:
    path = folder / name
    path.write_bytes(data)
    return read_refi(path)


def lines(found: ExchangeProject, kind: str) -> list[str]:
    return [f"{loss.count} {loss.item}" for loss in found.losses if loss.kind.value == kind]


def quotes(found: ExchangeProject) -> list[tuple[str, str, str]]:
    return [(c.quote, c.code, c.coder) for c in found.codings]


USUAL = [("Een groot feest", "joy_fun", "Anna")]


@pytest.mark.parametrize(
    "namespace", [PROJECT, "urn:QDA-XML:project:1:0", "urn:QDA-XML:project:0:4", ""]
)
def test_every_namespace_in_use_is_read(namespace: str, tmp_path: Path) -> None:
    assert quotes(read(qdpx(project(ONE, namespace=namespace), TEXT), tmp_path)) == USUAL


@pytest.mark.parametrize(
    "entries",
    [
        {"project.qde": "XML", "sources/g01.txt": TEXT},
        {"My study.qde": "XML", "Sources/G01.TXT": TEXT},
        {"project.qde": "XML", "sources\\g01.txt": TEXT},
        {"project.qde": "\ufeffXML", "g01.txt": "\ufeff" + TEXT},
        {"project.qde": "XML", "sources/g01.txt": TEXT.replace("\n", "\r\n").encode("utf-16")},
    ],
)
def test_every_way_to_pack_the_files_is_read(
    entries: dict[str, str | bytes], tmp_path: Path
) -> None:
    xml = project(ONE)
    packed = {k: v.replace("XML", xml) if isinstance(v, str) else v for k, v in entries.items()}
    assert quotes(read(zipped(packed), tmp_path)) == USUAL


@pytest.mark.parametrize(
    "path", ["internal://g01.txt", "g01.txt", "sources/g01.txt", "INTERNAL://G01.txt"]
)
def test_every_way_to_name_a_source_is_read(path: str, tmp_path: Path) -> None:
    xml = project(source(selection(*PLACE, coding()), path=path))
    assert quotes(read(qdpx(xml, TEXT), tmp_path)) == USUAL


def test_guids_are_equal_whatever_their_braces_and_case(tmp_path: Path) -> None:
    xml = project(ONE).replace(f'targetGUID="{JOY}"', f'targetGUID="{{{JOY.upper()}}}"')
    assert quotes(read(qdpx(xml, TEXT), tmp_path)) == USUAL


def test_text_inside_the_xml_is_read(tmp_path: Path) -> None:
    inline = f"<PlainTextContent>{TEXT}</PlainTextContent>"
    xml = project(source(inline, selection(*PLACE, coding()), path=""))
    assert quotes(read(qdpx(xml), tmp_path)) == USUAL


def test_the_coder_is_who_made_the_coding_not_who_made_the_selection(tmp_path: Path) -> None:
    xml = project(source(selection(*PLACE, coding(user=BEN), user=ANNA)))
    assert [c.coder for c in read(qdpx(xml, TEXT), tmp_path).codings] == ["Ben"]


def test_a_coding_without_coder_gets_who_made_the_selection_and_says_so(tmp_path: Path) -> None:
    found = read(
        qdpx(project(source(selection(*PLACE, coding(user=""), user=BEN))), TEXT), tmp_path
    )
    assert [c.coder for c in found.codings] == ["Ben"]
    assert "1 codings" in lines(found, "changed")


def test_users_that_are_not_listed_are_given_a_name(tmp_path: Path) -> None:
    found = read(qdpx(project(ONE, users=""), TEXT), tmp_path)
    assert found.coders == ("unknown coder",)
    assert "1 coders" in lines(found, "changed")


def test_equal_codings_are_merged_and_counted(tmp_path: Path) -> None:
    twice = source(selection(*PLACE, coding()), selection(*PLACE, coding(number=1), coding(FEAR)))
    found = read(qdpx(project(twice), TEXT), tmp_path)
    assert [c.code for c in found.codings] == ["joy_fun", "fear"]
    assert "1 codings" in lines(found, "changed")
    assert len({c.id for c in found.codings}) == 2


def test_codings_of_two_coders_on_one_passage_both_stand(tmp_path: Path) -> None:
    both = source(selection(*PLACE, coding(), coding(user=BEN, number=1)))
    assert [c.coder for c in read(qdpx(project(both), TEXT), tmp_path).codings] == ["Anna", "Ben"]


def test_a_selection_past_the_end_is_cut_off_and_one_outside_is_left_out(tmp_path: Path) -> None:
    far = source(
        selection(*PLACE, coding()),
        selection(20, 900, coding(number=1)),
        selection(800, 900, coding(number=2)),
        selection(5, 5, coding(number=3)),
    )
    found = read(qdpx(project(far), TEXT), tmp_path)
    assert [c.span.end for c in found.codings] == [PLACE[1], len(TEXT)]
    assert lines(found, "changed") == ["1 selections"]
    assert lines(found, "not taken") == ["1 selections", "1 selections"]


def test_a_coding_on_a_source_covers_all_of_it(tmp_path: Path) -> None:
    found = read(qdpx(project(source(coding())), TEXT), tmp_path)
    assert [c.quote for c in found.codings] == [TEXT]


def test_a_selection_that_nobody_coded_becomes_a_memo(tmp_path: Path) -> None:
    words = "<Description>Mooi gezegd</Description>"
    found = read(qdpx(project(source(selection(*PLACE, inner=words, user=BEN))), TEXT), tmp_path)
    (memo,) = found.memos
    assert (memo.target_kind, memo.target, memo.author) == (MemoTarget.TRANSCRIPT, "G01", "Ben")
    assert memo.text == "“Een groot feest”\nMooi gezegd"


def test_notes_become_memos_on_what_refers_to_them(tmp_path: Path) -> None:
    def note(number: int, text: str) -> str:
        inner = f"<PlainTextContent>{text}</PlainTextContent>"
        return f'<Note guid="{guid(number)}" name="{text}" creatingUser="{ANNA}">{inner}</Note>'

    def ref(number: int) -> str:
        return f'<NoteRef targetGUID="{guid(number)}"/>'

    codes = CODES.replace(
        f'<Code guid="{FEAR}" name="Fear" isCodable="true"/>',
        f'<Code guid="{FEAR}" name="Fear" isCodable="true">{ref(31)}</Code>',
    )
    notes = "".join(
        note(30 + n, text) for n, text in enumerate(("coding", "code", "source", "all"))
    )
    xml = project(
        source(selection(*PLACE, coding(inner=ref(30))), ref(32)),
        codes=codes,
        rest=f"<Notes>{notes}</Notes>",
    )
    found = read(qdpx(xml, TEXT), tmp_path)
    kinds = {memo.text: (memo.target_kind.value, memo.target) for memo in found.memos}
    assert kinds == {
        "coding": ("coding", found.codings[0].id),
        "code": ("code", "fear"),
        "source": ("transcript", "G01"),
        "all": ("project", ""),
    }
    assert {memo.author for memo in found.memos} == {"Anna"}


def test_cases_have_the_attributes_and_sources_of_the_file(tmp_path: Path) -> None:
    variables = (
        f'<Variables><Variable guid="{guid(41)}" name="Geslacht" typeOfVariable="Text"/>'
        f'<Variable guid="{guid(42)}" name="Year" typeOfVariable="Integer"/></Variables>'
        f'<Cases><Case guid="{guid(43)}" name="G1">'
        f'<VariableValue><VariableRef targetGUID="{guid(41)}"/><TextValue>man</TextValue>'
        f'</VariableValue><VariableValue><VariableRef targetGUID="{guid(42)}"/>'
        f'<IntegerValue>1980</IntegerValue></VariableValue><SourceRef targetGUID="{SOURCE}"/>'
        "</Case></Cases>"
    )
    (case,) = read(qdpx(project(ONE, before=variables), TEXT), tmp_path).cases
    assert (case.name, case.transcripts) == ("G1", ("G01",))
    assert dict(case.attributes) == {"sex": "man", "Year": "1980"}


def test_variables_on_a_source_make_a_case(tmp_path: Path) -> None:
    variable = (
        f'<Variables><Variable guid="{guid(41)}" name="Groep" typeOfVariable="Text"/></Variables>'
    )
    value = (
        f'<VariableValue><VariableRef targetGUID="{guid(41)}"/><TextValue>gebruiker</TextValue>'
        "</VariableValue>"
    )
    (case,) = read(qdpx(project(source(value), before=variable), TEXT), tmp_path).cases
    assert (case.name, case.group, case.transcripts) == ("G01", "gebruiker", ("G01",))


def test_a_quotation_that_stands_twice_in_a_pdf_is_merged(tmp_path: Path) -> None:
    place = f'guid="{guid(50)}" creatingUser="{ANNA}"'
    xml = project(
        f'<PDFSource guid="{guid(51)}" name="G01" path="internal://g01.pdf">'
        f'<PDFSelection {place} page="0" firstX="0" firstY="0" secondX="9" secondY="9">'
        f"{coding()}</PDFSelection>"
        f'<Representation guid="{guid(52)}" plainTextPath="internal://g01.txt">'
        f'<PlainTextSelection {place} startPosition="{PLACE[0]}" endPosition="{PLACE[1]}">'
        f"{coding()}</PlainTextSelection></Representation></PDFSource>"
    )
    found = read(qdpx(xml, TEXT), tmp_path)
    assert quotes(found) == USUAL
    assert lines(found, "changed") == ["1 selections"]


def test_codes_below_codes_keep_their_tree_names_colours_and_descriptions(tmp_path: Path) -> None:
    codes = (
        f'<CodeBook><Codes><Code guid="{JOY}" name="Nodes" isCodable="false" color="#abc">'
        "<Description>Waarom</Description>"
        f'<Code guid="{FEAR}" name="Áángst!" isCodable="true"/>'
        f'<Code guid="{guid(13)}" name="aangst" isCodable="true"/></Code></Codes></CodeBook>'
    )
    book = read(qdpx(project(codes=codes)), tmp_path).codebook
    assert book is not None
    assert book.paths == ("nodes", "nodes/aangst", "nodes/aangst_2")
    top, first, _ = book.codes
    assert (top.color, top.definition["nl"], top.values("codable")) == (
        "#aabbcc",
        "Waarom",
        ("no",),
    )
    assert first.label["nl"] == "Áángst!"


def test_what_is_missing_or_has_no_place_is_reported(tmp_path: Path) -> None:
    xml = project(
        source(selection(*PLACE, coding(guid(98))))
        + source(name="gone", path="internal://no.txt")
        + f'<PictureSource guid="{guid(60)}" name="photo"/>',
        rest=f'<Links><Link guid="{guid(61)}"/></Links><Sets/>',
    )
    found = read(qdpx(xml, TEXT), tmp_path)
    assert lines(found, "not taken") == ["1 sources", "1 sources", "1 codings", "1 links"]
    assert [s.transcript.name for s in found.sources] == ["G01"]


def test_two_sources_of_one_name_stay_apart(tmp_path: Path) -> None:
    two = ONE + source(path="internal://g02.txt").replace(SOURCE, guid(22))
    found = read(qdpx(project(two), TEXT, **{"g02.txt": "R: Iets anders."}), tmp_path)
    assert [s.transcript.name for s in found.sources] == ["G01", "G01 (2)"]


def test_speakers_are_found_in_a_source(tmp_path: Path) -> None:
    (found,) = read(qdpx(project(ONE), TEXT), tmp_path).sources
    assert [turn.speaker for turn in found.transcript.turns] == ["I", "R"]
    assert found.transcript.text == TEXT


def test_a_codebook_file_is_read(tmp_path: Path) -> None:
    xml = CODES.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="X">')
    book = read(xml.encode(), tmp_path, "book.qdc").codebook
    assert book is not None
    assert (book.name, book.paths) == ("book", ("joy_fun", "fear"))


def test_full_json_gives_each_coding_by_the_names_of_the_file(tmp_path: Path) -> None:
    shown = exchange_as_json(read(qdpx(project(ONE), TEXT), tmp_path), full=True)
    assert shown["codings"] == [
        {
            "source": "G01",
            "start": PLACE[0],
            "end": PLACE[1],
            "quote": "Een groot feest",
            "code": "Joy & fun",
            "coder": "Anna",
        }
    ]


def variables(*names_types_values: tuple[str, str, str]) -> str:
    """Return the XML of variables and of one case that has a value of each."""
    declared = "".join(
        f'<Variable guid="{guid(60 + i)}" name="{name}" typeOfVariable="{type_}"/>'
        for i, (name, type_, _) in enumerate(names_types_values)
    )
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{guid(60 + i)}"/>'
        f"<{type_}Value>{value}</{type_}Value></VariableValue>"
        for i, (_, type_, value) in enumerate(names_types_values)
    )
    return (
        f"<Variables>{declared}</Variables><Cases>"
        f'<Case guid="{guid(59)}" name="G1">{values}<SourceRef targetGUID="{SOURCE}"/>'
        "</Case></Cases>"
    )


def test_variables_that_could_be_one_usual_attribute_keep_their_names(tmp_path: Path) -> None:
    values = {
        "leeftijd": "34",
        "leeftijdsgroep": "30-39",
        "beroep": "bakker",
        "werksituatie": "deeltijd",
        "provincie": "Utrecht",
        "regio": "Midden",
    }
    xml = variables(*((name, "Text", value) for name, value in values.items()))
    found = read(qdpx(project(ONE, before=xml), TEXT), tmp_path)
    assert dict(found.cases[0].attributes) == values
    told = [loss.message for loss in found.losses if loss.item == "variables"]
    assert told[0].startswith("'leeftijd' and 'leeftijdsgroep' could each be the attribute 'age_")


def test_a_variable_that_is_read_as_a_usual_attribute_is_named(tmp_path: Path) -> None:
    xml = variables(("Geslacht", "Text", "man"))
    found = read(qdpx(project(ONE, before=xml), TEXT), tmp_path)
    assert dict(found.cases[0].attributes) == {"sex": "man"}
    assert "'Geslacht' (sex)" in next(x.message for x in found.losses if x.item == "variables")


def test_two_variables_of_one_name_are_two_attributes(tmp_path: Path) -> None:
    xml = variables(("Kind", "Text", "ja"), ("Kind", "Text", "twee"))
    (case,) = read(qdpx(project(ONE, before=xml), TEXT), tmp_path).cases
    assert list(case.attributes.values()) == ["ja", "twee"]


def test_the_types_of_variables_come_back_from_an_export(tmp_path: Path) -> None:
    xml = variables(
        ("Year", "Integer", "1980"), ("Day", "Date", "2026-03-01"), ("Child", "Boolean", "true")
    )
    found = read(qdpx(project(ONE, before=xml), TEXT), tmp_path)
    write_refi(found, tmp_path / "again.qdpx")
    with zipfile.ZipFile(tmp_path / "again.qdpx") as archive:
        written = archive.read("project.qde").decode()
    assert "<IntegerValue>1980</IntegerValue>" in written
    assert "<DateValue>2026-03-01</DateValue>" in written
    assert read_refi(tmp_path / "again.qdpx").variable_types == found.variable_types


def test_a_value_that_does_not_fit_its_type_makes_the_variable_text(tmp_path: Path) -> None:
    xml = variables(("Year", "Integer", "about 1980"))
    found = read(qdpx(project(ONE, before=xml), TEXT), tmp_path)
    write_refi(found, tmp_path / "again.qdpx")
    with zipfile.ZipFile(tmp_path / "again.qdpx") as archive:
        assert b'name="Year" typeOfVariable="Text"' in archive.read("project.qde")
