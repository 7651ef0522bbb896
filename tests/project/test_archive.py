"""The archive holds what was agreed and nothing more, and can be checked on any machine."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import UndefinedRequestError, UnreadableFileError, WriteError
from qualcode.importing import read_transcript
from qualcode.model import Case, Code, FrozenMap, LocalText, Participation, Role, Span
from qualcode.model.finding import OutsideEvidence, Relation
from qualcode.placement import Placement
from qualcode.project import Project, verify_archive

SECRET = "Mijn man werkt bij de politie"


def add_interview(project: Project, folder: Path, name: str, said: str) -> None:
    file = folder / f"{name}.txt"
    file.write_text(f"I: Vertel eens?\nR: {said}.\nI: En nu?\nR: Ik slaap slecht.", "utf-8")
    project.transcripts.add(read_transcript(file), confirmed=True)
    project.transcripts.set_roles(name, {"I": Role.INTERVIEWER, "R": Role.RESPONDENT})
    text = project.transcripts.get(name).text
    for words, code in ((said, "home/work"), ("Ik slaap slecht", "home/sleep")):
        start = text.index(words)
        span = Span(start, start + len(words))
        placement = Placement(name, span, code, "marieke", memo="Marieke twijfelt")
        project.codings.add_placements([placement], origin="table:marieke.csv")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Four interviews whose files name people; one participant did not consent."""
    tmp_path = tmp_path_factory.mktemp("study")
    with Project.create(tmp_path / "s.qualcode", name="Slaap", as_coder="marieke") as work:
        codes = (Code("home"), Code("home/work", LocalText({"nl": "Werk"})), Code("home/sleep"))
        work.codebook.create("book", codes)
        names = ("jan_jansen", "els_bakker", "piet_visser", "ria_smit")
        for number, name in enumerate(names):
            said = SECRET if number == 0 else f"Ik werk al {number} jaar in een winkel"
            add_interview(work, tmp_path, name, said)
        work.cases.replace(
            [
                Case(
                    f"R{number}",
                    FrozenMap(
                        {
                            "group": "users",
                            "toestemming": "nee" if number == 3 else "ja",
                            "age": "30",
                            "trade": "kok" if number == 3 else "winkel",
                        }
                    ),
                    (Participation(name),),
                )
                for number, name in enumerate(names)
            ]
        )
        secret = next(c.id for c in work.codings.collect() if c.quote == SECRET)
        work.disclosure.leave_out([secret])
        write_evidence(work, secret)
        build_typology(work)
        yield work


def build_typology(work: Project) -> None:
    """Compare all on work and on an attribute; R3, who refused, is the only one of her trade."""
    typology = work.themes.typology
    typology.set_dimensions(["Beroep: @trade", "Slaap: slecht=home/sleep; goed=*",
                             "Kort: kok=@trade: kok; anders=*"])  # fmt: skip
    typology.set_type("Winkel", cells="winkel, *, *", target="Winkeliers", definition="Staan veel.")
    typology.set_type("Keuken", cells="kok, *, *", target="Koks")
    for case in ("R0", "R1", "R2"):
        typology.assign(case, ["Winkel"], reason="Marieke zag het")
    typology.assign("R3", ["Keuken"])
    colleague = work.acting_as("joost").themes.typology
    for case in ("R0", "R1", "R2", "R3"):
        colleague.assign(case, ["Winkel"])
    typology.assign("R3", [], settled=True)


def write_evidence(work: Project, secret: str) -> None:
    """Summarise each participant, and write a first and a third finding; the second is removed."""
    framework, findings = work.themes.framework, work.themes.findings
    framework.choose_columns(["home/sleep", "home/work"])
    for number in range(4):
        work_id = next(c.id for c in work.codings.collect() if c.code == "home/work")
        mark = f" [{work_id}]" if number == 0 else ""
        framework.write_summary(f"R{number}", "home/work", f"R{number} werkt.{mark} En verder.")
    asleep = [c.id for c in work.codings.collect() if c.code == "home/sleep"]
    for text in ("Men slaapt slecht.", "Weg.", f"Een zegt: {SECRET.lower()}."):
        findings.add(text, ["home/sleep"], layer="marieke")
    findings.remove(2)
    findings.link(3, [secret, asleep[0]])
    findings.link(3, [asleep[3], asleep[1]], contrary=True)
    findings.set_evidence(3, [OutsideEvidence("Monitor", "3 op 10", Relation.EXTENDS)])
    findings.recommend("Let op slaap.", [1, 3])


