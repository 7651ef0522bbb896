"""What figures say for themselves (why there is none, what to bear in mind), in Dutch.

The figures speak English; a Dutch document prints these sentences instead. A sentence that is
not here is printed as it is.
"""

from __future__ import annotations

import re

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
        r"(\d+) interviews? cannot separate \.667 from \.8: .*",
        (
            r"Met {0} interview(s) zijn 0,667 en 0,8 niet te onderscheiden: reken op een "
            r"95%-interval van zo'n 0,25 naar weerszijden bij 6 interviews, 0,11 bij 20 en 0,08 "
            r"bij 40."
        ),
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
    (
        r"too few interviews: (\d+), where a base of (\d+) and a run of (\d+).*",
        r"te weinig interviews: {0}, waar een basis van {1} en een reeks van {2} nodig zijn",
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


def said_in(text: str, language: str) -> str:
    """Return a sentence of a figure in the language of the document, where it is known."""
    if language != "nl":
        return text
    for english, dutch in _DUTCH:
        found = re.fullmatch(english, text, re.DOTALL)
        if found:
            figures = [re.sub(r"(?<=\d)\.(?=\d)", ",", part) for part in found.groups()]
            return dutch.format(*figures)
    return text
