"""A study with something of everything, in which anna and bram code in an open blind round.

The blindness tests call every verb and command on it. Interviews A1 and A2 are in the open blind
round ``een``; A3 was coded by both in ``twee``, which is closed and settled, and by anna again in
``drie``, which is joint and open. Files of every kind that can be read lie in the same folder.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qualcode.encryption import container
from qualcode.model import (
    AgreementPlan,
    Code,
    MemoTarget,
    SavedSearch,
    SegmentKind,
    Span,
    Suggestion,
)
from qualcode.project import NameKey, NameKind, Project, QuoteFilter, entry_for
from two_coder_study import SECRET, give, make_project, words_in, write_files

PASSPHRASE = "vier losse woorden samen"
CODERS = ("anna", "bram")
TOOLS = ("atlas.ti", "maxqda", "qualcoder", "taguette")
GUIDE = """format: qualcode-guide/1
name: vragen
group: users
questions:
  - {id: U1, text: {nl: "Waarom doe je het?"}, codes: [motives/joy]}
"""
FILES = {
    "guide.yaml": GUIDE,
    "codings.csv": 'transcript,quote,code\nA3,"Het was saai thuis",motives/boredom\n',
    "names.txt": "Fatima\n",
    "survey.csv": "nr,vraag\n1,Veel te druk\n2,Rustig\n",
    "answer.txt": "I: En?\nR: Het is leuk.\n",
    "segments.jsonl": '{"id": "s1", "text": "Het is leuk."}\n',
}
KEY = NameKey("study", (entry_for("thuis", NameKind.PLACE, "[plaats]"),))


class BlindStudy:
    """A folder with the study and its files.

    Attributes:
        root: The folder that holds ``study`` and ``keys``: a key is kept away from the data.
        folder: The folder of the project ``study.qualcode`` and its files.
        hidden: Ids of the codings that bram made in the blind round.
        visible: Ids of codings that anna made there.
        memos: Ids of a memo of anna, and of one that bram made in the blind round.
        shared: Id of a coding of anna outside it.
        work: The work of anna, as it travels.
        sections: Quotes of anna.
        measure: Id of a decision about what is printed.
        risk: Id of a risk of disclosure.
        disagreement: Id of a disagreement in ``twee``.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "study"
        folder = self.folder
        folder.mkdir()
        (root / "keys").mkdir()
        write_files(folder)
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
        with Project.open(make_project(folder)) as project:
            project.transcripts.read_guide(folder / "guide.yaml")
            project.codebook.add(Code("motives/oud"))
            project.codebook.retire("motives/oud")
            self._code_closed_rounds(project)
            self._code_blind_round(project)
            self._keep_decisions(project)
            self._write_files(project)
            project.rounds.add_coder("carla")

    def _code_closed_rounds(self, project: Project) -> None:
        bram, anna = project.acting_as("bram"), project.acting_as("anna")
        project.agreement.planning.freeze(AgreementPlan(CODERS, 0.5))
        project.rounds.create("twee", coders=CODERS, transcripts=["A3"])
        give(bram, "A3", "Nu is het leuk", "joy", "bram", memo="mag gezien worden")
        give(anna, "A3", "Nu is het leuk", "joy", "anna")
        give(anna, "A3", "Het was saai thuis", "boredom", "anna")
        anna.rounds.hand_in("twee", "anna")
        bram.rounds.hand_in("twee", "bram")
        differences = anna.agreement.collect_disagreements(CODERS, "twee")
        self.disagreement = differences[0].id
        decisions = [anna.adjudication.decide(difference, "a") for difference in differences]
        anna.adjudication.settle(CODERS, [decision for decision in decisions if decision])
        anna.adjudication.write_queue(differences, self.folder / "queue.csv")
        project.rounds.create(
            "drie", coders=["anna"], transcripts=["A3"], blind=False, suggestions=True
        )
        self.shared = (
            project.acting_as("anna")
            .codings.add("A3", Span(11, 19), "motives/joy", round="drie")
            .id
        )

    def _code_blind_round(self, project: Project) -> None:
        bram, anna = project.acting_as("bram"), project.acting_as("anna")
        project.rounds.create("een", coders=CODERS, transcripts=["A1", "A2"])
        self.hidden = [
            give(bram, "A1", "Het is leuk hoor", "joy", "bram", memo=SECRET),
            give(bram, "A2", "Dat is alles", "boredom", "bram"),
        ]
        hidden_memo = bram.codings.add_memo(MemoTarget.CODING, self.hidden[0], SECRET)
        bram.codings.add_memo(MemoTarget.TURN, "A1#2", SECRET)
        bram.codings.add_memo(MemoTarget.TRANSCRIPT, "A2", SECRET)
        # "final" is a name that the verbs are tried with.
        anna.suggestions.save_search(SavedSearch("final", "leuk"))
        own_memo = project.acting_as("anna").codings.add_memo(MemoTarget.PROJECT, "", "van anna")
        self.memos = (own_memo.id, hidden_memo.id)
        bram.quotes.choose(self.hidden[:1])
        bram.quotes.set_excerpt(self.hidden[0], "Het is [...] hoor")
        segment = bram.transcripts.collect_segments(SegmentKind.SENTENCE, "A1")[1]
        refused = Suggestion("s", "motives/energy", 0.5, segment.span, suggester=SECRET)
        bram.suggestions.reject(refused, segment)
        typology = bram.themes.typology
        typology.set_dimensions(["Motief: motives/joy | motives/energy"], layer="bram")
        typology.set_type("Blij")
        typology.assign("P1", ["Blij"], reason=SECRET)
        framework = bram.themes.framework
        framework.write_summary("P1", "motives/joy", f"Is blij, {SECRET}.", layer="bram")
        findings = bram.themes.findings
        findings.add(f"Plezier, {SECRET}.", ["motives/joy"], layer="bram")
        findings.link(1, self.hidden[:1])
        findings.recommend(f"Let op: {SECRET}.", [1])
        self.visible = [
            give(anna, "A1", "je blijft wakker", "energy", "anna", memo="van anna"),
            give(anna, "A2", "Om wakker te blijven", "energy", "anna"),
        ]
        anna.quotes.choose(self.visible[:1])
        anna.themes.findings.add("Energie.", ["motives/energy"], layer="anna")
        anna.themes.findings.link(1, self.visible)
        anna.themes.findings.recommend("Let op.", [1])
        for case in ("P1", "P2"):
            anna.themes.framework.write_summary(case, "motives/joy", "Van anna.", layer="anna")

    def _keep_decisions(self, project: Project) -> None:
        anna = project.acting_as("anna")
        anna.disclosure.suppress("P1", "sex")
        self.measure = anna.disclosure.measures().listed()[0].id
        self.risk = anna.disclosure.check()[0].id
        give(anna, "A2", "leuk is het ook", "joy", "anna")
        anna.history.undo()

    def _write_files(self, project: Project) -> None:
        bram, anna = project.acting_as("bram"), project.acting_as("anna")
        files = self.folder
        bram.exchange.write_package("bram", files / "bram.work")
        anna.exchange.write_package("anna", files / "anna.work")
        anna.exchange.write(files / "other.qdpx")
        anna.exchange.write_commented("A3", files / "commented.docx")
        anna.themes.framework.write_table(files / "framework.csv", "anna")
        for tool in TOOLS:
            anna.exchange.write_tool_table(files / f"{tool}.csv", tool)
        anna.pseudonyms.write_proposals(
            anna.pseudonyms.scan(names=["thuis"]).proposals, files / "reviewed.csv"
        )
        anna.pseudonyms.save_key(KEY, self.root / "keys" / "names.key", PASSPHRASE)
        self.work = anna.exchange.collect_package("anna")
        self.sections = anna.quotes.collect(QuoteFilter(layer="anna", transcript="A1"))
        anna.history.back_up(files / "study.sealed", PASSPHRASE)

    def copy(self, root: Path) -> Path:
        """Copy everything, and return the folder of the copied project."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return root / "study"

    def secrets(self) -> list[str]:
        """Return what nobody but bram may see."""
        ids = [*self.hidden, *(key[:8] for key in self.hidden)]
        return [SECRET, "[...] hoor", "Het is […] hoor", *ids]

    def leaks(self, text: str, asked: str = "") -> list[str]:
        """Return what a text tells of bram's work, unless the question held it already."""
        return [secret for secret in self.secrets() if secret in text and secret not in asked]


class FolderWatch:
    """What is written into a folder from one look to the next."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = self._state()

    def _state(self) -> dict[Path, tuple[int, int]]:
        files = (path for path in self._folder.rglob("*") if path.is_file())
        states = {path: path.stat() for path in files if ".qualcode" not in path.name}
        return {path: (state.st_mtime_ns, state.st_size) for path, state in states.items()}

    def new_words(self) -> str:
        """Return all text of the files that were written since the last look."""
        before, self._before = self._before, self._state()
        changed = [path for path, state in self._before.items() if before.get(path) != state]
        return "\n".join(words_in(path) for path in changed)


def prepare_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the passphrase be known, and a key cost little."""
    monkeypatch.setenv("QUALCODE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(container, "_COST", 2**4)
