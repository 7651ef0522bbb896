"""Interviews with invented names in them: copies of the sample, and where each name stands.

The sample interviews hold roles in brackets, as the toolkit wants them. Here the roles become
names again, and answers get a sentence with a name, a place, a number: all of them invented.
Half of the people and places stand on no list that comes along; some are written as carelessly
as transcripts are (no capital, a name that is also a word, digits in words).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.model import Span, Transcript

LISTED_PEOPLE = """Fatima|Bilal|Sanne|Daan|Annemiek|Joost de Vries|Esra|Willem Bakker|Noor|Ruud|
Marieke Jansen|Omar|Greetje|Lotte|Youssef|Henk|Thijs van den Berg|Saskia|Mehmet|Petra Mulder|
Roos|Mark|Job|Trees|Hassan"""
UNLISTED_PEOPLE = """Xandor|Jilmare|Tjorven|Oumayra|Wubbo Grashof|Djenaro|Zjuul|Perpetua|Kwabena|
Sjoukelien|Rozemarie Vlindert|Ravindra|Ilkay|Ebbo|Merveille|Quirinus Oltmans|Nashville|Tygo-Jan|
Abimbola|Fenja|Doortje Wiegman|Shaquille|Hidde-Roel|Leontien Oosterwolde|Zilan"""
LISTED_PLACES = "Appelscha|Deventer|Zutphen|Oss|'s-Hertogenbosch|Goes|Hengelo|Drachten|Best|Ede"
UNLISTED_PLACES = (
    "Zwotterdam|Klein Ulsda|de Bijltjeswijk|Kreuzberg|Paramaribo|Tanger|Noordereiland|"
    "het Wilgeneiland|Gent|Salou"
)
EMPLOYERS = (
    "Rabobank|Jumbo|Blikveld Techniek|Zonderman B.V.|café De Roestige Spijker|Thuiszorg Havenzicht|"
    "Bouwgroep Van Riel|Kapsalon Knip|het Sint Zoutland ziekenhuis|KLM|restaurant Vloed|"
    "Transportbedrijf Hoekstra|Stichting Windkracht|Nachtclub Prisma|de Wehkamp|Bakkerij Oltmans"
)
ADDRESSES = (
    "Kerkstraat 12|Jan van Galenstraat 5a|de Lindelaan|1234 AB|Oude Gracht 218|Plein 1940|"
    "Singel 77, 3511 BC|op de Zeedijk"
)
PHONES = (
    "06-12345678|06 87 65 43 21|+31 6 11223344|020-5551234|0612349876|nul zes twaalf drieënveertig"
)
MAILS = "j.devries@voorbeeld.nl|fatima_98@example.com|jan punt smit apenstaartje gmail punt com"
WEBSITES = "www.kapsalonknip.nl|https://www.voorbeeld.nl/over-ons|blikveld-techniek.com"
ACCOUNTS = (
    "@fatima_98|insta heet ik zon_en_zee99|mijn snap is Xandor_x|mijn tiktok heet gewoon roosje"
)
DATES = (
    "3 juni 2019|op 14-02-2020|zeventien maart|de 21e|1 oktober|12/11/2018|"
    "de vrijdag voor Pasen in 2019"
)
BIRTHS = "geboren op 12 maart 1989|geboortedatum is 03-06-1991|geboren in 1987|jarig op 9 mei"
AGES = (
    "ik ben 34.|ik ben negenentwintig, dus ja.|mijn zoon is 16 jaar oud.|een 45-jarige man.|"
    "ik werd toen dertig.|hij is net veertig geworden.|ik loop tegen de vijftig.|"
    "zij was drieëntwintig."
)
NUMBERS = "mijn bsn is 123456782|op NL91 ABNA 0417 1643 00|mijn kenteken is KX-902-P"

PERSON_SENTENCES = (
    "En toen zei {} dat het genoeg was.",
    "{} was daar ook bij.",
    "Met mijn collega {} ging dat anders.",
    "Mijn zus {} weet dat.",
    "Dat heb ik van {}, die ken ik al jaren.",
    "Ik zat bij {} thuis.",
    "{}'s broer had het altijd bij zich.",
    "Vraag maar aan {}, die was erbij.",
    "ja en {} ook hè, elke week.",
    "Die jongen heet {}.",
    "Toen kwam {lower} weer langs.",
    "Nee. {} niet, die dronk alleen.",
)
PLACE_SENTENCES = (
    "Ik ben opgegroeid in {}.",
    "We gingen elk weekend naar {}.",
    "{} is dan ver weg, hoor.",
    "Dat was ergens bij {}, op een feest.",
)
EMPLOYER_SENTENCES = (
    "Ik werkte toen bij {}.",
    "Op het werk, {} dus, wist niemand het.",
    "Later kreeg ik een baan bij {}.",
)
OTHERS = {
    "address": (ADDRESSES, "Hij woonde toen, eh, {}."),
    "phone": (PHONES, "Je kon hem bellen op {}."),
    "mail": (MAILS, "Stuur maar naar {} hoor."),
    "website": (WEBSITES, "Het staat op {} ook."),
    "account": (ACCOUNTS, "Ja, {}."),
    "date": (DATES, "Dat was {}, dat weet ik nog."),
    "birth_date": (BIRTHS, "Ik ben {}."),
    "age": (AGES, "Nou, {}"),
    "number": (NUMBERS, "Ja, {}."),
}
# what of an invention tells something: the rest of it only leads up to it
_TELLING = {
    "address": re.compile(r"(?:de |op de )?(.*)"),
    "account": re.compile(r".*?(@?\w+)$"),
    "date": re.compile(r"(?:op |de )?(.*)"),
    "birth_date": re.compile(r".*?(\d.*)"),
    "age": re.compile(
        r".*?((?:34|negenentwintig|16 jaar|45-jarige|dertig|veertig|vijftig|drieëntwintig))\b.*"
    ),
    "number": re.compile(r"(?:mijn \w+ is |op )?(.*)"),
    "place": re.compile(r"(?:de |het )?(.*)"),
    "employer": re.compile(r"(?:café |restaurant |de |het )?(.*?)(?: ziekenhuis)?$"),
}
ROLE_KINDS = {
    "plaats": "place",
    "stad": "place",
    "instelling": "employer",
    "organisatie": "employer",
    "locatie": "employer",
    "werkgever": "employer",
}
_NOTES = re.compile(r"\[(?:lacht|stilte|onverstaanbaar|wijst|gebaar|iemand|telefoon|maakt)[^\]]*\]")


@dataclass(frozen=True)
class Planted:
    """One invention: its kind, whether a list has it, and where it stands."""

    kind: str
    listed: bool
    span: Span


@dataclass(frozen=True)
class NamedInterview:
    """The text of one interview with inventions in it."""

    name: str
    text: str
    planted: tuple[Planted, ...]


def plant(transcripts: tuple[Transcript, ...], seed: int = 1) -> tuple[NamedInterview, ...]:
    """Return the interviews with names in the place of roles, and a sentence in some answers."""
    chance = random.Random(seed)
    people = [(n, True) for n in _names(LISTED_PEOPLE)] + [
        (n, False) for n in _names(UNLISTED_PEOPLE)
    ]
    places = [(n, True) for n in _names(LISTED_PLACES)] + [
        (n, False) for n in _names(UNLISTED_PLACES)
    ]
    chance.shuffle(people)
    chance.shuffle(places)
    sentences = list(_sentences(people, places))
    chance.shuffle(sentences)
    roles = iter([*people, *people, *people])
    per_text = -(-len(sentences) // len(transcripts))
    return tuple(
        _named(one, sentences[n * per_text : (n + 1) * per_text], roles, chance)
        for n, one in enumerate(transcripts)
    )


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split("|")]


Sentence = tuple[str, str, bool, str]
"""Kind, telling words, whether a list has them, and the whole sentence."""


def _sentences(
    people: list[tuple[str, bool]], places: list[tuple[str, bool]]
) -> Iterator[Sentence]:
    for number, (name, listed) in enumerate(people):
        form = PERSON_SENTENCES[number % len(PERSON_SENTENCES)]
        shown = name.lower() if "{lower}" in form else name
        yield "person", shown, listed, form.format(shown, lower=shown)
    for number, (name, listed) in enumerate(places):
        form = PLACE_SENTENCES[number % len(PLACE_SENTENCES)]
        opened = name[0].upper() + name[1:] if form.startswith("{") else name
        yield "place", _telling("place", opened), listed, form.format(opened)
    for number, name in enumerate(_names(EMPLOYERS)):
        form = EMPLOYER_SENTENCES[number % len(EMPLOYER_SENTENCES)]
        yield (
            "employer",
            _telling("employer", name),
            name in {"Rabobank", "Jumbo", "KLM"},
            form.format(name),
        )
    for kind, (names, form) in OTHERS.items():
        for name in _names(names):
            yield kind, _telling(kind, name), False, form.format(name)


def _telling(kind: str, name: str) -> str:
    found = _TELLING[kind].fullmatch(name) if kind in _TELLING else None
    return found.group(1) if found else name


def _named(
    transcript: Transcript,
    sentences: list[Sentence],
    roles: Iterator[tuple[str, bool]],
    chance: random.Random,
) -> NamedInterview:
    answers = [turn.span.end for turn in transcript.respondent_turns() if len(turn.span) > 40]
    ends = dict(zip(sorted(chance.sample(answers, len(sentences))), sentences, strict=True))
    known: dict[str, tuple[str, bool]] = {}
    text, planted, done = "", [], 0
    points = sorted(
        [
            (m.start(), m)
            for m in re.finditer(r"\[[^\]]+\]", transcript.text)
            if not _NOTES.match(m[0])
        ]
        + [(end, None) for end in ends],
        key=lambda point: point[0],
    )
    for position, match in points:
        text += transcript.text[done:position]
        if match is None:
            kind, telling, listed, sentence = ends[position]
            start = len(text) + 1 + sentence.index(telling)
            text += f" {sentence}"
            done = position
        else:
            role = match[0][1:-1].rstrip(" 0123456789")
            kind = ROLE_KINDS.get(role, "person")
            if kind != "person":
                pool = ("Almelo", True) if kind == "place" else ("Wendelzorg", False)
            else:
                pool = known.setdefault(
                    match[0], next(roles) if match[0] not in known else known[match[0]]
                )
            telling, listed = pool
            start, done = len(text), match.end()
            text += telling
        planted.append(Planted(kind, listed, Span(start, start + len(telling))))
    return NamedInterview(transcript.name, text + transcript.text[done:], tuple(planted))
