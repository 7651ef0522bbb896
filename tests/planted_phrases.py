"""A project in which 50 phrases of one person are planted wherever a project keeps words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from qualcode.model import (
    Case,
    Event,
    FrozenMap,
    MemoTarget,
    Participation,
    Role,
    SegmentKind,
    Span,
    Suggestion,
)
from qualcode.project import Edit, EditKind, Project
from qualcode.project.project_import import packed_event

NUMBERS = range(50)
GONE = "[teruggetrokken]"


def phrase(number: int) -> str:
    """Return what the person says, and others repeat: five words, one of them rare."""
    return f"toen kwam kaap{number:02d} langs huis"


SAID_ALONE = [phrase(n) for n in NUMBERS if n not in {10, 11, 12}]
ALONE = (
    "\ufeffI: Hoe begon het?\r\nR: "
    + ". ".join(SAID_ALONE)
    + ("\r\nI: Zei je toen kwam kaap00 langs huis?\r\nR: Ja 😀, café\u0301\x0b zo was het.\r\n")
)
GROUP = (
    "Groepsgesprek\n"
    "M: Wie begint er?\n"
    f"F1: Nou 😀, {phrase(10)} en {phrase(11)}.\n"
    "F2: Bij ons thuis ging het\x0b anders, café\u0301 in.\n"
    f"M: Dus {phrase(10)}, zei je?\n"
    f"F1: Precies: {phrase(12)}.\n"
    "F3: Ik denk dat het aan de buurt lag 🏳️‍🌈.\n"
)
OTHER = "I: En jij?\nR: Het was saai bij ons thuis.\n"


@dataclass
class Planted:
    """A project in which 50 phrases of P1 are spread, and ids of what others must keep."""

    project: Project
    path: Path
    over_both: str
    of_other: str

    @property
    def anna(self) -> Project:
        return self.project.acting_as("anna")

    def text(self, name: str = "FG1") -> str:
        return self.project.transcripts.get(name).text

    def raw(self) -> bytes:
        files = [Path(f"{self.path}{suffix}") for suffix in ("", "-wal")]
        return b"".join(file.read_bytes() for file in files if file.exists())


def marks_in(data: bytes) -> list[str]:
    """Return which of the 50 rare words stand in some bytes."""
    return [f"kaap{n:02d}" for n in NUMBERS if f"kaap{n:02d}".encode() in data]


def plant(project: Project, folder: Path) -> Planted:
    anna = project.acting_as("anna")
    anna.codebook.read(folder / "book.yaml")
    files = [folder / f"{name}.txt" for name in ("G1", "FG1", "G2")]
    assert all(not result.refused for result in anna.transcripts.read_files(files))
    anna.transcripts.set_roles("G1", {"I": Role.INTERVIEWER, "R": Role.RESPONDENT})
    roles = {"M": Role.INTERVIEWER} | dict.fromkeys(("F1", "F2", "F3"), Role.RESPONDENT)
    anna.transcripts.set_roles("FG1", roles)
    parts = [(Participation("FG1", ("F1",)), Participation("G1")), (Participation("FG1", ("F2",)),)]
    more = FrozenMap({"note": phrase(13)})
    anna.cases.replace(
        [
            Case("P1", FrozenMap({"sex": "vrouw", "note": phrase(14)}), parts[0]),
            Case("P2", more, parts[1]),
            Case("P3", participations=(Participation("FG1", ("F3",)), Participation("G2"))),
        ]
    )
    for _ in anna.transcripts.segment():
        pass
    study = Planted(project, folder / "study.qualcode", "", "")
    for coder in ("anna", "bram"):
        project.rounds.add_coder(coder)
    project.rounds.create("een", coders=["anna", "bram"], transcripts=["G1"], blind=False)
    code_all(study)
    note_all(study)
    return study


def span_of(text: str, first: str, last: str = "") -> Span:
    start = text.index(first)
    return Span(start, text.index(last or first, start) + len(last or first))


def code_all(study: Planted) -> None:
    anna, bram = study.anna, study.project.acting_as("bram")
    alone, group = study.text("G1"), study.text()
    anna.codings.add(
        "G1", span_of(alone, phrase(3)), "motives/joy", memo=f"dus {phrase(15)}", round="een"
    )
    # Withdrawn and undone work is kept by the project too.
    gone = anna.codings.add("G1", span_of(alone, phrase(4)), "motives/joy", memo=phrase(16))
    anna.codings.withdraw([gone.id])
    anna.codings.add("FG1", span_of(group, phrase(12)), "motives/joy", memo=phrase(17))
    anna.history.undo()
    chosen = anna.codings.add("FG1", span_of(group, phrase(11)), "motives/joy", memo=phrase(18))
    anna.quotes.choose([chosen.id])
    anna.quotes.set_excerpt(chosen.id, f"{phrase(11)} [...]")
    # Over F1 and F2: F2's part stays. Over M and F1: nothing stays.
    both = bram.codings.add("FG1", span_of(group, phrase(10), "café\u0301 in"), "motives/energy")
    bram.quotes.set_excerpt(both.id, f"{phrase(10)} [...] in")
    bram.codings.add("FG1", span_of(group, "Dus toen", phrase(12)), "motives/boredom")
    other = bram.codings.add(
        "FG1", span_of(group, "aan de buurt lag 🏳️‍🌈"), "motives/joy", memo=f"als: {phrase(19)}"
    )
    study.over_both, study.of_other = both.id, other.id


def note_all(study: Planted) -> None:
    project, anna = study.project, study.anna
    targets = {
        20: (MemoTarget.CASE, "P1"),
        21: (MemoTarget.TRANSCRIPT, "G1"),
        22: (MemoTarget.TURN, "FG1#2"),
        23: (MemoTarget.PROJECT, ""),
        24: (MemoTarget.CODE, "motives/joy"),
        25: (MemoTarget.CODING, study.over_both),
        26: (MemoTarget.TURN, "FG1#3"),
        27: (MemoTarget.TRANSCRIPT, "FG1"),
        28: (MemoTarget.CASE, "P2"),
        29: (MemoTarget.ROUND, "een"),
    }
    for number, (kind, target) in targets.items():
        text = f"Opvallend: «{phrase(number).upper()}»\nwant\t{phrase(number)}"
        anna.codings.add_memo(kind, target, text)
    memo = anna.codings.add_memo(MemoTarget.PROJECT, "", f"weg: {phrase(30)}")
    project._store.withdraw_memo(memo.id)
    anna.codebook.edit("motives/joy", definition={"nl": f"Zoals: {phrase(31)}"})
    anna.codebook.edit("motives/joy", definition={"nl": "Het is leuk."})
    anna.codebook.edit("motives/joy", include={"nl": phrase(32)})
    anna.rounds.hand_in("een", "anna")
    anna.rounds.reopen("een", "anna", phrase(33))
    anna.disclosure.suppress("P1", "sex")
    anna.disclosure.accept_risk("1234567890", phrase(34))
    turn = study.project.transcripts.get("FG1").turns[1]
    segment = next(
        s
        for s in project.transcripts.collect_segments(SegmentKind.TURN, "FG1")
        if s.span == turn.span
    )
    rejected = Suggestion("s", "motives/joy", 0.5, segment.span, suggester="terms")
    anna.suggestions.reject(rejected, segment)
    edit = Edit(1, EditKind.MEMO, "G1", text=phrase(35), target_kind=MemoTarget.TURN, target="2")
    assert not anna.codings.apply_edits("browser", [edit])
    wrong = Edit(2, EditKind.MEMO, "G1", text=phrase(36), target_kind=MemoTarget.TURN, target="99")
    assert anna.codings.apply_edits("browser", [wrong])
    store = project._store
    state = json.dumps({"text": phrase(37)})
    earlier = Event(1, 1, project.info.created_at, "cor", "memo.add", "P1", "", state)
    store.set_setting("imported_history", [packed_event(earlier)])
    store.set_setting("notes", {"a": [phrase(38), {"b": phrase(39)}]})
    store.set_attributes("FG1", {"place": phrase(40)})
    store.set_attributes("G1", {"place": phrase(41)})
    for number in range(42, 50):
        # Written and undone again: the history can do it once more.
        anna.codings.add_memo(MemoTarget.CODE, "motives/energy", phrase(number))
        anna.history.undo()
