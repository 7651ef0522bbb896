"""What tells names in each language: cue words, words that are no names, the use of capitals.

Owns English, German and French; Dutch has its cues in ``cues``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.messages import Message
from qualcode.pseudonyms import cues
from qualcode.pseudonyms.values import NameKind


@dataclass(frozen=True, slots=True)
class LanguageCues:
    """The cues of one language.

    Attributes:
        roles: Role of a person by the word before the name.
        places: Words directly before the name of a place.
        institutions: Role of an organization by the word before its name.
        named: Matches text that ends where a name follows ("my name is").
        sure: The same, where nothing but a name can follow.
        employer: Matches text that ends where an employer follows.
        no_names: Words with a capital that identify nobody, in lower case.
        openers: First names that are ordinary words too, and so no names where a sentence opens.
        particles: Matches what may stand between two words of one name.
        ending: What may follow a word after an apostrophe ("they've"); it is no part of it.
        beginning: What may stand before a word with an apostrophe ("l'école").
        phrases: Names of things, of two words or more, that identify nobody.
        has_names: Whether the word lists hold names too, so that a word in them can be a name.
        has_capital_nouns: Whether all nouns have a capital, which then tells nothing.
    """

    roles: Mapping[str, str]
    places: frozenset[str]
    institutions: Mapping[str, str]
    named: re.Pattern[str]
    sure: re.Pattern[str]
    employer: re.Pattern[str]
    no_names: frozenset[str]
    openers: frozenset[str] = frozenset()
    particles: re.Pattern[str] = field(
        default=re.compile(
            r"(?: (?:van(?: de[rn]?)?|von|zu|de|del|della|da|dos|di|du|des|la|le|al|el|ben|bin))? "
            r"(?=[^\W\d_])"
        )
    )
    ending: re.Pattern[str] = field(default=re.compile(r"(?!)"))
    beginning: re.Pattern[str] = field(default=re.compile(r"(?!)"))
    phrases: re.Pattern[str] = cues.BRANDS
    has_names: bool = False
    has_capital_nouns: bool = False
    rules: tuple[str, str] = ("after words that give a name", "after words about work")
    """The reasons given for ``named`` and ``employer``."""

    def plain(self, word: str) -> str:
        """Return a word in lower case without what an apostrophe joins to it."""
        low = word.casefold().replace("’", "'")
        return self.ending.sub("", self.beginning.sub("", low)) or low

    def is_no_name(self, word: str) -> bool:
        """Tell whether a word with a capital identifies nobody, in the plural too ("Mondays")."""
        low = self.plain(word)
        return low in self.no_names or (len(low) > 3 and low.removesuffix("s") in self.no_names)

    def before(self, text: str, start: int) -> tuple[NameKind, str, str] | None:
        """Return kind, role and rule by the words before a name; None without a cue."""
        # a cue stands near: searching all that comes before each name would take far longer
        before = text[max(0, start - 60) : start]
        word = cues.BEFORE.search(before)
        last = word.group(1).casefold().replace("’", "'") if word else ""
        after = Message("after '{last}'", last=last)
        if last in self.roles:
            return NameKind.PERSON, self.roles[last], after
        if self.named.search(before):
            return NameKind.PERSON, "persoon", self.rules[0]
        if last in self.institutions:
            return NameKind.EMPLOYER, self.institutions[last], after
        if last in self.places:
            return NameKind.PLACE, "plaats", after
        if self.employer.search(before):
            return NameKind.EMPLOYER, "werkgever", self.rules[1]
        return None

    def is_surely_named(self, text: str, start: int) -> bool:
        """Tell whether a word must be a name, even without a capital."""
        return self.sure.search(text[max(0, start - 40) : start]) is not None


def _roles(lines: str) -> dict[str, str]:
    """Return the role of each word of lines "role: words"."""
    pairs = (line.split(":") for line in lines.strip().split("\n"))
    return {word: role.strip() for role, words in pairs for word in words.split()}


DUTCH = LanguageCues(
    roles=cues.PERSON_ROLES,
    places=cues.PLACE_CUES,
    institutions=cues.INSTITUTIONS,
    named=cues.NAMED,
    sure=cues.SURE,
    employer=cues.EMPLOYER,
    no_names=cues.NO_NAMES,
    openers=cues.OPENERS,
    particles=cues.PARTICLES,
    rules=("after 'heet', 'ik ben' or the like", "after 'bij' or 'werkt voor'"),
)
ENGLISH = LanguageCues(
    roles=_roles(
        """
        persoon: mr mrs ms miss sir madam guy girl boy lady man woman called
        arts: dr doctor professor gp
        zorgverlener: nurse
        zus: sister
        geestelijke: father reverend pastor imam rabbi
        functionaris: officer constable judge
        familielid: uncle aunt auntie grandma grandpa nan cousin nephew niece
        vriend: friend friends boyfriend girlfriend mate buddy
        collega: colleague colleagues coworker
        leidinggevende: boss manager supervisor director
        partner: husband wife partner
        broer: brother
        moeder: mother mum mom
        vader: dad
        zoon: son
        dochter: daughter
        buurman: neighbour neighbor
        begeleider: therapist counsellor counselor coach mentor
        """
    ),
    places=frozenset("in from to near around via".split()),
    institutions=_roles(
        """
        ziekenhuis: hospital
        instelling: clinic prison charity trust
        school: school college university
        café: café cafe pub bar
        club: club
        kerk: church mosque
        werkgever: company firm
        """
    ),
    named=re.compile(
        r"(?i)(?:\b(?:called|named|name is|name's|name was|this is|I am|I'm|I’m|it's|it’s))"
        r"[ ,:“\"‘']*$"
    ),
    sure=re.compile(r"(?i)\b(?:named|name is|name's|name was|mr|mrs|ms|miss)\.?[ ,:“\"‘']*$"),
    employer=re.compile(
        r"(?i)\b(?:work(?:s|ed|ing)?|job|internship|shift)(?: \w+){0,2} (?:at|for)(?: the)? $"
    ),
    no_names=frozenset(
        """
        i ok okay god jesus allah monday tuesday wednesday thursday friday saturday sunday january
        february march april may june july august september october november december christmas
        easter ramadan halloween british britain english england scottish scotland welsh wales
        irish ireland american america european europe dutch netherlands holland german germany
        french france spanish spain italian italy polish poland chinese china indian india
        pakistani african africa asian asia muslim christian catholic jewish facebook instagram
        snapchat whatsapp tiktok youtube netflix spotify google zoom teams word excel covid corona
        nhs bbc uk us usa tv pc ok cd dvd id hr ceo it mdma xtc ghb lsd hiv adhd gp mr mrs ms dr
        twitter reddit linkedin pinterest tinder grindr bumble telegram signal skype paypal ebay
        playstation xbox nintendo iphone ipad macbook android chatgpt brexit phd msc
        ptsd aids aa lord bible koran quran eid diwali ramadan hanukkah passover thanksgiving
        turkish turkey moroccan morocco greek greece portuguese portugal ukrainian ukraine russian
        russia romanian romania bulgarian bulgaria somali somalia nigerian nigeria ghanaian ghana
        kenyan kenya jamaican jamaica caribbean australian australia canadian canada swedish sweden
        norwegian norway danish denmark belgian belgium swiss switzerland austrian austria
        hungarian hungary czech iranian iran iraqi iraq syrian syria afghan afghanistan japanese
        japan korean korea vietnamese vietnam thai thailand arabic arab egyptian egypt bengali
        bangladesh bangladeshi punjabi hindu sikh buddhist protestant anglican methodist
        mediterranean scandinavian latin hindi urdu
        """.split()
    ),
    phrases=re.compile(
        cues.BRANDS.pattern
        + r"|\b(?:Universal Credit|Child Benefit|Housing Benefit|Job ?[Cc]entre|Social Services|"
        r"(?:Mother|Father|Valentine)['’]s Day|New Year(?:['’]s (?:Eve|Day))?|Boxing Day|"
        r"Good Friday|Bank Holiday|Bonfire Night|Alcoholics Anonymous|Narcotics Anonymous|"
        r"Citizens Advice|Human Resources|Middle East|Eastern Europe|South America|West Indies|"
        r"First World War|Second World War)\b"
    ),
    openers=frozenset(
        "will may mark grace hope rose joy dawn faith april june jack bill sue pat art rob guy "
        "gene drew chase frank grant ray dean earl faye penny melody crystal summer".split()
    ),
    ending=re.compile(r"(?:n't|'(?:d|ve|ll|re|m|t|s))$"),
    has_names=True,
)
GERMAN = LanguageCues(
    roles=_roles(
        """
        persoon: herr herrn frau fräulein
        arts: dr doktor professor prof arzt ärztin hausarzt
        zorgverlener: pfleger krankenschwester
        zus: schwester
        geestelijke: pfarrer pastor pater imam
        familielid: onkel tante opa oma cousin cousine neffe nichte
        vriend: freund freundin freunde kumpel
        collega: kollege kollegin kollegen
        leidinggevende: chef chefin
        partner: mann ehemann ehefrau partner partnerin
        broer: bruder
        moeder: mutter mama
        vader: vater papa
        zoon: sohn
        dochter: tochter
        buurman: nachbar nachbarin
        begeleider: betreuer betreuerin therapeut therapeutin
        """
    ),
    places=frozenset("in aus nach bei um".split()),
    institutions=_roles(
        """
        ziekenhuis: krankenhaus klinikum
        instelling: klinik stiftung verein
        school: schule gymnasium universität hochschule
        café: café kneipe bar
        kerk: kirche moschee
        werkgever: firma
        """
    ),
    named=re.compile(
        r"(?i)(?:\b(?:heiße|heißt|hieß|genannt|namens|name ist|ich bin d(?:ie|er)))[ ,:„\"‚']*$"
    ),
    sure=re.compile(r"(?i)\b(?:heiße|namens|name ist|herrn?|frau)[ ,:„\"‚']*$"),
    employer=re.compile(
        r"(?i)\b(?:arbeite(?:t|te|n)?|gearbeitet|job|praktikum)(?: \w+){0,2} bei $"
    ),
    no_names=frozenset(
        """
        gott jesus allah facebook instagram whatsapp google youtube netflix corona covid ok okay
        ostern weihnachten deutschland europa österreich schweiz amerika afrika asien
        """.split()
    ),
    has_names=True,
    has_capital_nouns=True,
)
FRENCH = LanguageCues(
    roles=_roles(
        """
        persoon: monsieur madame mademoiselle mme mlle m
        arts: dr docteur professeur médecin
        zorgverlener: infirmière infirmier
        geestelijke: père abbé pasteur imam
        familielid: oncle tante tonton tata papi mamie cousin cousine neveu nièce
        vriend: ami amie amis copain copine pote
        collega: collègue collègues
        leidinggevende: patron patronne chef cheffe directeur directrice
        partner: mari femme compagnon compagne
        broer: frère
        zus: sœur soeur
        moeder: mère maman
        vader: papa
        zoon: fils
        dochter: fille
        buurman: voisin voisine
        begeleider: éducateur éducatrice
        """
    ),
    places=frozenset("à vers près depuis".split()),
    institutions=_roles(
        """
        ziekenhuis: hôpital
        instelling: clinique association
        school: lycée collège école université
        café: café bar
        kerk: église mosquée
        werkgever: entreprise société
        """
    ),
    named=re.compile(
        r"(?i)(?:\b(?:m'appelle|m’appelle|s'appelle|s’appelle|s'appelait|nommée?|nom est|c'est|"
        r"c’est|je suis))[ ,:«\"']*$"
    ),
    sure=re.compile(
        r"(?i)\b(?:m'appelle|m’appelle|s'appelle|s’appelle|monsieur|madame)[ ,:«\"']*$"
    ),
    employer=re.compile(r"(?i)\b(?:travaill\w+|stage|emploi)(?: \w+){0,2} (?:chez|pour) $"),
    no_names=frozenset(
        """
        dieu jésus allah facebook instagram whatsapp google youtube netflix covid ok noël pâques
        france français française europe européen américain amérique afrique asie je il elle on
        comment nous vous ils elles c'est j'ai c'était lundi mardi mercredi
        jeudi vendredi samedi dimanche
        """.split()
    ),
    openers=frozenset("pierre rose claire aimé".split()),
    beginning=re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'"),
)
_BY_LANGUAGE = {"nl": DUTCH, "en": ENGLISH, "de": GERMAN, "fr": FRENCH}


def cues_of(language: str) -> LanguageCues:
    """Return the cues of a language; of English where it is not known."""
    return _BY_LANGUAGE.get(language, ENGLISH)
