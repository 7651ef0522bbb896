"""Sentences of spoken Dutch: one tricky case a line, ``‖`` where a sentence begins."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Span
from qualcode.segmenting import split_sentences

CASES = """
Ik was negentien. ‖Toen probeerde ik het.
Ja. ‖Nee. ‖Misschien.
ja dat klopt. ‖dat was in de zomer.
Wat kost dat? ‖Vijftig euro.
Echt waar! ‖Dat wist ik niet.
Echt? ‖ja, echt.
Wat?! ‖Dat meen je niet.
Meen je dat nou??? ‖Ja.
Dus ik dacht... nou ja, laat maar.
Dus ik dacht… nou ja, laat maar.
Dus ik dacht... ‖Nou ja, laat maar.
Dus ik dacht… ‖Toen belde hij.
Ik gebruikte er... ‖2 of 3 keer.
Het was... ‖20 euro of zo.
Ik weet niet.. misschien wel.
Ik weet niet.... ‖Misschien wel.
Ik weet . . . niet meer.
Dus eh… ik ben de hele dag lief voor boze mensen.
Ja... eh... nou... ‖Het is ingewikkeld.
“Jij redt je wel.” ‖Ik ben de oudste thuis.
Ze zei: “Jij redt je wel.” en ze ging weg.
"Waarom heb je mij niet gebeld?" vroeg ze.
'Kom je ook?' zei hij, en toen ging ik mee.
Hij vroeg: "Wil je ook?" ‖Toen zei ik ja.
Hij vroeg ‘Wil je ook?’ ‖Ik zei nee.
“Wat gaan de mensen zeggen?” ‖En ik ben een vrouw, hè.
"Nee." ‖"Waarom niet?" ‖"Daarom niet."
Ik dacht: dat doe ik nooit! dacht ik nog.
Kom je mee? vroeg hij.
Wat zeg je? riep ze.
Dat was wat. (lacht) ‖Maar goed.
Dat was wat. [lacht] ‖Maar goed.
Dat was wat. (Lacht) ‖Maar goed.
Dat was wat! (lacht hard) ‖Toen gingen we naar huis.
Dat was wat. (lacht)
Ja (lacht). ‖Dat was wat.
Dat was… (zucht) ingewikkeld.
Dat was… (zucht) ‖Ik weet het niet.
Dat weet niemand. [stilte] ‖Nu jij.
Toen belde ik. ‖[collega 1] kwam langs.
Toen belde ik. ‖[vriendin] was er ook.
(lacht) Ja, dat was zo.
[lachend] Ja, dat was zo. ‖En nu niet meer.
Ik deed het niet meer. ‖[...] En toen weer wel.
Ik deed het niet meer. ‖[...] maar toen weer wel.
[...] Maar toen weer wel. ‖Ja.
Ik deed het [...] niet meer.
Ik deed het niet meer. ‖(…) En toen weer wel.
Ik deed het niet meer. [...]
Toen ging ik... ‖[...] En daarna ook.
Dat kost ca. 50 euro per gram.
Ik ging o.a. naar Lowlands.
Ik ging o.a. naar de huisarts en i.p.v. hulp kreeg ik pillen.
Bijv. op een feest, m.a.w. in het weekend.
Ik sprak dr. Jansen en dhr. De Vries.
Mevr. Bakker belde. ‖Toen schrok ik.
Ik ging naar prof. dr. Van den Berg.
Pillen, coke, speed, enz. ‖Dat gebruikten ze allemaal.
Pillen, coke, speed, enz. en dan nog drank.
Met collega's e.d. ‖Maar niet thuis.
Hij zei dat het z.s.m. moest.
Wij werken m.n. met jongeren, t/m 24 jaar.
Dat was om 8 u. 's ochtends.
Dank u. ‖Dat was fijn.
Het was 2.5 gram. ‖Dat is veel.
Ik gebruik 0,5 gram. ‖Soms meer.
Om 10.30 uur begon het. ‖Toen om 12.00 uur nog een.
Dat was in 2019. ‖Daarna niet meer.
Ik was 19. ‖Toen begon het.
Op 3. januari ging het mis.
J. de Vries kwam langs.
Ik kende P.J. Bakker van school.
Mijn dealer, K. Jansen, woonde vlakbij.
Dat was plan B. ‖Toen ging het mis.
's Avonds ging ik uit. ‖'s Ochtends was ik brak.
Ik ging uit. ‖'t Was gezellig.
Ik ging uit. ‖’n Vriend kwam mee.
Ik wist het niet... ‖'s Avonds wel.
Ik wist het niet… ‘s avonds wel soms.
Hij kwam ’s avonds. ‖’s Avonds laat, bedoel ik.
Ik kijk op www.voorbeeld.nl of zo. ‖Daar staat het.
Hij heette Jan. ‖Die had altijd wat.
Vanaf jan. was het minder.
Ik betaal 50 p. gram.
Twee kinderen, drie katten en min. ‖Nee, dat zeg ik verkeerd.
Dat duurt 10 min. en dan ben je er.
Ik gebruik alleen op za. en zo. bij mijn ouders.
Dat is nou eenmaal zo. ‖Wat moet je dan?
Ik doe dat niet meer hoor!! ‖Echt niet.
Ja? ‖[naam] zei dat ook.
(Dat was in 2010.) ‖Daarna niet meer.
Ik woonde toen thuis (bij mijn ouders). ‖Dat was niet makkelijk.
Nee… ‖Nee, dat niet.
Nee, dat… nee.
Hém had ik geblokkeerd, maar die jongen niet. ‖Hoe dom is dat?
Één keer. ‖Één keer maar.
Nooit. ‖Dat is heilig. ‖Ook niet de dag ervoor.
Met gebruiken? ‖Vijfentwintig. ‖Met [ex-partner].
Dat was leuk.‖Dat zei ik toch.
Hij zei “ja.” ‖Dus ik ging.
Ik gaf haar een tientje, etc. ‖En toen was het op.
Ik werkte bij de N.S. en daarna in de bouw.
Drugs, dat is voor die jongens op straat, niet voor een dochter met een diploma.
Ik had een snee in mijn hand. 🙂 ‖Gelukkig niet diep.
"""

PARTS = CASES.strip().split("\n")


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


CASES_OF_OTHER_LANGUAGES = {
    "en": """
