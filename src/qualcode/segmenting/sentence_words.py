"""Abbreviations and words at the borders of sentences, per language.

Owns the lists. An abbreviation is in lower case with its full stop; dotted ones (``e.g.``) are
recognised by their form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEXT_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of one language by which sentences are told apart.

    Attributes:
        abbreviations: Their full stop need not end a sentence.
        titles: Those before a name: a capital after them opens no sentence.
        also_words: Those that are ordinary words too: a capital after them opens a sentence.
        clause_ends: Those at the end of a list or a clause: so does a capital after these.
        first_words: Words that open sentences, where the word before may be an initial.
        speech_verb: Matches a verb of speech, which goes on after a quote: "Come! she said".
        has_ordinals: Whether a full stop after a number makes it an ordinal: "am 3. Mai".
    """

    abbreviations: frozenset[str]
    titles: frozenset[str]
    also_words: frozenset[str]
    clause_ends: frozenset[str]
    first_words: frozenset[str]
    speech_verb: re.Pattern[str]
    has_ordinals: bool = False

    def opens(self, text: str) -> bool:
        """Tell whether a text begins with a word that opens sentences."""
        word = _NEXT_WORD.match(text)
        return word is not None and word.group() in self.first_words


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DUTCH = SentenceWords(
    abbreviations=_listed(
        "afb. afd. alg. apr. arr. art. aug. bijv. bijz. blz. bv. ca. cf. chr. civ. cm. co. dec. "
        "dept. dhr. div. do. dr. drs. ds. enz. etc. ev. evt. excl. feb. fig. fr. gebr. geb. gem. "
        "gr. hr. incl. ing. inl. int. ir. jan. jhr. jl. jr. jul. jun. kap. kg. km. lic. max. mej. "
        "mevr. mg. mgr. min. ml. mln. mr. mrd. mrt. mw. nl. nov. nr. nrs. okt. ong. p. pag. par. "
        "plm. plv. pm. prof. red. ref. resp. sec. sept. sr. st. tel. temp. u. univ. vb. vgl. vnl. "
        "voorz. vr. vs. wo. zgn. zo. e.e.a. b.v. n.v. v.chr. n.chr. ma. di. za."
    ),
    titles=_listed("dhr. dr. drs. ds. hr. ing. ir. jhr. mej. mevr. mgr. mr. mw. prof. st."),
    also_words=_listed(
        "do. wo. zo. ma. di. za. vr. int. min. sec. arr. co. art. u. red. par. max. gem. km. cm. "
        "gr. kg. mg. ml. temp."
    ),
    clause_ends=_listed(
        "enz. etc. e.d. o.i.d. e.a. a.u.b. jl. jr. sr. z.s.m. n.v.t. p.p. p.st. b.v. n.v. s.v.p. "
        "m.i. e.e.a. v.chr. n.chr. mln. mrd. a.m. p.m."
    ),
    first_words=_listed(
        "Ik Je Jij Hij Zij Ze We Wij Jullie Het Een Dat Die Dit Deze Er En Maar Dus Want Of Toen "
        "Dan Daar Daarna Nu Ook Als Soms Nee Ja Nou Wat Wie Waar Hoe Waarom Wanneer Mijn Niet "
        "Geen Omdat Iedereen Gewoon Eigenlijk Later Vroeger Alleen Met Op In Na Voor Terwijl Bij"
    ),
    speech_verb=re.compile(
        r"(?:zei|zeg|zegt|zeggen|zeiden|vroeg|vraagt|vragen|vroegen|dacht|denk|denkt|riep|roept|"
        r"roepen|riepen|antwoordde|fluisterde|appte|stuurde)\b"
    ),
)
_ENGLISH = SentenceWords(
    abbreviations=_listed(
        "approx. apr. art. assoc. aug. ave. capt. cf. ch. cm. co. corp. dec. dept. dr. ed. etc. "
        "est. ext. feb. fig. ft. gen. gov. hon. hr. hrs. inc. incl. jan. jr. jul. jun. kg. km. lb. "
        "lbs. lt. ltd. max. messrs. min. mins. misc. ml. mm. mr. mrs. ms. mt. no. nos. nov. oct. "
        "oz. p. para. ph.d. pp. prof. ref. rep. rev. sec. sen. sept. sgt. sq. sr. st. subj. tel. "
        "temp. univ. vol. vs. yr. yrs."
    ),
    titles=_listed(
        "dr. mr. mrs. ms. messrs. prof. rev. st. sgt. lt. capt. gen. gov. hon. rep. sen."
    ),
    also_words=_listed(
        "no. min. max. sec. art. ed. fig. gen. rep. co. mm. ch. ref. temp. ext. est. sen. gov. inc."
    ),
    clause_ends=_listed("etc. jr. sr. a.m. p.m. ltd. co. inc. corp. hrs. mins. yrs. lbs. ph.d."),
    first_words=_listed(
        "I You He She It We They The A An That This These Those There And But So Because Or Then "
        "Now Also If When Sometimes No Yes Yeah Well What Who Where How Why My Not Nobody "
        "Everybody Everyone Actually Later Before After Only With On In At For While Just"
    ),
    speech_verb=re.compile(
        r"(?:(?:he|she|they|we|you|my \w+) )?(?:said|says|say|asked|asks|thought|think|told|"
        r"replied|answered|shouted|shouts|yelled|whispered|texted|goes|went)\b"
    ),
)
_GERMAN = SentenceWords(
    abbreviations=_listed(
        "abb. abs. abt. allg. apr. aug. bd. betr. bsp. bspw. bzgl. bzw. ca. dez. dipl. dr. ebd. "
        "einschl. evtl. ev. exkl. febr. feb. fr. geb. gem. ggf. ggfs. hl. hr. hrsg. ing. inkl. "
        "jan. jh. jhd. kap. kath. kfm. kl. max. med. min. mio. mo. mrd. mtl. nov. nr. okt. phil. "
        "pos. prof. s. sa. sep. sept. so. sog. st. std. str. tel. u. usf. usw. v. vgl. vs. z. zzgl."
    ),
    titles=_listed("dr. prof. hr. fr. st. hl. dipl. ing. med. phil."),
    also_words=_listed("so. mo. sa. max. min. gem. fr. abs. kl. bd. s. u. v."),
    clause_ends=_listed("usw. usf. etc. bzw. u.a. o.ä. u.ä. mio. mrd. jh. z.t. d.j. n.chr. v.chr."),
    first_words=_listed(
        "Ich Du Er Sie Es Wir Ihr Der Die Das Ein Eine Dieser Diese Dieses Und Aber Also Weil Oder "
        "Dann Da Danach Jetzt Auch Wenn Manchmal Nein Ja Was Wer Wo Wie Warum Wann Mein Meine "
        "Nicht Kein Jeder Eigentlich Später Früher Nur Mit Auf In Nach Für Während Bei Als So"
    ),
    speech_verb=re.compile(
        r"(?:sagte|sagt|sage|sagten|fragte|fragt|dachte|denke|meinte|meint|rief|ruft|antwortete|"
        r"flüsterte|schrieb)\b"
    ),
    has_ordinals=True,
)
_FRENCH = SentenceWords(
    abbreviations=_listed(
        "adj. apr. art. av. avr. bd. boul. cf. chap. cm. dr. déc. dép. env. etc. ex. exp. fév. "
        "fig. hab. janv. juil. kg. km. max. min. ml. mlle. mm. mme. mr. n. nb. no. nov. oct. "
        "p. pp. prof. réf. sept. st. ste. suiv. sté. tél. vol. vs."
    ),
    titles=_listed("dr. mlle. mm. mme. mr. prof. st. ste."),
    also_words=_listed("no. min. max. art. fig. av. ex. vol."),
    clause_ends=_listed("etc. env. p.m. a.m. s.v.p. km. kg. cm. ml."),
    first_words=_listed(
        "Je Tu Il Elle On Nous Vous Ils Elles Le La Les Un Une Des Ce Cette Ces Ça Et Mais Donc "
        "Alors Parce Ou Puis Maintenant Aussi Si Quand Parfois Non Oui Que Qui Où Comment Pourquoi "
        "Mon Ma Mes Pas Personne Après Avant Avec Dans Pour En À Sur"
    ),
    speech_verb=re.compile(
        r"(?:dit|disait|dis|disent|demande|demandait|demanda|pensait|pense|crie|criait|répondit|"
        r"répond|chuchota)\b"
    ),
)
_BY_LANGUAGE = {"nl": _DUTCH, "en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH}


def words_of(language: str) -> SentenceWords:
    """Return the words of a language; those of English where it is not known."""
    # A project of another program may name any language, and its texts are cut all the same.
    return _BY_LANGUAGE.get(language, _ENGLISH)
