"""Files for one program: what QualCoder reads, by the rules of its importer; NVivo; ATLAS.ti."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from exchange_projects import AT, projects, study
from hypothesis_examples import examples
from qualcode.errors import UndefinedRequestError, UnknownNameError
from qualcode.exporting.interchange.refi import find_program, write_refi
from qualcode.importing.refi import read_refi
from qualcode.model import (
    Case,
    Code,
    Codebook,
    ExchangeProject,
    LocalText,
    Memo,
    MemoTarget,
    Participation,
)
from refi_files import INTEROP

if TYPE_CHECKING:
    from lxml.etree import _Element

URN = "{urn:QDA-XML:project:1.0}"


@dataclass
class Qualcoder:
    """What QualCoder has after an import, by the rules that its importer follows.

    Codes have different names; a code with anything below it besides a description and codes is
    dropped; a case has the passages coded with its GUID; a note needs a date and a file.
    """

    codes: dict[str, str] = field(default_factory=dict)
    memos: dict[str, str] = field(default_factory=dict)
    codings: set[tuple[str, str, str, str]] = field(default_factory=set)
    case_texts: set[tuple[str, str]] = field(default_factory=set)
    case_memos: dict[str, str] = field(default_factory=dict)
    annotations: set[tuple[str, str]] = field(default_factory=set)
    source_memos: dict[str, str] = field(default_factory=dict)
    journal: dict[str, str] = field(default_factory=dict)
    values: set[tuple[str, str, str]] = field(default_factory=set)
    _users: dict[str, str] = field(default_factory=dict)
    _cases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Qualcoder:
        """Return what is in a file."""
        from lxml import etree

        archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        root = etree.fromstring(archive.read("project.qde"))
        read = cls()
        files = {name: archive.read(name) for name in archive.namelist()[1:]}
        read._read_codes(root)
        read._read_cases(root)
        for source in root.iter(URN + "TextSource"):
            read._read_source(source, files)
        for note in root.iter(URN + "Note"):
            read._read_note(note, files)
        for code in set(read._cases) & set(read.codes):
            del read.memos[read.codes.pop(code)]
        return read

    def _read_codes(self, root: _Element) -> None:
        self._users = {str(u.get("guid")): str(u.get("name")) for u in root.iter(URN + "User")}
        for code in root.iter(URN + "Code"):
            below = {child.tag for child in code} - {URN + "Code"}
            assert below <= {URN + "Description"}, "a code that refers to a note is dropped"
            name = str(code.get("name"))
            assert name not in self.codes.values(), "a second code of one name has no codings"
            self.codes[str(code.get("guid"))] = name
            self.memos[name] = described(code)

    def _read_cases(self, root: _Element) -> None:
        variables = {str(v.get("guid")): str(v.get("name")) for v in root.iter(URN + "Variable")}
        for case in root.iter(URN + "Case"):
            name = str(case.get("name"))
            self._cases[str(case.get("guid"))] = name
            self.case_memos[name] = described(case)
            for value in case.iter(URN + "VariableValue"):
                variable = variables[str(value[0].get("targetGUID"))]
                self.values.add((name, variable, value[1].text or ""))

    def _read_source(self, source: _Element, files: dict[str, bytes]) -> None:
        self.source_memos[str(source.get("name"))] = described(source)
        text = stored(source, files)
        for selection in source.iter(URN + "PlainTextSelection"):
            ends = (int(selection.get(key, "")) for key in ("startPosition", "endPosition"))
            words = text[slice(*ends)]
            codings = list(selection.iter(URN + "Coding"))
            if not codings:
                self.annotations.add((words, described(selection)))
            for coding in codings:
                code = str(coding[0].get("targetGUID"))
                if code in self._cases:
                    self.case_texts.add((self._cases[code], words))
                else:
                    owner = self._users[str(selection.get("creatingUser"))]
                    self.codings.add((words, self.codes[code], owner, described(selection)))

    def _read_note(self, note: _Element, files: dict[str, bytes]) -> None:
        assert note.get("creationDateTime"), "a note without a date stops the import"
        if note.get("plainTextPath"):
            name = str(note.get("name"))
            assert name not in self.journal, "a second note of one name stops the import"
            self.journal[name] = stored(note, files)


def stored(element: _Element, files: dict[str, bytes]) -> str:
    """Return the text of the file that an element names."""
    return files["sources/" + str(element.get("plainTextPath"))[len("internal://") :]].decode()


def described(element: _Element) -> str:
    """Return the description of an element."""
    return element.findtext(URN + "Description") or ""


def written(project: ExchangeProject, folder: Path) -> Path:
    path = folder / "study.qdpx"
    write_refi(project, path, created=AT, program="qualcoder")
    return path


def test_codings_and_the_memos_on_everything_arrive(tmp_path: Path) -> None:
    read = Qualcoder.of(written(study(), tmp_path))
    assert read.codings == {
        ("Een groot feest", "Feest", "Anna", "mooi"),
        ("met muziek", "Muziek & dans", "Anna", "Twijfel (Anna)"),
        ("met muziek", "Muziek & dans", "Ben", ""),
        ("met muziek", "Muziek & dans", "consensus", ""),
    }
    assert read.memos == {
        "Feest": "",
        "Muziek & dans": "Waar muziek\nklinkt.\n\nTe breed? (Ben)",
        "oud": "",
    }
    assert read.annotations == {("Een groot feest 😀, met muziek.", "Lacht")}
    assert read.case_memos == {"G1": "Kent G2 (Anna)", "G2": ""}
    assert sorted(read.journal.values()) == ["Nieuw", "Over alles"]
    assert {value for _, _, value in read.values} == {"users", "vrouw"}


def test_a_case_has_its_interview_or_the_words_of_its_speaker(tmp_path: Path) -> None:
    project = study()
    text = project.sources[0].transcript.text
    assert Qualcoder.of(written(project, tmp_path)).case_texts == {("G1", text)}
    case = Case("G1", participations=(Participation("G01", ("R",)),))
    read = Qualcoder.of(written(replace(project, cases=(case,)), tmp_path))
    assert read.case_texts == {("G1", "Een groot feest 😀, met muziek."), ("G1", "Naar huis.")}


def test_names_that_two_codes_and_a_case_share_are_told_apart(tmp_path: Path) -> None:
    codes = (
        Code("werk", LocalText({"nl": "Werk"}), id="a" * 32),
        Code("werk/steun", LocalText({"nl": "Steun"}), id="b" * 32),
        Code("thuis", LocalText({"nl": "Thuis"}), id="c" * 32),
        Code("thuis/steun", LocalText({"nl": "Steun"}), id="d" * 32),
        Code("steun", LocalText({"nl": "Steun"}), id="e" * 32),
    )
    project = ExchangeProject(
        name="n",
        sources=study().sources,
        codebook=Codebook("n", codes),
        cases=(Case("Steun", participations=Participation.in_each("G01")),),
        memos=tuple(Memo(f"{n}" * 32, MemoTarget.PROJECT, "", "Zelfde", "") for n in (1, 2)),
    )
    path = written(project, tmp_path)
    read = Qualcoder.of(path)
    assert list(read.codes.values()) == ["Werk", "Steun", "Thuis", "Steun (Thuis)", "Steun (2)"]
    assert list(read.journal) == ["Zelfde", "Zelfde (2)"]
    back = read_refi(path)
    assert back.codebook == project.codebook
    assert back.cases == project.cases
    assert back.memos == project.memos


@given(project=projects())
@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.slow
def test_it_comes_back_equal_and_within_the_rules(project: ExchangeProject, tmp_path: Path) -> None:
    path = written(project, tmp_path)
    back = read_refi(path)
    assert replace(back, origin="", losses=(), convention=None, score=None) == project
    assert len(Qualcoder.of(path).codes) == len(project.codebook.codes if project.codebook else ())


@pytest.mark.skipif(not INTEROP.is_dir(), reason="no ../shared/interop")
def test_the_file_is_valid_by_the_standard_too(tmp_path: Path) -> None:
    from lxml import etree

    checker = etree.XMLSchema(etree.parse(INTEROP / "xsd" / "Project.xsd"))
    with zipfile.ZipFile(written(study(), tmp_path)) as archive:
        checker.assertValid(etree.fromstring(archive.read("project.qde")))


def test_a_program_has_its_unit_of_positions_and_its_files(tmp_path: Path) -> None:
    qdpx = tmp_path / "a.qdpx"
    assert find_program("NVivo", qdpx).position_unit == "utf16"
    assert not find_program("atlasti", qdpx).reads_originals
    assert find_program("", qdpx).reads_originals
    with pytest.raises(UnknownNameError):
        find_program("spss", qdpx)
    for name, path in (("taguette", qdpx), ("nvivo", tmp_path / "folder")):
        with pytest.raises(UndefinedRequestError):
            find_program(name, path)


def test_a_code_that_stands_for_a_case_is_no_code(tmp_path: Path) -> None:
    """NVivo writes them too: a code in the codebook with the GUID of a case."""
    path = written(study(), tmp_path)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde").decode()
    assert xml.count('name="G1"') == 2
    book = read_refi(path).codebook
    assert book is not None
    assert book.codes == (study().codebook or Codebook("", ())).codes
