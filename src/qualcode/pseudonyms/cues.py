"""Cue words before names in Dutch speech, and words with a capital that are no names."""

from __future__ import annotations

import re
from types import MappingProxyType

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

NAMED = re.compile(
    r"(?i)(?:\b(?:heet(?:te|ten)?|heten|genaamd|noem(?:t|de|den|en)?(?: (?:hem|haar|me|mij))?|"
    r"(?:mijn |zijn |haar )?naam is|u spreekt met|ik ben|dit is))[ ,:“\"‘']*$"
)
# Cues that are followed by nothing but a name, so that a capital is not needed.
SURE = re.compile(
    r"(?i)\b(?:heet(?:te)?|genaamd|naam is|meneer|mijnheer|mevrouw|dokter|oom|tante)[ ,:“\"‘']*$"
)
EMPLOYER = re.compile(
    r"(?i)\b(?:bij|(?:werk(?:t|te|en|ten)?|gewerkt|baan|stage|dienst|bijbaan|contract)"
    r"(?: \w+){0,2} (?:bij|voor|op))(?: (?:de|het))? $"
)
# Words with a capital that identify nobody: brands, countries, languages, feasts, abbreviations.
NO_NAMES = frozenset(
    """
    facebook instagram snapchat whatsapp tiktok telegram signal youtube netflix spotify google
    tinder grindr tikkie marktplaats uber playstation iphone xbox teams zoom word excel marvel
    nederland nederlands nederlandse nederlander nederlanders holland hollands hollandse
    belgië belg belgen belgisch belgische vlaams duits duitse duitser duitsland frans franse
    frankrijk engels engelse engeland spaans spaanse spanje italië italiaans italiaanse turks
    turkse turk turken turkije marokko marokkaans marokkaanse marokkaan marokkanen suriname
    surinaams surinaamse surinamer surinamers antilliaans antilliaanse curaçao aruba pools
    poolse polen indonesië indonesisch amerika amerikaans amerikaanse europa europees europese
    afrika afrikaans azië aziatisch randstad god jezus allah moslim moslims christelijk islam
    kerst kerstmis pasen pinksteren sinterklaas oud nieuw koningsdag koninginnedag ramadan
    carnaval bevrijdingsdag hemelvaart corona covid cito havo vwo vmbo mbo hbo xtc mdma ghb lsd
    thc ggz ggd gz rug uwv cao bhv adhd add ehbo hiv soa sos ptss aa na ca cd dvd tv pc bv nv
    hm hm-hm hmm mhm joa jeetje pfoe pff effe sindsdien daarvoor vanbinnen amper houdoe ketamine
    ok oké dj mc bbq wc zzp hr ceo mri ecg vip sms app ik je u hij zij we wij jij en of
    """.split()
)
# Things that have capitals and two words, of which one may be a surname ("Ford"). Shops and other
# companies are not here: somebody may work there.
BRANDS = re.compile(
    r"\b(?:Red Bull|Mars bars?|Diet Coke|Coca[- ]Cola|Pepsi Max|Jack Daniel'?s|Johnnie Walker|"
    r"Ford (?:Fiesta|Focus|Ka|Transit|Escort)|Opel (?:Corsa|Astra)|Fiat (?:Panda|Punto)|"
    r"Volkswagen (?:Golf|Polo)|VW (?:Golf|Polo)|Renault (?:Clio|Twingo)|Honda Civic|"
    r"Google (?:Maps|Docs|Drive|Translate|Meet)|Apple (?:Watch|Music|Pay)|Amazon Prime|"
    r"Prime Video|Disney Plus|Microsoft (?:Teams|Word|Excel)|Windows \w+|Call of Duty|"
    r"Candy Crush|Game of Thrones|Love Island|Big Brother|Radio \d|Black Friday)\b"
)
# First names that are ordinary words too: at the start of a sentence they are no names.
OPENERS = frozenset("wil an ad han jo ton sep mus dan bo".split())
_PARTICLE = (
    r"(?:(?:van|von)(?: (?:de|den|der|het|'t|’t))?|(?:uit|op|in|aan) (?:de|den|der|het|'t|’t)|"
    r"de|den|der|het|'t|’t|ten|ter|te|el|al|ben|bin|du|la|le)"
)
PARTICLES = re.compile(rf"(?: {_PARTICLE})? (?=[^\W\d_])")
BEFORE = re.compile(r"([^\W\d_]+(?:['’-][^\W\d_]+)*)[.,]? (?:[“\"‘'(] ?)?$")
_LEGAL = re.compile(r"\A(?: (?:B\.?V|N\.?V|V\.?O\.?F|Holding|Groep|Group|Nederland|MC|UMC)\b\.?)+")


def legal_form_after(text: str, end: int) -> int:
    """Return the length of ' B.V.', ' Groep' and the like after a name; 0 for none."""
    match = _LEGAL.match(text[end : end + 40])
    return match.end() if match else 0