@pytest.fixture(scope="module")
def archive(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive; a test that harms it copies it first."""
    path = tmp_path_factory.mktemp("archive") / "archive"
    project.exchange.publication.make_archive(path, consent="toestemming")
    return path


def content(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def words_in(folder: Path) -> str:
    """Return all text of an archive, also inside its zip files."""
    parts = [data.decode("utf-8", "replace") for data in content(folder).values()]
    for file in folder.rglob("*"):
        if file.suffix in {".qdpx", ".docx"}:
            with zipfile.ZipFile(file) as packed:
                parts += [packed.read(n).decode("utf-8", "replace") for n in packed.namelist()]
    return "\n".join(parts)


@pytest.mark.slow
def test_everything_a_repository_asks_is_there(archive: Path) -> None:
    names = content(archive).keys()
    assert {
        "README.md",
        "manifest-sha256.txt",
        "metadata/datacite.json",
        "data/project.qdpx",
        "data/codebook.qdc",
        "data/listing.csv",
        "data/texts/R0.txt",
        "documentation/consent.csv",
        "documentation/redactions.csv",
        "documentation/methods.md",
        "documentation/development.docx",
        "documentation/history.docx",
        "tables/code_by_group.csv",
        "tables/codebook.csv",
        "data/framework.csv",
        "data/findings.json",
        "tables/framework.md",
        "tables/findings.md",
    } <= names
    metadata = json.loads((archive / "metadata" / "datacite.json").read_text("utf-8"))
    assert metadata["titles"] == [{"title": "Slaap"}]
    assert metadata["types"]["resourceTypeGeneral"] == "Dataset"


def test_who_did_not_consent_is_not_in_it(archive: Path) -> None:
    assert "3 jaar in een winkel" not in words_in(archive)
    assert "2 jaar in een winkel" in words_in(archive)
    consent = (archive / "documentation" / "consent.csv").read_text("utf-8-sig").splitlines()
    assert consent[1:] == ["R0,ja,yes,", "R1,ja,yes,", "R2,ja,yes,", "R3,nee,no,"]
    assert not (archive / "data" / "texts" / "R3.txt").exists()


def test_no_file_names_a_coder_or_an_interview(archive: Path) -> None:
    words = words_in(archive).casefold()
    for name in ("marieke", "jan_jansen", "els_bakker", "ria_smit"):
        assert name not in words


def test_a_withheld_passage_is_masked_and_positions_stay_true(archive: Path) -> None:
    assert SECRET not in words_in(archive)
    text = (archive / "data" / "texts" / "R0.txt").read_text("utf-8")
    assert "████ ███ █████ ███ ██ ███████" in text
    assert text.endswith("R: Ik slaap slecht.")
    redactions = (archive / "documentation" / "redactions.csv").read_text("utf-8-sig")
    assert "afgedekte passages,,1,wordt niet gepubliceerd" in redactions


def test_summaries_and_findings_go_in_as_they_may_be_printed(archive: Path) -> None:
    rows = (archive / "data" / "framework.csv").read_text("utf-8-sig").splitlines()
    # R3 did not consent, and the first sentence of R0 rests on a passage that is withheld.
    assert rows[0] == "participant,code,summary"
    assert rows[1:] == [
        "R0,home/work,[…] En verder.",
        "R1,home/work,R1 werkt. En verder.",
        "R2,home/work,R2 werkt. En verder.",
    ]
    packed = json.loads((archive / "data" / "findings.json").read_text("utf-8"))
    first, third = packed["findings"]
    assert (first["number"], third["number"]) == (1, 3)
    assert third["text"] == "Een zegt: […]."
    # Of the coder under the alias of the archive; without what is withheld or stayed out.
    assert third["layer"] != "marieke"
    assert (len(third["supporting"]), len(third["contrary"])) == (1, 1)
    assert packed["recommendations"] == [{"number": 1, "text": "Let op slaap.", "findings": [1, 3]}]
    table = (archive / "tables" / "findings.md").read_text("utf-8")
    assert "1. Men slaapt slecht." in table
    assert "3. Een zegt: […]." in table
    assert "Monitor (vult aan): 3 op 10" in table
    assert "Weg." not in table


def test_the_typology_goes_in_without_who_refused(archive: Path) -> None:
    text = (archive / "data" / "typology.json").read_text("utf-8")
    packed = json.loads(text)
    assert {row["case"] for row in packed["assigned"]} == {"R0", "R1", "R2"}
    # Two coders under their aliases, without the reasons that they gave.
    assert len({row["coder"] for row in packed["assigned"]}) == 2
    for words in ("marieke", "joost", "Marieke", "kok", "R3"):
        assert words not in text.replace("Koks", "")
    dimensions = {d["name"]: [c["name"] for c in d["categories"]]
                  for d in packed["design"]["dimensions"]}  # fmt: skip
    assert dimensions == {"Beroep": ["winkel"], "Slaap": ["slecht", "goed"], "Kort": ["anders"]}
    assert packed["design"]["types"][1]["cells"] == []
    codes = packed["design"]["dimensions"][1]["categories"][0]["conditions"][0]["codes"]
    assert codes == ["home/sleep"]
    table = (archive / "tables" / "typology.md").read_text("utf-8")
    assert "Staan veel." in table
    assert "Winkeliers" in table
    assert "kok" not in table.replace("Koks", "")


def test_a_changed_assignment_changes_the_table_of_the_typology(
    archive: Path, tmp_path: Path
) -> None:
    harmed = tmp_path / "harmed"
    shutil.copytree(archive, harmed)
    file = harmed / "data" / "typology.json"
    file.write_text(file.read_text("utf-8").replace("Staan veel.", "Zitten veel."), "utf-8")
    places = {problem.where for problem in verify_archive(harmed).problems}
    assert places == {"data/typology.json", "tables/typology.md"}
    for number, data in enumerate((b"[]", b"{", b'{"design": {}, "assigned": 3}', b"\xff")):
        tampered = tmp_path / str(number)
        shutil.copytree(archive, tampered)
        (tampered / "data" / "typology.json").write_bytes(data)
        told = [str(problem) for problem in verify_archive(tampered).problems]
        assert any("cannot be computed again" in line for line in told), data


def test_of_an_archive_with_tables_in_another_layout_it_is_said(
    archive: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older"
    shutil.copytree(archive, older)
    settings = older / "documentation" / "settings.json"
    packed = json.loads(settings.read_text("utf-8"))
    del packed["tables_format"], packed["made_with"]
    settings.write_text(json.dumps(packed), "utf-8")
    table = older / "tables" / "codebook.md"
    table.write_text("De tabel van vroeger", "utf-8")
    lines = (older / "manifest-sha256.txt").read_text("utf-8").splitlines()
    names = [line[66:] for line in lines]
    renewed = (f"{hashlib.sha256((older / n).read_bytes()).hexdigest()}  {n}\n" for n in names)
    (older / "manifest-sha256.txt").write_text("".join(renewed), "utf-8")
    report = verify_archive(older)
    assert report.problems == ()
    (told,) = report.older
    assert told.where == "tables/codebook.md"
    assert "an earlier version of qualcode made the archive" in told.message
    # A table that was changed afterwards is told as such, whatever made it.
    table.write_text("Iets anders", "utf-8")
    assert {problem.where for problem in verify_archive(older).problems} == {"tables/codebook.md"}


def test_names_in_reasons_of_decisions_stop_the_archive(tmp_path: Path) -> None:
    with Project.create(tmp_path / "s.qualcode", name="Slaap", as_coder="marieke") as work:
        work.codebook.create("book", (Code("home"), Code("home/work"), Code("home/sleep")))
        add_interview(work, tmp_path, "een", "Ik werk in een winkel")
        work.cases.replace([Case("R0", FrozenMap({"group": "users"}), (Participation("een"),))])
        publication = work.exchange.publication
        publication.make_archive(tmp_path / "a", reason="verzonnen")
        publication.print_small_counts("group", "besproken met Sandra de Vries")
        assert "Sandra de Vries" in str(work.disclosure.check_reasons()[0])
        with pytest.raises(UndefinedRequestError, match="Sandra de Vries"):
            publication.make_archive(tmp_path / "b", reason="verzonnen")
        with pytest.raises(UndefinedRequestError, match="Kees Bakker"):
            publication.make_archive(
                tmp_path / "b", reason="verzonnen", names_because="mag van Kees Bakker"
            )
        with pytest.raises(UndefinedRequestError, match="Kees Bakker"):
            publication.make_archive(tmp_path / "b", reason="gevraagd door Kees Bakker")
        assert not (tmp_path / "b").exists()
        publication.make_archive(tmp_path / "b", reason="verzonnen", names_because="bekend")


@pytest.mark.slow
def test_a_changed_summary_or_finding_changes_its_table(archive: Path, tmp_path: Path) -> None:
    harmed = tmp_path / "harmed"
    shutil.copytree(archive, harmed)
    changes = (("framework.csv", "R1 werkt", "R1 slaapt"), ("findings.json", "Men", "Wie"))
    for name, old, new in changes:
        file = harmed / "data" / name
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    places = {problem.where for problem in verify_archive(harmed).problems}
    assert places == {
        "data/framework.csv",
        "data/findings.json",
        "tables/framework.md",
        "tables/findings.md",
    }


@pytest.mark.slow
def test_findings_that_were_tampered_with_are_told_and_no_loop(
    archive: Path, tmp_path: Path
) -> None:
    for number, data in enumerate(
        (b"[]", b"{", b'{"findings": [{"number": 1e9}], "recommendations": []}', b"\xff")
    ):
        harmed = tmp_path / str(number)
        shutil.copytree(archive, harmed)
        (harmed / "data" / "findings.json").write_bytes(data)
        told = [str(problem) for problem in verify_archive(harmed).problems]
        assert any("cannot be computed again" in line for line in told), data


@pytest.mark.slow
def test_a_likely_name_stops_the_archive_until_somebody_says_why(
    tmp_path: Path,
) -> None:
    with Project.create(tmp_path / "s.qualcode", name="Slaap", as_coder="marieke") as work:
        work.codebook.create("book", (Code("home"), Code("home/work"), Code("home/sleep")))
        add_interview(work, tmp_path, "een", "Ik werk bij Sandra de Vries in Assen")
        work.cases.replace([Case("R0", FrozenMap({"group": "users"}), (Participation("een"),))])
        publication = work.exchange.publication
        told = [str(problem) for problem in publication.check_archive(reason="verzonnen")]
        # The only participant is known by the group too, which is told and stops nothing.
        places = [line.split(":")[0] for line in told]
        assert places == ["R0, turn 2", "R0, turn 2", "case R0"]
        assert "Sandra de Vries" in told[0]
        assert "Assen" in told[1]
        with pytest.raises(UndefinedRequestError, match="2 likely names are left"):
            publication.make_archive(tmp_path / "a", reason="verzonnen")
        assert not (tmp_path / "a").exists()
        publication.make_archive(tmp_path / "a", reason="verzonnen", names_because="bekend, mag")
        redactions = (tmp_path / "a" / "documentation" / "redactions.csv").read_text("utf-8-sig")
        assert 'waarschijnlijke namen die in de teksten blijven,,2,"bekend, mag"' in redactions
        # What is withheld is masked, so the name in it is not there.
        secret = next(c.id for c in work.codings.collect() if "Sandra" in c.quote)
        work.disclosure.leave_out([secret])
        told = [str(problem) for problem in publication.check_archive(reason="verzonnen")]
        assert [line.split(":")[0] for line in told] == ["case R0"]
        publication.make_archive(tmp_path / "b", reason="verzonnen")


@pytest.mark.slow
def test_the_archive_is_whole_and_every_table_comes_out_the_same(archive: Path) -> None:
    report = verify_archive(archive)
    assert report.problems == ()
    assert report.tables >= 8
    assert report.files == len(content(archive)) - 1


@pytest.mark.slow
def test_the_same_project_gives_the_same_bytes(
    project: Project, archive: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "a.zip"
    project.exchange.publication.make_archive(packed, consent="toestemming")
    with zipfile.ZipFile(packed) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == content(archive)
    assert verify_archive(packed).problems == ()


@pytest.mark.slow
def test_a_changed_a_missing_and_an_added_file_are_named(archive: Path, tmp_path: Path) -> None:
    harmed = tmp_path / "harmed"
    shutil.copytree(archive, harmed)
    table = harmed / "tables" / "code_by_group.csv"
    data = bytearray(table.read_bytes())
    data[10] ^= 1
    table.write_bytes(bytes(data))
    (harmed / "README.md").unlink()
    (harmed / "data" / "extra.txt").write_text("iets", "utf-8")
    problems = [(p.where, str(p.message)) for p in verify_archive(harmed).problems]
    assert (
        "tables/code_by_group.csv",
        "The file was changed: its sha256 is another one.",
    ) in problems
    assert ("README.md", "The file is missing.") in problems
    assert ("data/extra.txt", "The file was added: the manifest does not list it.") in problems
    assert (
        "tables/code_by_group.csv",
        "Computed again, the table differs in 1 byte, at 10.",
    ) in problems
    assert len(problems) == 4


def test_a_zip_with_a_part_that_points_outside_is_not_opened(tmp_path: Path) -> None:
    for number, name in enumerate(("../evil.txt", "/etc/evil", "C:\\evil")):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as new:
            new.writestr("manifest-sha256.txt", "")
            new.writestr(name, "x")
        with pytest.raises(UnreadableFileError, match="points outside"):
            verify_archive(path)
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_link_in_a_folder_is_not_followed(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(archive, copy)
    (copy / "link").symlink_to("/etc/hostname")
    with pytest.raises(UnreadableFileError, match="is a link"):
        verify_archive(copy)


@pytest.mark.slow
def test_a_study_without_groups_or_participants_has_an_archive(tmp_path: Path) -> None:
    with Project.create(tmp_path / "s.qualcode", name="Slaap", as_coder="marieke") as work:
        work.codebook.create("book", (Code("home"), Code("home/work"), Code("home/sleep")))
        add_interview(work, tmp_path, "een", "Ik werk in een winkel")
        publication = work.exchange.publication
        for number, cases in enumerate(((), (Case("R0", participations=(Participation("een"),)),))):
            work.cases.replace(cases)
            publication.make_archive(tmp_path / str(number), reason="verzonnen")
            assert verify_archive(tmp_path / str(number)).problems == ()
            tables = {file.name for file in (tmp_path / str(number) / "tables").iterdir()}
            assert "code_by_case.csv" in tables
            assert "code_by_group.csv" not in tables


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnreadableFileError, match="no archive"):
        verify_archive(tmp_path / "folder")
    (tmp_path / "text.zip").write_text("no zip", "utf-8")
    with pytest.raises(UnreadableFileError, match="damaged"):
        verify_archive(tmp_path / "text.zip")
    with pytest.raises(UnreadableFileError, match="There is no file"):
        verify_archive(tmp_path / "missing.zip")


@pytest.mark.slow
def test_nothing_is_made_before_somebody_says_who_consented(
    project: Project, tmp_path: Path
) -> None:
    publication = project.exchange.publication
    with pytest.raises(UndefinedRequestError, match="Say whose"):
        publication.make_archive(tmp_path / "a.zip")
    with pytest.raises(UndefinedRequestError, match="no participant consented"):
        publication.make_archive(tmp_path / "a.zip", consent="age")
    study = publication.make_archive(tmp_path / "a.zip", reason="verzonnen")
    assert all(interview.is_in for interview in study.interviews)


@pytest.mark.slow
def test_a_folder_that_holds_something_is_left_alone(archive: Path, project: Project) -> None:
    with pytest.raises(WriteError, match="is there already"):
        project.exchange.publication.make_archive(archive, consent="toestemming")
