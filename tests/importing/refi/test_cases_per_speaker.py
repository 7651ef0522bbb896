"""Cases of the people in a group: passages of a case, as written here and as others write them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import night_shifts
from qualcode.model import Participation, Role
from qualcode.model.extension_block import split_extension_block
from qualcode.project import Project
from refi_files import INTEROP, coding, guid, project, qdpx, selection, source

TALK = (
    "M: Wie begint er?\n"
    "F1: Ik dus, met plezier \U0001f642.\n"
    "F2: Ik liever niet.\n"
    "F3: Soms wel, soms niet.\n"
    "F1: Dat zei ik al.\n"
)
TURNS = {
    words: (TALK.index(words), TALK.index(words) + len(words))
    for words in ("Wie begint er?", "Ik dus, met plezier \U0001f642.", "Ik liever niet.",
                  "Soms wel, soms niet.", "Dat zei ik al.")
}  # fmt: skip
M, F1, F2, F3, F1_AGAIN = TURNS.values()


def read(tmp_path: Path, xml: str) -> dict[str, tuple[Participation, ...]]:
    """Return the participations of each case, as a project has them after the import."""
    path = tmp_path / "theirs.qdpx"
    path.write_bytes(qdpx(xml, TALK))
    with Project.create(tmp_path / "study.qualcode") as work:
        work.exchange.read(path)
        return {case.name: case.participations for case in work.cases.collect()}


def cases(*passages: tuple[str, int, tuple[int, ...]]) -> str:
    """Return cases that refer to passages: name, number, and numbers of selections."""
    inside = "".join(
        f'<Case guid="{guid(number)}" name="{name}">'
        + "".join(f'<SelectionRef targetGUID="{guid(target)}"/>' for target in targets)
        + "</Case>"
        for name, number, targets in passages
    )
    return f"<Cases>{inside}</Cases>"


def test_passages_that_cases_refer_to_are_the_turns_of_their_speakers(tmp_path: Path) -> None:
    before = cases(("Ada", 43, (91, 95)), ("Bo", 44, (92,)), ("Cas", 45, (93,)))
    inner = "".join(
        selection(*place, guid_=guid(90 + number))
        for number, place in ((91 - 90, F1), (92 - 90, F2), (93 - 90, F3), (95 - 90, F1_AGAIN))
    )
    assert read(tmp_path, project(source(inner), before=before)) == {
        "Ada": (Participation("G01", ("F1",)),),
        "Bo": (Participation("G01", ("F2",)),),
        "Cas": (Participation("G01", ("F3",)),),
    }


def test_turns_coded_with_a_case_are_those_of_its_speaker(tmp_path: Path) -> None:
    """So writes a program that codes each turn at the node of its speaker."""
    before = cases(("Ada", 43, ()), ("Bo", 44, ()))
    inner = "".join(
        selection(*place, coding(guid(case), number=place[0]), guid_=guid(900 + place[0]))
        for case, place in ((43, F1), (43, F1_AGAIN), (44, F2))
    )
    assert read(tmp_path, project(source(inner), before=before)) == {
        "Ada": (Participation("G01", ("F1",)),),
        "Bo": (Participation("G01", ("F2",)),),
    }


def test_a_passage_given_twice_is_covered_once(tmp_path: Path) -> None:
    """A third of what F3 says, both coded with the case and referred to, is no majority."""
    part = (F3[0], F3[0] + 8)
    before = cases(("Bo", 44, (92,)), ("Cas", 45, (93,)))
    inner = selection(*F2, guid_=guid(92)) + selection(*part, coding(guid(45)), guid_=guid(93))
    people = read(tmp_path, project(source(inner), before=before))
    assert people["Bo"] == (Participation("G01", ("F2",)),)
    # Nobody knows who it is: the words count for nobody until somebody says so.
    assert people["Cas"] == (Participation("G01"),)


@pytest.mark.slow
def test_a_case_of_the_whole_group_takes_no_speaker_from_its_people(tmp_path: Path) -> None:
    before = cases(("Groep", 46, (91, 92, 93, 95)), ("Ada", 43, (91, 95)), ("Bo", 44, (92,)))
    places = ((91, F1), (92, F2), (93, F3), (95, F1_AGAIN))
    inner = "".join(selection(*place, guid_=guid(number)) for number, place in places)
    people = read(tmp_path, project(source(inner), before=before))
    assert people["Ada"] == (Participation("G01", ("F1",)),)
    assert people["Bo"] == (Participation("G01", ("F2",)),)
    assert people["Groep"] == (Participation("G01", ("F3",)),)


@pytest.mark.slow
def test_a_group_and_waves_come_back_through_the_standard_alone(tmp_path: Path) -> None:
    """Without what only qualcode reads, each case still has its speakers."""
    study = night_shifts.write_files(tmp_path, rows=3)
    with Project.create(tmp_path / "ours.qualcode") as work:
        files = sorted(study.interviews.iterdir())
        assert not any(result.refused for result in work.transcripts.read_files(files))
        for text in work.transcripts.collect():
            roles = {speaker.label: speaker.role for speaker in text.speakers}
            work.transcripts.set_roles(text.name, roles)
        work.cases.read(study.people)
        work.exchange.write(tmp_path / "ours.qdpx")
        ours = {case.name: case for case in work.cases.collect()}
    foreign = without_extensions((tmp_path / "ours.qdpx").read_bytes())
    (tmp_path / "foreign.qdpx").write_bytes(foreign)
    with Project.create(tmp_path / "theirs.qualcode") as work:
        work.exchange.read(tmp_path / "foreign.qdpx")
        theirs = {case.name: case for case in work.cases.collect()}
        speakers = work.transcripts.get("Groep1").speakers
    interviewers = {s.label for s in speakers if s.role is Role.INTERVIEWER}
    assert interviewers == {"Moderator"}
    assert {*theirs} == {*ours}
    for name, case in ours.items():
        spoken = {(p.transcript, p.speakers) for p in case.participations if p.speakers}
        assert {(p.transcript, p.speakers) for p in theirs[name].participations} >= spoken
        assert {*theirs[name].transcripts} == {*case.transcripts}
        assert theirs[name].attributes["sex"] == case.attributes["sex"]


def without_extensions(data: bytes) -> bytes:
    """Return a qdpx as another program would give it back: only what the standard has."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".qde"):
                root = etree.fromstring(content)
                for element in root.iter("{*}Description"):
                    element.text = split_extension_block(element.text or "")[0]
                root.set("origin", "Some program")
                if (INTEROP / "xsd").exists():
                    schema = etree.XMLSchema(etree.parse(INTEROP / "xsd" / "Project.xsd"))
                    schema.assertValid(root)
                content = etree.tostring(root)
            target.writestr(name, content)
    return made.getvalue()
