"""Cue words before names in Dutch speech, which give the kind of name and a role."""

from __future__ import annotations

import re
from types import MappingProxyType

from qualcode.messages import Message
from qualcode.pseudonyms.values import NameKind

_TITLES = {
    "meneer mijnheer mevrouw mevr dhr mw juffrouw heer": "persoon",
    "dokter dr drs professor prof": "arts",
    "zuster broeder": "zorgverlener",
    "pastoor dominee imam pater": "geestelijke",
    "agent rechter officier wethouder": "functionaris",
    "meester juf": "leerkracht",
    "oom tante opa oma neef nicht": "familielid",
}
_RELATIONS = """
vriend vriendin vrienden vriendinnen vriendje vriendinnetje kameraad maat maatje kennis collega
collega's baas chef leidinggevende manager directeur eigenaar werkgever buurman buurvrouw
buurjongen buurmeisje man vrouw partner ex ex-man ex-vrouw broer broertje zus zusje moeder
vader mama papa zoon zoontje dochter dochtertje kind schoonzus zwager dealer huisarts arts
psycholoog psychiater therapeut begeleider coach mentor cliënt cliënte patiënt patiënte student
studente huisgenoot teamgenoot stagiair stagiaire vrijwilliger meisje jongen gozer gast
maatschappelijk werker verpleegkundige
""".split()
_ROLES = {
    "vrienden": "vriend",
    "vriendje": "vriend",
    "vriendinnen": "vriendin",
    "vriendinnetje": "vriendin",
    "kameraad": "vriend",
    "maat": "vriend",
    "maatje": "vriend",
    "collega's": "collega",
    "baas": "leidinggevende",
    "chef": "leidinggevende",
    "manager": "leidinggevende",
    "man": "partner",
    "vrouw": "partner",
    "ex-man": "ex-partner",
    "ex-vrouw": "ex-partner",
    "ex": "ex-partner",
    "broertje": "broer",
    "zusje": "zus",
    "mama": "moeder",
    "papa": "vader",
    "zoontje": "zoon",
    "dochtertje": "dochter",
    "huisarts": "arts",
    "werker": "begeleider",
    "meisje": "persoon",
    "jongen": "persoon",
    "gozer": "persoon",
    "gast": "persoon",
}
PERSON_ROLES = MappingProxyType(
    {word: role for words, role in _TITLES.items() for word in words.split()}
    | {word: _ROLES.get(word, word) for word in _RELATIONS if word != "maatschappelijk"}
)
"""Role of a person by the word before the name."""

_PLACE_WORDS = "in uit naar vanuit richting rond nabij omgeving wijk dorp stad gemeente buurt regio"
PLACE_CUES = frozenset(_PLACE_WORDS.split())
"""Words directly before the name of a place."""

INSTITUTIONS = MappingProxyType(
    {
        "ziekenhuis": "ziekenhuis",
        "kliniek": "instelling",
        "instelling": "instelling",
        "stichting": "instelling",
        "ggz": "instelling",
        "college": "school",
        "hogeschool": "school",
        "universiteit": "school",
        "school": "school",
        "scholengemeenschap": "school",
        "café": "café",
        "kroeg": "café",
        "bar": "café",
        "club": "club",
        "discotheek": "club",
        "festival": "festival",
        "restaurant": "restaurant",
        "hotel": "hotel",
        "kerk": "kerk",
        "moskee": "moskee",
        "bedrijf": "werkgever",
        "firma": "werkgever",
        "praktijk": "praktijk",
        "gevangenis": "instelling",
        "vereniging": "vereniging",
    }
)
"""Role of an organization by the word before its name, or at the end of it."""

_NAMED = re.compile(
    r"(?i)(?:\b(?:heet(?:te|ten)?|heten|genaamd|noem(?:t|de|den|en)?(?: (?:hem|haar|me|mij))?|"
    r"(?:mijn |zijn |haar )?naam is|u spreekt met|ik ben|dit is))[ ,:“\"‘']*$"
)
# Cues that are followed by nothing but a name, so that a capital is not needed.
_SURE = re.compile(
    r"(?i)\b(?:heet(?:te)?|genaamd|naam is|meneer|mijnheer|mevrouw|dokter|oom|tante)[ ,:“\"‘']*$"
)
_EMPLOYER = re.compile(
    r"(?i)\b(?:bij|(?:werk(?:t|te|en|ten)?|gewerkt|baan|stage|dienst|bijbaan|contract)"
    r"(?: \w+){0,2} (?:bij|voor|op))(?: (?:de|het))? $"
)
_BEFORE = re.compile(r"([^\W\d_]+(?:['’-][^\W\d_]+)*)[.,]? (?:[“\"‘'(] ?)?$")
_LEGAL = re.compile(r"\A(?: (?:B\.?V|N\.?V|V\.?O\.?F|Holding|Groep|Group|Nederland|MC|UMC)\b\.?)+")


def cue_before(text: str, start: int) -> tuple[NameKind, str, str] | None:
    """Return kind, role and rule by the words before a name; None without a cue."""
    before = text[max(0, start - 60) : start]
    word = _BEFORE.search(before)
    last = word.group(1).casefold().replace("’", "'") if word else ""
    if last in PERSON_ROLES:
        return NameKind.PERSON, PERSON_ROLES[last], Message("after '{last}'", last=last)
    if _NAMED.search(before):
        return NameKind.PERSON, "persoon", "after 'heet', 'ik ben' or the like"
    if last in INSTITUTIONS:
        return NameKind.EMPLOYER, INSTITUTIONS[last], Message("after '{last}'", last=last)
    if last in PLACE_CUES:
        return NameKind.PLACE, "plaats", Message("after '{last}'", last=last)
    if _EMPLOYER.search(before):
        return NameKind.EMPLOYER, "werkgever", "after 'bij' or 'werkt voor'"
    return None


def is_surely_named(text: str, start: int) -> bool:
    """Tell whether a word must be a name, even without a capital."""
    return _SURE.search(text[max(0, start - 40) : start]) is not None


def legal_form_after(text: str, end: int) -> int:
    """Return the length of ' B.V.', ' Groep' and the like after a name; 0 for none."""
    match = _LEGAL.match(text[end : end + 40])
    return match.end() if match else 0
