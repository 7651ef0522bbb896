"""Why a figure does not exist, and what to bear in mind, in the language of a report.

TODO: delete the table below when the core makes a ``Message`` of each reason; then
:func:`translate_reason` is ``translator.translate``.
"""

from __future__ import annotations

import re

from qualcode.messages import Message
from qualcode.translation import Translator

_DUTCH: tuple[tuple[str, str], ...] = (
    (r"neither coder used this code", "geen van beide codeurs gebruikte deze code"),
    (
        r"both coders gave this code to every unit, so nothing varies",
        "beide codeurs gaven deze code aan elke eenheid, dus er is geen variatie",
    ),
    (
        r"every unit got the same codes from both coders, so nothing varies",
        "elke eenheid kreeg van beide codeurs dezelfde codes, dus er is geen variatie",
    ),
    (r"there are no units to compare", "er zijn geen eenheden om te vergelijken"),
    (r"no code has a kappa", "geen enkele code heeft een kappa"),
    (r"(.+) never used this code\.", r"{0} gebruikte deze code nooit."),
    (
        r"The interval of kappa holds both \.667 and \.8: too few interviews to tell\.",
        "Het interval van kappa bevat zowel 0,667 als 0,8: te weinig interviews om te zeggen.",
    ),
    (
        r"High observed agreement \(([\d.]+)\) with a low kappa \(([-\d.]+)\).*",
        (
            r"Veel waargenomen overeenstemming ({0}) en toch een lage kappa ({1}): de code is "
            r"zeldzaam of juist heel gewoon. Lees de positieve overeenstemming erbij."
        ),
    ),
    (
        r"Left out, because not both coders coded them: (.+)\.",
        r"Weggelaten, omdat niet beide codeurs ze codeerden: {0}.",
    ),
    (
        r"(\d+) interview cannot separate \.667 from \.8: .*",
        (
            r"Met {0} interview zijn 0,667 en 0,8 niet te onderscheiden: reken op een "
            r"95%-interval van zo'n 0,25 naar weerszijden bij 6 interviews, 0,11 bij 20 en 0,08 "
            r"bij 40."
        ),
    ),
    (
        r"(\d+) interviews cannot separate \.667 from \.8: .*",
        (
            r"Met {0} interviews zijn 0,667 en 0,8 niet te onderscheiden: reken op een "
            r"95%-interval van zo'n 0,25 naar weerszijden bij 6 interviews, 0,11 bij 20 en 0,08 "
            r"bij 40."
        ),
    ),
    (
        r"An interval from (\d+) interviews is unsure itself: .*",
        (
            r"Een interval uit {0} interviews is zelf onzeker: gemiddeld breed, maar te smal waar "
            r"deze interviews toevallig op elkaar lijken."
        ),
    ),
    (
        r"Left out, because fewer than two coders coded them: (.+)\.",
        r"Weggelaten, omdat minder dan twee codeurs ze codeerden: {0}.",
    ),
    (
        r"(.+) handed in without a single coding: (.+)\.",
        r"{0} leverde zonder een enkele codering in: {1}.",
    ),
    (
        r"No words of respondents in: (.+)\. Say who the speakers are\.",
        r"Geen woorden van respondenten in: {0}. Zeg wie de sprekers zijn.",
    ),
    (
        r"Used by no coder, so without a figure: (.+)\.",
        r"Door geen codeur gebruikt, dus zonder cijfer: {0}.",
    ),
    (r"no coder used this code", "geen codeur gebruikte deze code"),
    (
        r"every coder gave this code to every unit, so nothing varies",
        "elke codeur gaf deze code aan elke eenheid, dus er is geen variatie",
    ),
    (
        r"every unit got the same codes from all coders, so nothing varies",
        "elke eenheid kreeg van alle codeurs dezelfde codes, dus er is geen variatie",
    ),
    (r"no code has a figure", "geen enkele code heeft een cijfer"),
    (
        r"a coder gave overlapping passages different codes, which it cannot take",
        "een codeur gaf overlappende passages verschillende codes, en dat kan deze maat niet aan",
    ),
    (
        r"a coder gave overlapping passages, which cu-alpha cannot take",
        "een codeur gaf passages die overlappen, en dat kan cu-alfa niet aan",
    ),
    (r"coder '(.+)' coded nothing", r"codeur '{0}' codeerde niets"),
    (r"no coder coded anything", "geen codeur codeerde iets"),
    (
        r"the coders' units do not overlap anywhere",
        "de passages van de codeurs overlappen nergens",
    ),
    (
        r"only one label is used, so nothing varies",
        "er is maar één code gebruikt, dus er is geen variatie",
    ),
    (
        r"all of it has the same value, so nothing varies",
        "alles heeft dezelfde waarde, dus er is geen variatie",
    ),
    (r"nothing varies", "er is geen variatie"),
    (r"chance is 1 with a single code", "met één code is het toeval 1"),
    (
        r"both coders coded the whole text, so nothing varies",
        "beide codeurs codeerden de hele tekst, dus er is geen variatie",
    ),
    (
        r"Used by neither coder, so without a figure: (.+)\.",
        r"Door geen van beide codeurs gebruikt, dus zonder cijfer: {0}.",
    ),
    (r"respondents say nothing", "de respondenten zeggen niets"),
    (
        r"respondents say nothing in its passages",
        "de respondenten zeggen niets in de passages ervan",
    ),
    (
        r"its passages hold everything that respondents say",
        "de passages ervan bevatten alles wat de respondenten zeggen",
    ),
    (r"no codes in the first (\d+) interviews", r"geen codes in de eerste {0} interviews"),
    (r"respondents' turns", "beurten van respondenten"),
    (r"respondents' sentences", "zinnen van respondenten"),
    (r"respondents' paragraphs", "alinea's van respondenten"),
    (r"respondents' answers", "antwoorden van respondenten"),
    (r"characters of respondents' words", "tekens van wat respondenten zeggen"),
    (
        r"too few interviews: (\d+), where a base of (\d+) and a run of (\d+) need at least (\d+)",
        (
            r"te weinig interviews: {0}, waar een basis van {1} en een reeks van {2} er ten "
            r"minste {3} vragen"
        ),
    ),
    (
        r"too few cases with codings: (\d+), of at least (\d+)",
        r"te weinig respondenten met coderingen: {0}, van ten minste {1}",
    ),
    (
        r"cases '(.+)' and '(.+)' have no code to compare them on",
        r"respondenten '{0}' en '{1}' hebben geen code om ze op te vergelijken",
    ),
    (r"not asked of group '(.+)'", r"niet gevraagd aan groep '{0}'"),
)


def translate_reason(text: str, translator: Translator) -> str:
    """Return a reason or warning of the core in a language.

    Args:
        text: A message, or an English sentence; one that is not known comes back as it is.
        translator: Of the language.
    """
    if isinstance(text, Message):
        return translator.translate(text)
    if translator.language != "nl":
        return text
    for english, dutch in _DUTCH:
        match = re.fullmatch(english, text, re.DOTALL)
        if match:
            numbers = [re.sub(r"(?<=\d)\.(?=\d)", ",", part) for part in match.groups()]
            return dutch.format(*numbers)
    return text