I saw Dr. Brown on Monday. ‖He was kind.
We had rice, beans, etc. ‖Then we left.
Is that so? she said.
No. ‖That was in the morning, at 9 a.m. ‖Then I went home.
They gave me, e.g. a coat, and I left.
Mrs. Hill told me. ‖I didn't know.
I was nineteen. ‖So I left.
""",
    "de": """
Das war am 3. Mai. ‖Dann kam er.
Ich kenne z.B. den Nachbarn gut. ‖Er hilft.
Er ist Dr. Weber. ‖Der war nett.
Ich war 19. ‖Dann zog ich aus.
Ich habe eingekauft, gekocht, usw. ‖Danach war ich müde.
Kommst du mit? fragte sie.
""",
    "fr": """
J'ai vu M. Martin hier. ‖Il allait bien.
Mme. Petit m'a aidée. ‖Elle était gentille.
Il y avait des pommes, des poires, etc. ‖Puis on est partis.
Tu viens ? demande-t-elle.
""",
}


@pytest.mark.parametrize(
    ("language", "case"),
    [
        (language, case)
        for language, cases in CASES_OF_OTHER_LANGUAGES.items()
        for case in cases.strip().split("\n")
    ],
)
def test_sentences_follow_the_language_of_the_text(language: str, case: str) -> None:
    text = case.replace("‖", "")
    spans = split_sentences(text, Span(0, len(text)), language)
    assert [span.of(text) for span in spans] == [part.strip() for part in case.split("‖")]


def test_there_are_enough_cases() -> None:
    assert len(PARTS) >= 80


@pytest.mark.parametrize("case", PARTS)
def test_sentence(case: str) -> None:
    assert sentences(case.replace("‖", "")) == [part.strip() for part in case.split("‖")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Boze mensen. #00:00:27-4# Dus ja.", ["Boze mensen.", "Dus ja."]),
        ("Boze mensen.#00:00:27-4# Dus ja.", ["Boze mensen.", "Dus ja."]),
        ("[00:01:02] Ja. [00:01:09]", ["Ja."]),
        ("(00:12) Ja. 00:00:14 Nee.", ["Ja.", "Nee."]),
        ("I: Hoe gaat het?\n\nR: Goed. Heel goed.", ["Hoe gaat het?", "Goed.", "Heel goed."]),
        ("#00:00:27-4#", []),
        ("Let op: dit hoort erbij.", ["Let op: dit hoort erbij."]),
    ],
)
def test_labels_and_time_stamps_are_in_no_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Drie dingen:\n- drank\n- coke", ["Drie dingen:", "- drank", "- coke"]),
        ("1. Nooit alleen.\n2. Nooit thuis.", ["1. Nooit alleen.", "2. Nooit thuis."]),
        ("Een regel\nzonder punt.", ["Een regel\nzonder punt."]),
        ("Zonder punt\n\nNieuwe alinea", ["Zonder punt", "Nieuwe alinea"]),
    ],
)
def test_blank_lines_and_list_items_divide(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize("text", ["   ", "...", "🙂🙂", "\ud800 ja. Nee.", "?!", "[...]"])
def test_odd_texts_give_what_is_there(text: str) -> None:
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="aB1 .…?!'\"”()[]\n#:-’s", min_size=1, max_size=80))
def test_sentences_are_in_order_and_lose_no_letter(text: str) -> None:
    spans = split_sentences(text, Span(0, len(text)))
    ends = [0, *(span.end for span in spans)]
    assert all(span.start >= end for span, end in zip(spans, ends, strict=False))
    covered = {i for span in spans for i in range(span.start, span.end)}
    outside = "".join(c for i, c in enumerate(text) if i not in covered)
    # only labels and time stamps may be left out, and they hold digits or capitals
    assert not any(c in "a’" for c in outside)


@pytest.mark.slow
def test_a_megabyte_of_text_is_split_in_seconds() -> None:
    text = "Dat was in 2019. Toen ging ik naar dr. Jansen... nou ja. " * 18_000
    before = time.process_time()
    assert len(split_sentences(text, Span(0, len(text)))) == 36_000
    assert time.process_time() - before < 5


def test_only_the_span_is_split() -> None:
    text = "Een. Twee. Drie."
    assert split_sentences(text, Span(5, 10)) == (Span(5, 10),)
