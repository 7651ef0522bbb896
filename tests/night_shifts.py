"""A study of night shifts: people at two waves, a focus group, a diary, a policy and a survey.

    python tests/night_shifts.py FOLDER

writes its files. All of it is invented. Eight nurses speak before and after a new roster, one of
them in English; two of them also sit in a focus group of five; one keeps a diary; 500 people answer
five open questions. Noor and Sem code it.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import pandas as pd

from qualcode.model import Span, Transcript
from qualcode.project import Project

BOOK = """format: qualcode-codebook/1
name: nachtdiensten
title: {nl: Nachtdiensten, en: Night shifts}
language: nl
codes:
  - name: rooster
    label: {nl: Het rooster, en: The roster}
    definition: {nl: Hoe diensten verdeeld worden., en: How shifts are divided.}
    codes:
      - name: inspraak
        label: {nl: Inspraak, en: Having a say}
        definition: {nl: Of iemand zelf mag kiezen., en: Whether people choose for themselves.}
        terms: [inspraak, kiezen, choose]
      - name: ruilen
        label: {nl: Ruilen, en: Swapping}
        definition: {nl: Diensten met een collega ruilen., en: Swapping shifts with a colleague.}
        terms: [ruilen, swap]
  - name: herstel
    label: {nl: Herstel, en: Recovery}
    definition: {nl: Bijkomen van de nacht., en: Getting over the night.}
    codes:
      - name: slaap
        label: {nl: Slaap, en: Sleep}
        definition: {nl: Slapen na de dienst., en: Sleep after the shift.}
        terms: [slapen, slaap, sleep]
      - name: thuis
        label: {nl: Thuis, en: Home}
        definition: {nl: Gezin en vrienden., en: Family and friends.}
        terms: [kinderen, gezin, family]
  - name: team
    label: {nl: Het team, en: The team}
    definition: {nl: Collega's en leiding., en: Colleagues and managers.}
    codes:
      - name: overdracht
        label: {nl: Overdracht, en: Handover}
        definition: {nl: Wat de volgende dienst hoort., en: What the next shift hears.}
        terms: [overdracht, handover]
"""
TERMS = {
    "rooster/inspraak": ("inspraak", "kiezen", "choose"),
    "rooster/ruilen": ("ruilen", "swap"),
    "herstel/slaap": ("slapen", "slaap", "sleep"),
    "herstel/thuis": ("kinderen", "gezin", "family"),
    "team/overdracht": ("overdracht", "handover"),
}
QUESTIONS = (
    "Hoe ging het kiezen van je diensten?",
    "Wat doet de nacht met je slaap?",
    "Wat merken ze thuis van je werk?",
    "Hoe verloopt de overdracht in de ochtend?",
    "Wat zou je zelf veranderen aan het rooster, en waarom?",
)
NURSES = tuple(f"V{number}" for number in range(1, 9))
GROUP = {"F1": "V1", "F2": "V2", "F3": "V9", "F4": "V10", "F5": "V11"}
ENGLISH = "V6"
_FIRST = {
    "herstel/slaap": (
        "Na drie nachten kan ik overdag nauwelijks slapen, dan lig ik naar het plafond te kijken",
        "Mijn slaap is gewoon kapot, ik word na vier uur wakker van de bus 😴",
        "Slapen lukt me goed, als de telefoon maar uit staat",
    ),
    "herstel/thuis": (
        "De kinderen weten dat ze stil moeten zijn, en dat vind ik zielig voor ze",
        "Mijn gezin ziet me een week lang alleen in badjas",
    ),
    "rooster/ruilen": (
        "Ruilen doen we onderling in een groepsapp, dat loopt prima",
        "Als ik wil ruilen, moet ik eerst drie formulieren invullen",
    ),
    "rooster/inspraak": (
        "Inspraak hebben we niet, het rooster hangt er en dat is het",
        "Je mag wel iets kiezen, maar de feestdagen zijn dan al weg",
    ),
    "team/overdracht": (
        "Bij de overdracht sta ik te tollen op mijn benen, en dan vergeet ik dingen",
        "De overdracht is het mooiste moment: koffie, en dan weet je dat je naar huis mag",
    ),
}
_SECOND = {
    **_FIRST,
    "rooster/inspraak": (
        "Nu we zelf mogen kiezen, zit er eindelijk een weekend in mijn café\u0301-leven",
        "Het nieuwe rooster laat me kiezen tussen vroege en late nachten",
    ),
}
_ENGLISH = {
    "herstel/slaap": ("I sleep in pieces, two hours here and three hours there",),
    "herstel/thuis": ("My family eats dinner while I have breakfast",),
    "rooster/ruilen": ("We swap shifts all the time, nobody minds",),
    "rooster/inspraak": ("I can choose now, and that makes me feel like a grown-up",),
    "team/overdracht": ("The handover is short and to the point",),
}
_ASK = {
    "herstel/slaap": "Hoe slaap je na een nachtdienst?",
    "herstel/thuis": "En thuis?",
    "rooster/ruilen": "Kun je diensten ruilen?",
    "rooster/inspraak": "Wat heb je zelf te zeggen over het rooster?",
    "team/overdracht": "Hoe gaat de overdracht?",
}
_ASK_ENGLISH = {
    "herstel/slaap": "How do you sleep after a night shift?",
    "herstel/thuis": "And at home?",
    "rooster/ruilen": "Can you swap shifts with your colleagues?",
    "rooster/inspraak": "What do you have to say about the roster?",
    "team/overdracht": "What is the handover like?",
}
_DIARY = (
    "Maandag. Thuisgekomen om half acht, de kinderen naar school gebracht.\n\n"
    "Dinsdag. Vijf uur kunnen slapen, een record deze maand.\n\n"
    "Woensdag. Vrij. Ik heb de hele dag niets gedaan en daar heb ik geen spijt van.\n"
)
_POLICY = (
    "Roosterbeleid verpleging\n\n"
    "Medewerkers hebben inspraak in de verdeling van de nachtdiensten.\n\n"
    "De overdracht duurt ten hoogste een kwartier.\n"
)
_GROUP_TALK = (
    ("Moderator", "Welkom. Wat doet het nieuwe rooster met jullie?"),
    ("F1", "Nou, ik mag kiezen, en dat merk ik aan alles"),
    ("F2", "Ik niet, bij ons is er van inspraak geen sprake"),
    ("F3", "Wij ruilen gewoon, dan heb je die inspraak niet nodig"),
    ("F4", "Slapen kan ik toch pas als de kinderen naar school zijn"),
    ("F5", "Precies, en bij de overdracht ziet iedereen dat je niet geslapen hebt"),
    ("Moderator", "Herkent iemand dat, van die overdracht?"),
    ("F2", "Ja, dat had ik vorige week nog"),
    ("Man?", "Ik heb ook weleens een overdracht vergeten"),
    ("F1", "Zonder overdracht gaat het mis, dat weten we allemaal"),
)
_ANSWERS = {
    QUESTIONS[0]: (*_FIRST["rooster/inspraak"], *_SECOND["rooster/inspraak"]),
    QUESTIONS[1]: _FIRST["herstel/slaap"],
    QUESTIONS[2]: _FIRST["herstel/thuis"],
    QUESTIONS[3]: _FIRST["team/overdracht"],
    QUESTIONS[4]: (*_FIRST["rooster/ruilen"], "Meer mensen op de nacht, dat is alles wat ik vraag"),
}
_TAILS = (
    "zeker op de afdeling waar ik nu sta",
    "en dat zeg ik al jaren tegen iedereen",
    "maar het wordt langzaam beter",
    "en mijn collega's vinden dat ook",
    "al verschilt het per seizoen",
    "en in de winter is het erger",
)
_SAME = "Weet ik niet"


@dataclass(frozen=True)
class NightShifts:
    """The files of the study.

    Attributes:
        folder: Where they are.
        interviews: The folder of interviews, focus group, diary and policy.
        book: The codebook.
        people: The table of participants.
        survey: The table of the survey.
    """

    folder: Path

    @property
    def interviews(self) -> Path:
        return self.folder / "interviews"

    @property
    def book(self) -> Path:
        return self.folder / "codeboek.yaml"

    @property
    def people(self) -> Path:
        return self.folder / "deelnemers.xlsx"

    @property
    def survey(self) -> Path:
        return self.folder / "enquete.xlsx"


def write_files(folder: Path, *, rows: int = 500) -> NightShifts:
    """Write all files of the study; the same each time.

    Args:
        folder: Where; it is made.
        rows: Number of people in the survey.
    """
    study = NightShifts(folder)
    study.interviews.mkdir(parents=True, exist_ok=True)
    study.book.write_text(BOOK, encoding="utf-8")
    chance = random.Random(11)
    for nurse in NURSES:
        for wave in (1, 2):
            turns = _interview(nurse, wave, chance)
            _write_interview(study.interviews / f"{nurse}-t{wave}", turns, is_docx=nurse == "V3")
    _write_interview(study.interviews / "Groep1", _GROUP_TALK, is_docx=True)
    (study.interviews / "Dagboek V4.txt").write_text(_DIARY, encoding="utf-8")
    (study.interviews / "Roosterbeleid.txt").write_text(_POLICY, encoding="utf-8")
    pd.DataFrame(_people()).to_excel(study.people, index=False)
    pd.DataFrame(_survey(rows, chance)).to_excel(study.survey, index=False)
    return study


def _interview(nurse: str, wave: int, chance: random.Random) -> list[tuple[str, str]]:
    said = _ENGLISH if nurse == ENGLISH else _FIRST if wave == 1 else _SECOND
    asked = _ASK_ENGLISH if nurse == ENGLISH else _ASK
    turns = []
    for code in chance.sample(sorted(said), 4):
        turns += [("I", asked[code]), ("R", f"{chance.choice(said[code])}.")]
    return turns


def _write_interview(path: Path, turns: Sequence[tuple[str, str]], *, is_docx: bool) -> None:
    lines = [f"{speaker}: {words}" for speaker, words in turns]
    if is_docx:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path.with_suffix(".docx")))
    else:
        path.with_suffix(".txt").write_bytes("\r\n".join(lines).encode("utf-8-sig"))


def _people() -> list[dict[str, str]]:
    rows = []
    for place, nurse in enumerate(NURSES):
        for wave in (1, 2):
            person = {"geslacht": ("vrouw", "man")[place % 2], "leeftijd": str(24 + 5 * place)}
            rows.append({"transcript": f"{nurse}-t{wave}", "spreker": "R", "deelnemer": nurse,
                         "golf": str(wave), **person, "groep": "verpleging", "soort": "interview",
                         "datum": f"202{4 + wave}-03-0{place + 1}"})  # fmt: skip
    for place, (label, name) in enumerate(GROUP.items()):
        sex = ("vrouw", "man")[place % 2]
        group = "verpleging" if name in NURSES else "leiding"
        rows.append({"transcript": "Groep1", "spreker": label, "deelnemer": name, "golf": "",
                     "geslacht": sex, "leeftijd": "" if name in NURSES else str(40 + place),
                     "groep": group, "soort": "focusgroep", "datum": "2026-05-01"})  # fmt: skip
    empty = dict.fromkeys(rows[0], "")
    rows.append({**empty, "transcript": "Dagboek V4", "deelnemer": "V4", "soort": "document"})
    rows.append({**empty, "transcript": "Roosterbeleid", "soort": "document"})
    return rows


def _survey(rows: int, chance: random.Random) -> list[dict[str, object]]:
    return [
        {
            "nr": f"E{number:03}",
            "geslacht": chance.choice(("vrouw", "man")),
            "leeftijd": chance.randint(21, 66),
            "groep": "enquête",
            **{question: _answer(question, chance) for question in QUESTIONS},
        }
        for number in range(1, rows + 1)
    ]


def _answer(question: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.1:
        return ""
    if kind < 0.2:
        return _SAME
    return f"{chance.choice(_ANSWERS[question])}, {chance.choice(_TAILS)}"


def codings_of(coder: str, transcripts: tuple[Transcript, ...]) -> list[dict[str, object]]:
    """Return the rows of a coder's table: the turns and paragraphs with a term of a code.

    Sem overlooks some and codes the moderator once; Noor codes a dialogue as one passage.
    """
    chance = random.Random(coder)
    rows = []
    for transcript in transcripts:
        spans = [turn.span for turn in transcript.turns] or _lines(transcript.text)
        if transcript.name == "Groep1" and coder == "noor":
            spans.append(Span(transcript.turns[6].span.start, transcript.turns[7].span.end))
        for span in spans:
            words = span.of(transcript.text)
            for code, terms in TERMS.items():
                overlooked = coder == "sem" and chance.random() < 0.08
                asks = any(t.speaker == "I" for t in transcript.turns if t.span == span)
                if not overlooked and not asks and any(t in words.casefold() for t in terms):
                    rows.append({"transcript": transcript.name, "start": span.start,
                                 "end": span.end, "quote": words, "code": code, "coder": coder,
                                 "memo": ""})  # fmt: skip
    return rows


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def write_codings(project: Path, folder: Path) -> tuple[Path, Path]:
    """Write the tables of the two coders for the interviews as they are in a project."""
    with Project.open(project) as work:
        transcripts = work.transcripts.collect()
    paths = []
    for coder in ("noor", "sem"):
        rows = codings_of(coder, transcripts)
        paths.append(folder / f"codings_{coder}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return paths[0], paths[1]


if __name__ == "__main__":
    write_files(Path(sys.argv[1]))
