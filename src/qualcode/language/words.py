"""Words that say little: stop words and the fillers of spoken language, per language.

Owns the lists; all are lemmas as :mod:`qualcode.language.lemmas` gives them, but for the
phrases, which are matched in the text as it is spoken.
"""

from __future__ import annotations

import re

_NL = """
aan achter af al als alsof alleen allemaal alles altijd ander anders behalve beide ben bij bijna
bijvoorbeeld binnen boven buiten daar daarbij daardoor daarin daarmee daarna daarnaast daarom
daarop daarover daarvan daarvoor dan dat de deze dezelfde die dit doen door dus een eens eerst
echter eigen elk elkaar en enig enkel er erbij erg ergens ermee ernaar erop ertoe eruit ervan
ervoor even gaan geen ge haar hebben heel hem hen het hetzelfde hier hij hoe hoewel hun iedereen
ieder iemand iets ik in ja je jezelf jij jou jouw jullie kan komen krijgen kunnen laten maar
maken me meer meest men met mezelf mij mijn misschien moeten mogen na naar nee net niemand niet
niets niks nog nogal nooit nu of om omdat onder ons ook ooit op over overal paar pas per precies
soms sommig staan steeds te tegen ter terug terwijl tijdens toch toe toen tot tussen u uit uw
vaak van vanaf vandaar vanuit veel ver verder via vind vinden volgens voor vooral voordat waar
waarbij waardoor waarin waarmee waarom waarvan wanneer want wat we weer weg weinig wel welk
werd wie wij willen worden zal ze zeer zeggen zei zelf zelfs zich zichzelf zien zij zijn zitten
zo zoals zo'n zoiets zou zowel zullen 's weten denken gewoon eigenlijk echt best beetje ding
inderdaad natuurlijk eh ehm uh uhm hm hmm hm-hm mm mhm hè he hoor nou tja oh o ah ach joh hé ok
oké oke soort manier goed zeker ineens opeens bepaald blijven gebeuren nemen geven lijken
helemaal ongeveer eerlijk namelijk uiteindelijk sowieso
"""
_EN = """
a about after again all already also always am an and any anyone anything are as at back be
because been before being both but by can come could did do does doing down each else even ever
every few for from get go good got had has have having he her here herself him himself his how i
if in into is it its itself just know let like little look lot make many may me mean might mine
more most much must my myself never no nor not nothing now of off often oh ok okay on once one
only or other our ours out over own quite rather really right s same say see she should so some
someone something sometimes still such sure take than that the their them themselves then there
these they thing think this those though through to too uh um er erm hm very want was we well
were what when where which while who whom why will with would yeah yes yet you your yours
yourself actually basically
"""
_DE = """
ab aber alle allein alles als also am an andere anders auch auf aus bei beide bin bis bist da
dabei dadurch dafür damit dann daran darauf darum das dass dein dem den denn der des dich die
dies dieser dir doch dort du durch ein eine einer einfach einmal er es etwas euch euer für
ganz geben gehen gegen genau haben halt hier hin hinter ich ihm ihn ihnen ihr im immer in ins ist
ja jeder jemand jene jetzt kein kommen können lassen machen mal man mehr mein mich mir mit
müssen nach nein nicht nichts nie noch nun nur ob oder ohne schon sehr sein seit selbst sich
sie so sollen sondern sonst sagen sehen über um und uns unser unter viel vom von vor wann
warum was weg weil weiter welche wenn wer werden wie wieder wir wissen wo wollen zu zum zur zwar
zwischen äh ähm hm tja eben eigentlich natürlich vielleicht irgendwie
"""
# The single letters are what is left of words before an apostrophe: l', d', qu'.
_FR = """
à ai aller alors après au aucun aussi autre avant avec avoir beaucoup bien bon ce ceci cela
celui chaque chez chose comme comment dans de des deux dire donc dont du elle en encore entre et
être eux faire falloir fois ici il ils je jamais juste la le les leur lui là ma mais me
même mes moi moins mon ne ni non nos notre nous on ou où oui par parce pas peu peut plus
pour pourquoi pouvoir puis quand que quel quelque qui quoi rien sa sans savoir se ses si son sous
sur ta tel tes toi ton toujours tous tout très trop tu un une venir vers voir vos votre vouloir
vous y ça euh ben bah hein voilà enfin d qu l j n s c m t
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(_NL.split()),
    "en": frozenset(_EN.split()),
    "de": frozenset(_DE.split()),
    "fr": frozenset(_FR.split()),
}
"""Lemmas that carry no subject, fillers of one word included, by language."""

GRAMMAR_WORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(
        "aan al als beetje bij daar dan dat de deze die ding dit doen door dus echt een eh "
        "eigenlijk en er gaan gewoon haar hebben heel hem het hier hij hoor hun hè ik iets in "
        "ja je jij jou kunnen maar met mijn moeten mij na naar nog nou of om ook op over soort "
        "te toch toen tot uit u van voor want wat we wel worden ze zijn zo zullen komen 's".split()
    ),
    "en": frozenset(
        "a also an and as at be but by can come do for from go have he her here his i in it just "
        "like me must my of oh on or our really shall she so some something sort that the then "
        "there they thing this to too uh um up us very we well what when will with yes you".split()
    ),
    "de": frozenset(
        "aber als also am an auch auf aus bei bisschen da dann das dass der die dies doch du durch "
        "ein einfach er es etwas für gehen haben hier ich ihr in ja kommen können machen mein mit "
        "müssen nach noch nun oder schon sein sie so sollen und uns von vor was wenn werden wie "
        "wir zu äh".split()
    ),
    "fr": frozenset(
        "à aller alors au aussi avec avoir bien ce cela chose comme d dans de dire donc du elle en "
        "et être euh faire il ils j je l la le les leur lui là ma mais me mon n ne nous on ou par "
        "pouvoir pour qu que qui quoi s sa se si son sur te tu un une venir vous y ça".split()
    ),
}
"""The few lemmas that hold sentences together; what is left tells what a passage is about."""

_PHRASES = {
    "nl": "nou ja|zeg maar|weet je wel|weet je|snap je|zo van|of zo|ik bedoel|hoe heet het|"
    "hoe zeg je dat|op zich|in principe|weet ik veel|of zoiets|en zo|laat maar zeggen",
    "en": "you know|i mean|sort of|kind of|or something|and stuff|i guess",
    "de": "sag ich mal|weißt du|ich meine|oder so|sozusagen",
    "fr": "tu vois|tu sais|je veux dire|en fait|du coup|ou quoi",
}
FILLERS: dict[str, re.Pattern[str]] = {
    language: re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)
    for language, phrases in _PHRASES.items()
}
"""Phrases that only fill a pause, by language."""

_SMALL_TALK = {
    "nl": "dankjewel dankje dankuwel dank danken bedankt bedanken graag gedaan hallo hoi hai hey "
    "goedemorgen goedemiddag goedenavond dag doei houdoe ciao tot ziens succes prettig prima mooi "
    "fijn leuk precies klopt kloppen exact okee jazeker zeker tuurlijk absoluut mijnheer meneer "
    "mevrouw vraag vragen interview opname recorder klaar sorry excuus pardon alstublieft "
    "alsjeblieft snappen begrijpen bedoelen horen luisteren wachten moment even",
    "en": "thanks thank welcome hello hi hey goodbye bye morning afternoon evening great fine nice "
    "exactly precisely correct absolutely definitely question interview recording recorder ready "
    "sorry pardon please understand hear listen wait moment cheers pleasure",
    "de": "danke danken bitte hallo guten tag morgen abend tschüss wiedersehen gut schön prima "
    "genau richtig stimmt stimmen klar sicher frage fragen interview aufnahme fertig "
    "entschuldigung verstehen hören warten moment gern gerne",
    "fr": "merci remercier bonjour bonsoir salut revoir super parfait exactement exact d'accord "
    "accord absolument bien sûr question interview entretien enregistrement prêt pardon désolé "
    "comprendre entendre écouter attendre moment prie plaît plaire",
}
SMALL_TALK: dict[str, frozenset[str]] = {
    language: frozenset(listed.split()) for language, listed in _SMALL_TALK.items()
}
"""Lemmas of greetings, thanks and talk about the interview itself, by language."""

_CALENDAR = {
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april "
    "mei juni juli augustus september oktober november december week dag uur datum",
    "en": "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december week day date am pm",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april "
    "mai juni juli august september oktober november dezember woche tag uhr datum",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin "
    "juillet août septembre octobre novembre décembre semaine jour date",
}
CALENDAR: dict[str, frozenset[str]] = {
    language: frozenset(listed.split()) for language, listed in _CALENDAR.items()
}
"""Lemmas of which the headings of a diary are made, by language."""
