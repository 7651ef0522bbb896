"""Files as other programs write them: each in miniature, with what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from documents import pdf
from qualcode.importing.refi import exchange_as_json, read_refi
from qualcode.model import ExchangeProject
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

TEXT = "I: Hoe wás het? 😀\nR: Een groot feest, met muziek.\nI: En daarna?\nR: Naar huis, laat.\n"
WORDS = ("Een groot feest", "met muziek", "En daarna", "Naar huis", "laat")


def read(data: bytes, folder: Path, name: str = "study.qdpx") -> ExchangeProject:
    path = folder / name
    path.write_bytes(data)
    return read_refi(path)


def quotes(found: ExchangeProject) -> list[str]:
    return [coding.quote for coding in found.codings]


def report(found: ExchangeProject) -> list[str]:
    return [f"{one.count} {one.item}: {one.message}" for one in found.losses if "n" in one.kind]


def lost(found: ExchangeProject) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in found.losses:
        if one.kind.value == "not taken":
            counts[one.item] = counts.get(one.item, 0) + one.count
    return counts


def units(text: str, unit: str) -> int:
    return {
        "code points": len(text),
        "utf16": len(text.encode("utf-16-le")) // 2,
        "bytes": len(text.encode()),
    }[unit]


def as_counted(
    unit: str, line_end: str, *, named: bool, counts: int = 1, start: int = 0
) -> list[str]:
    """Return selections of all words with positions as a program counts them."""

    def place(at: int) -> int:
        before = TEXT[:at]
        if line_end == "\r\n" and counts == 2:
            before = before.replace("\n", "\r\n")
        return units(before, unit) + start

    return [
        selection(
            place(TEXT.index(words)),
            place(TEXT.index(words) + len(words)),
            coding(number=number),
            name=words if named else f"{number},{number + 9}",
            guid_=guid(200 + number),
        )
        for number, words in enumerate(WORDS)
    ]


@pytest.mark.parametrize(
    ("origin", "unit", "line_end", "counts", "mark", "named"),
    [
        ("NVivo for Windows 12.6", "utf16", "\r\n", 2, "\ufeff", False),
        ("NVivo 14 Mac", "utf16", "\n", 1, "", False),
        ("ATLAS.ti for Windows 23.2.3.27778", "utf16", "\r\n", 1, "\ufeff", True),
        ("ATLAS.ti Mac 22", "code points", "\n", 1, "", True),
        ("MAXQDA 2022 (Release 22.4.0)", "utf16", "\r\n", 1, "\ufeff", False),
        ("MAXQDA 2020 (Release 20.2.1)", "code points", "\r\n", 2, "", False),
        ("QualCoder 3.9", "code points", "\n", 1, "", True),
        ("Quirkos 2.5.3", "utf16", "\n", 1, "", False),
        ("f4analyse 3", "utf16", "\r\n", 1, "", False),
        ("Transana 5", "code points", "\r\n", 2, "\ufeff", False),
        ("Dedoose 9.2", "utf16", "\n", 1, "", False),
        ("webQDA 3", "bytes", "\r\n", 2, "", False),
        ("", "bytes", "\n", 1, "", True),
    ],
)
def test_positions_of_each_program_become_the_passages_that_were_coded(
    *, origin: str, unit: str, line_end: str, counts: int, mark: str, named: bool, tmp_path: Path
) -> None:
    selections = as_counted(unit, line_end, named=named, counts=counts)
    xml = project(source(*selections), origin=origin)
    found = read(qdpx(xml, (mark + TEXT.replace("\n", line_end)).encode()), tmp_path)
    assert quotes(found) == list(WORDS)
    assert found.score == 1.0


@pytest.mark.parametrize("start", [0, 1])
def test_a_mark_at_the_start_may_count(start: int, tmp_path: Path) -> None:
    selections = as_counted("utf16", "\n", named=False, start=start)
    data = qdpx(project(source(*selections)), ("\ufeff" + TEXT).encode())
    found = read(data, tmp_path)
    assert quotes(found) == list(WORDS)
    assert found.convention is not None
    assert found.convention.bom is bool(start)


def simple(**more: str) -> str:
    place = TEXT.index(WORDS[0])
    return project(source(selection(place, place + len(WORDS[0]), coding())), **more)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(simple().encode("utf-16"), id="utf-16 that declares utf-8"),
        pytest.param(
            simple().replace('"utf-8"', '"utf-16"').encode("utf-16-be"), id="utf-16 without a mark"
        ),
        pytest.param(simple().replace('"utf-8"', '"utf-16"').encode(), id="utf-8 as utf-16"),
        pytest.param(
            simple().replace('"utf-8"', '"UTF-16"').encode("utf-8-sig"), id="the same with a mark"
        ),
        pytest.param(
            simple().replace('"utf-8"', '"windows-1252"').encode("cp1252"), id="windows-1252"
        ),
        pytest.param(simple().partition("?>")[2].encode(), id="no declaration"),
    ],
)
def test_xml_is_read_in_the_encoding_it_has(data: bytes, tmp_path: Path) -> None:
    found = read(zipped({"project.qde": data, "sources/g01.txt": TEXT}), tmp_path)
    assert quotes(found) == ["Een groot feest"]


@pytest.mark.parametrize("bad", [b"\x0b", b"&#x1F;", b"&#0;", b"\xff", b"\xed\xa0\xbd"])
def test_characters_that_xml_forbids_are_replaced_and_reported(bad: bytes, tmp_path: Path) -> None:
    xml = simple().encode().replace(b"Joy", b"Jo" + bad + b"y")
    found = read(zipped({"project.qde": xml, "sources/g01.txt": TEXT}), tmp_path)
    assert quotes(found) == ["Een groot feest"]
    assert any("characters: XML does not allow them" in line for line in report(found))


@pytest.mark.parametrize(
    "entries",
    [
        {"Study/project.qde": "XML", "Study/sources/g01.txt": TEXT},
        {"project.qde": "XML", "sources/g01.txt": TEXT, "__MACOSX/._project.qde": b"\x00\x05"},
        {
            "Study/project.qde": "XML",
            "__MACOSX/Study/._project.qde": b"\x00",
            "__MACOSX/Study/sources/._g01.txt": b"\x00",
            "Study/Sources/g01.txt": TEXT,
        },
        {"./project.qde": "XML", "./sources/g01.txt": TEXT},
        {"PROJECT.QDE": "XML", "SOURCES\\G01.TXT": TEXT},
        {"sources/": b"", "project.qde": "XML", "sources/g01.txt": TEXT},
        {"project.qde": "XML", "notes/g01.txt": "wrong one", "sources/g01.txt": TEXT},
    ],
)
def test_an_archive_is_read_however_it_was_packed(
    entries: Mapping[str, str | bytes], tmp_path: Path
) -> None:
    xml = simple().replace("internal://g01.txt", "internal://sources/g01.txt")
    packed = {
        name: content.replace("XML", xml) if isinstance(content, str) else content
        for name, content in entries.items()
    }
    assert quotes(read(zipped(packed), tmp_path, "STUDY.QDPX")) == ["Een groot feest"]


@pytest.mark.parametrize("path", ["", f' plainTextPath="internal://{SOURCE}"'])
def test_a_text_called_after_its_source_is_found(path: str, tmp_path: Path) -> None:
    inner = selection(*(TEXT.index("laat"), TEXT.index("laat") + 4), coding())
    xml = project(f'<TextSource guid="{SOURCE}" name="G01"{path}>{inner}</TextSource>')
    packed = zipped({"project.qde": xml, f"sources/{SOURCE}.txt": TEXT})
    assert quotes(read(packed, tmp_path)) == ["laat"]


@pytest.mark.parametrize("path", ["relative://a/g01.txt", "absolute://C:/g01.txt", "/etc/hostname"])
def test_files_outside_the_archive_are_never_opened(path: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "g01.txt").write_text(TEXT)
    xml = project(source(selection(0, 3, coding()), path=path))
    found = read(qdpx(xml), tmp_path)
    assert not found.sources
    assert lost(found) == {"sources": 1, "codings": 1}


def test_codes_may_stand_in_the_codebook_itself_and_have_colours_with_opacity(
    tmp_path: Path,
) -> None:
    codes = (
        CODES.replace("<Codes>", "")
        .replace("</Codes>", "")
        .replace('name="Fear"', 'name="Fear" color="#FF6366F1"')
    )
    book = read(qdpx(project(codes=codes)), tmp_path).codebook
    assert book is not None
    assert book.paths == ("joy_fun", "fear")
    assert book.code("fear").color == "#6366F1"


@pytest.mark.parametrize(
    "namespace",
    [
        "urn:QDA-XML:codebook:1:0",
        "urn:QDA-XML:codebook:0:4",
        "http://schema.qdasoftware.org/versions/Codebook/v1.0",
    ],
)
def test_codebooks_of_all_versions_are_read_with_their_sets(namespace: str, tmp_path: Path) -> None:
    sets = f'<Sets><Set guid="{guid(5)}" name="group 1"><MemberCode guid="{JOY}"/></Set></Sets>'
    inner = CODES.replace("<CodeBook>", "").replace("</CodeBook>", sets)
    xml = f'<CodeBook xmlns="{namespace}" origin="ATLAS.ti Win 23.4.0">{inner}</CodeBook>'
    found = read(b"\xef\xbb\xbf" + xml.encode(), tmp_path, "book.QDC")
    assert found.codebook is not None
    assert found.codebook.paths == ("joy_fun", "fear")
    assert [(one.name, one.codes) for one in found.sets] == [("group 1", ("joy_fun",))]


def test_a_selection_made_backwards_is_turned_round(tmp_path: Path) -> None:
    at = TEXT.index("laat")
    xml = project(source(selection(at + 4, at, coding())))
    assert quotes(read(qdpx(xml, TEXT), tmp_path)) == ["laat"]


def test_a_person_called_consensus_is_a_person(tmp_path: Path) -> None:
    users = f'<Users><User guid="{ANNA}" name="consensus"/></Users>'
    found = read(qdpx(simple(users=users), TEXT), tmp_path)
    assert [c.coder for c in found.codings] == ["consensus (2)"]


def test_codings_on_pictures_sound_and_film_are_counted_as_not_taken(tmp_path: Path) -> None:
    def other(kind: str, number: int) -> str:
        place = 'firstX="1" firstY="1" secondX="9" secondY="9"'
        place = place if kind == "Picture" else 'begin="0" end="9"'
        return (
            f'<{kind}Source guid="{guid(number)}" name="{kind}" path="internal://x">'
            f'<{kind}Selection guid="{guid(number + 1)}" {place}>{coding()}{coding(FEAR)}'
            f"</{kind}Selection></{kind}Source>"
        )

    xml = project(
        "".join(other(k, 70 + 2 * n) for n, k in enumerate(("Picture", "Audio", "Video")))
    )
    assert lost(read(qdpx(xml), tmp_path)) == {"sources": 3, "codings": 6}


def test_a_transcript_of_a_recording_has_the_codings_between_its_sync_points(
    tmp_path: Path,
) -> None:
    at = TEXT.index("Een"), TEXT.index(",", TEXT.index("Een"))
    points = "".join(
        f'<SyncPoint guid="{guid(80 + n)}" timeStamp="{1000 * n}" position="{place}"/>'
        for n, place in enumerate(at)
    )
    inner = (
        f'<Transcript guid="{guid(90)}" name="G01" plainTextPath="internal://g01.txt">{points}'
        f'<TranscriptSelection guid="{guid(91)}" fromSyncPoint="{guid(80)}" '
        f'toSyncPoint="{guid(81)}">{coding()}</TranscriptSelection>'
        f'<TranscriptSelection guid="{guid(92)}" fromSyncPoint="{guid(80)}">{coding(FEAR)}'
        "</TranscriptSelection></Transcript>"
        f'<AudioSelection guid="{guid(93)}" begin="0" end="9">{coding(FEAR)}</AudioSelection>'
    )
    xml = project(f'<AudioSource guid="{guid(94)}" name="G01">{inner}</AudioSource>')
    found = read(qdpx(xml, TEXT), tmp_path)
    assert [(c.quote, c.code) for c in found.codings] == [("Een groot feest", "joy_fun")]
    assert lost(found) == {"selections": 2, "codings": 2}


@pytest.mark.parametrize("where", ["name", "representation"])
def test_a_pdf_without_text_beside_it_gives_the_text_of_its_pages(
    where: str, tmp_path: Path
) -> None:
    said = "<Representation><PlainTextContent>groot feest</PlainTextContent></Representation>"
    place = 'page="0" firstX="0" firstY="0" secondX="9" secondY="9"'
    named = 'name="groot  feest"' if where == "name" else 'name="Page 1"'
    inner = (
        f'<PDFSelection guid="{guid(50)}" {place} {named}>{said if where != "name" else ""}'
        f'{coding()}</PDFSelection><PDFSelection guid="{guid(51)}" {place} name="Page 1">'
        f"{coding(FEAR)}</PDFSelection>"
    )
    xml = project(
        f'<PDFSource guid="{SOURCE}" name="G01" path="internal://a.pdf">{inner}</PDFSource>'
    )
    found = read(qdpx(xml, **{"a.pdf": pdf(["R: Een groot feest"])}), tmp_path)
    assert quotes(found) == ["groot feest"]
    assert lost(found) == {"selections": 1, "codings": 1}
    (one,) = found.sources
    assert one.original is not None
    assert one.original.file_name == "G01.pdf"


def test_a_passage_of_a_case_gives_the_case_its_source_and_no_memo(tmp_path: Path) -> None:
    person = guid(43)
    cases = (
        f'<Cases><Case guid="{person}" name="G1"><SelectionRef targetGUID="{guid(99)}"/></Case>'
        f'<Case guid="{guid(44)}" name="G2"/></Cases>'
    )
    selections = selection(3, 9), selection(3, 15, coding(guid(44)), guid_=guid(98))
    found = read(qdpx(project(source(*selections), before=cases), TEXT), tmp_path)
    assert [(one.name, one.transcripts) for one in found.cases] == [
        ("G1", ("G01",)),
        ("G2", ("G01",)),
    ]
    assert not found.memos
    assert not lost(found)


def note(number: int, text: str) -> str:
    inner = f"<PlainTextContent>{text}</PlainTextContent>"
    return f'<Note guid="{guid(number)}" name="" creatingUser="{ANNA}">{inner}</Note>'


def link(number: int, origin: str, target: str, more: str = "") -> str:
    return f'<Link guid="{guid(number)}" originGUID="{origin}" targetGUID="{target}"{more}/>'


def test_links_become_memos_and_tie_notes_to_what_they_are_about(tmp_path: Path) -> None:
    places = [(TEXT.index(words), TEXT.index(words) + len(words)) for words in WORDS[:2]]
    sources = source(
        selection(*places[0], coding(), guid_=guid(98)),
        selection(*places[1], coding(FEAR, BEN, 1), guid_=guid(99)),
    )
    links = (
        link(300, JOY, FEAR, ' name="contradicts" direction="OneWay"'),
        link(301, guid(98), guid(99), ' direction="Associative"'),
        link(302, guid(31), guid(99)),
        link(303, JOY, guid(777)),
    )
    rest = f"<Notes>{note(31, 'Why?')}</Notes><Links>{''.join(links)}</Links>"
    found = read(qdpx(project(sources, rest=rest), TEXT), tmp_path)
    first, second = found.codings
    assert {(m.text, m.target_kind.value, m.target) for m in found.memos} == {
        ("Link “contradicts”: code joy_fun → code fear", "code", "joy_fun"),
        ("Link: “Een groot feest” (G01) – “met muziek” (G01)", "coding", first.id),
        ("Why?", "coding", second.id),
    }
    assert lost(found) == {"links": 1}


def test_sets_name_their_codes_sources_and_cases(tmp_path: Path) -> None:
    cases = f'<Cases><Case guid="{guid(43)}" name="G1"/></Cases>'
    members = "".join(
        f'<Member{kind} targetGUID="{target}"/>'
        for kind, target in (("Code", JOY), ("Source", SOURCE), ("Source", guid(43)), ("Note", JOY))
    )
    empty_set = f'<Set guid="{guid(7)}" name="e"/>'
    sets = f'<Sets><Set guid="{guid(6)}" name="s">{members}</Set>{empty_set}</Sets>'
    found = read(qdpx(project(source(), before=cases, rest=sets), TEXT), tmp_path)
    one, empty = found.sets
    assert (set(one.codes), one.sources, one.cases) == ({"joy_fun"}, ("G01",), ("G1",))
    assert not empty.codes


def test_a_code_that_only_groups_is_counted_and_may_be_coded_with(tmp_path: Path) -> None:
    codes = CODES.replace('isCodable="true"', 'isCodable="False"', 1)
    shown = exchange_as_json(read(qdpx(simple(codes=codes), TEXT), tmp_path))
    assert (shown["codes"], shown["codings"]) == (2, 1)


def test_namespaces_with_a_prefix_are_read(tmp_path: Path) -> None:
    import re

    xml = re.sub(r"<(/?)(?=[A-Z])", r"<\1q:", simple()).replace(
        f'xmlns="{PROJECT}"', f'xmlns:q="{PROJECT}"'
    )
    assert quotes(read(qdpx(xml, TEXT), tmp_path)) == ["Een groot feest"]


def test_ids_that_begin_alike_get_others_that_tell_them_apart(tmp_path: Path) -> None:
    three = source(*(selection(3 * n, 3 * n + 2, coding(number=n)) for n in range(3)))
    first = read(qdpx(project(three), TEXT), tmp_path)
    assert len({coding.id[:8] for coding in first.codings}) == 3
    again = read(qdpx(project(three), TEXT), tmp_path)
    assert [c.id for c in again.codings] == [c.id for c in first.codings]


def test_a_case_without_a_name_is_called_by_its_document(tmp_path: Path) -> None:
    cases = (
        f'<Cases><Case guid="{guid(43)}"><SourceRef targetGUID="{SOURCE}"/></Case>'
        f'<Case guid="{guid(44)}"/></Cases>'
    )
    found = read(qdpx(project(source(), before=cases), TEXT), tmp_path)
    assert [case.name for case in found.cases] == ["G01", "case"]
    assert "1 cases: They have no name; they got that of their document." in report(found)


def two_documents(rest: str, cases: str = "") -> bytes:
    second = source(name="G02", path="internal://g02.txt").replace(SOURCE, guid(22))
    xml = project(source() + second, before=cases, rest=rest)
    return qdpx(xml, TEXT, **{"g02.txt": "R: Iets anders."})


def group(name: str, *members: str, number: int = 6) -> str:
    inside = "".join(f'<MemberSource targetGUID="{member}"/>' for member in members)
    return f'<Set guid="{guid(number)}" name="{name}">{inside}</Set>'


def test_groups_of_documents_become_an_attribute_of_their_cases(tmp_path: Path) -> None:
    cases = (
        f'<Cases><Case guid="{guid(43)}" name="P1"><SourceRef targetGUID="{SOURCE}"/></Case>'
        f'<Case guid="{guid(44)}" name="P2"><SourceRef targetGUID="{guid(22)}"/></Case></Cases>'
    )
    sets = group("users", SOURCE, guid(22)) + group("Amsterdam", SOURCE, number=7)
    found = read(two_documents(f"<Sets>{sets}</Sets>", cases), tmp_path)
    assert [dict(case.attributes) for case in found.cases] == [
        {"document_group": "users; Amsterdam"},
        {"document_group": "users"},
    ]
    assert all(not source.transcript.attributes for source in found.sources)


def test_groups_of_documents_without_cases_become_an_attribute_of_these(tmp_path: Path) -> None:
    found = read(two_documents(f"<Sets>{group('users', guid(22))}</Sets>"), tmp_path)
    assert [dict(source.transcript.attributes) for source in found.sources] == [
        {},
        {"document_group": "users"},
    ]


def test_two_sources_of_one_name_are_told(tmp_path: Path) -> None:
    second = source(path="internal://g02.txt").replace(SOURCE, guid(22))
    data = qdpx(project(source() + second), TEXT, **{"g02.txt": "R: Iets anders."})
    found = read(data, tmp_path)
    assert [s.transcript.name for s in found.sources] == ["G01", "G01 (2)"]
    assert "1 sources: Several sources have the name 'G01'; they got a number." in report(found)


@pytest.mark.parametrize("name", ["", "00:01:16", "0:03.5", guid(9)])
def test_a_source_called_by_a_time_or_a_guid_gets_the_name_of_its_file(
    name: str, tmp_path: Path
) -> None:
    named = source(name=name, path="internal://Anna.txt")
    data = zipped({"project.qde": project(named), "sources/Anna.txt": TEXT})
    (found,) = read(data, tmp_path).sources
    assert found.transcript.name == "Anna"
