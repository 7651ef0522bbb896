"""Suggestions in English, German and French, each with a small codebook in its own language."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.codebooks import read_codebook
from qualcode.language import load_language
from qualcode.model.suggestion import LIKELY
from qualcode.suggesting import bundled_embedder, rank_segments

BOOKS = Path(__file__).parent / "books"
COMPANY, LEARNING = "reasons/company", "reasons/learning"
TIME, HEALTH = "obstacles/time", "obstacles/health"
QUOTES = {
    "en": [
        ("After my wife died the house was so quiet, and there I met my neighbours.", COMPANY),
        ("We always have lunch with the whole group, that is what I come for.", COMPANY),
        ("They sent me on two courses and now I can work the till.", LEARNING),
        ("I wanted some experience before applying for a real job.", LEARNING),
        ("With two jobs and three kids there is not one hour left in my week.", TIME),
        ("My boss keeps changing the schedule, so I never know when I am free.", TIME),
        ("Since the operation my back hurts when I stand for long.", HEALTH),
        ("I was so tired all the time, the doctor told me to stop.", HEALTH),
    ],
    "de": [
        ("Seit mein Mann tot ist, bin ich oft allein, und dort treffe ich die Nachbarn.", COMPANY),
        ("Wir essen immer mit der ganzen Gruppe, dafür komme ich.", COMPANY),
        ("Ich durfte zwei Kurse machen und kann jetzt die Kasse bedienen.", LEARNING),
        ("Ich wollte Erfahrung haben, bevor ich mich um eine Stelle bewerbe.", LEARNING),
        ("Mit zwei Jobs und drei Kindern bleibt mir keine Stunde in der Woche.", TIME),
        ("Mein Chef ändert ständig den Dienstplan, ich weiß nie, wann ich frei habe.", TIME),
        ("Seit der Operation tut mir der Rücken weh, wenn ich lange stehe.", HEALTH),
        ("Ich war ständig müde, der Arzt hat gesagt, ich soll aufhören.", HEALTH),
    ],
    "fr": [
        ("Depuis la mort de mon mari je suis seule, et là je retrouve les voisins.", COMPANY),
        ("On mange toujours avec tout le groupe, c'est pour ça que je viens.", COMPANY),
        ("Ils m'ont payé deux cours et maintenant je sais tenir la caisse.", LEARNING),
        ("Je voulais de l'expérience avant de chercher un vrai travail.", LEARNING),
        ("Avec deux emplois et trois enfants, il ne me reste pas une heure.", TIME),
        (
            "Mon chef change tout le temps les horaires, je ne sais jamais quand je suis libre.",
            TIME,
        ),
        ("Depuis l'opération j'ai mal au dos quand je reste debout.", HEALTH),
        ("J'étais tout le temps fatiguée, le médecin m'a dit d'arrêter.", HEALTH),
    ],
}
EMPTY = {
    "en": [
        "[laughs]",
        "(phone rings)",
        "Thank you very much.",
        "Monday 3 May",
        "Yes, exactly.",
        "",
    ],
    "de": ["[lacht]", "(Telefon klingelt)", "Vielen Dank.", "Montag, 3. Mai", "Ja, genau.", ""],
    "fr": ["[rire]", "(téléphone)", "Merci beaucoup.", "Lundi 3 mai", "Oui, exactement.", ""],
}


def rank(language: str, texts: list[str], *, with_meaning: bool) -> list[tuple[str, float]]:
    """Return the first suggestion for each text, with its probability."""
    book, _ = read_codebook(BOOKS / f"{language}.yaml")
    embedder = bundled_embedder() if with_meaning else None
    said = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    lines, problems = rank_segments(book, load_language(language), said, embedder=embedder)
    assert not problems
    firsts = [line["suggestions"][0] for line in lines]
    return [(first["code"], first["probability"]) for first in firsts]


@pytest.mark.slow
@pytest.mark.parametrize("language", QUOTES)
@pytest.mark.parametrize(("with_meaning", "fewest"), [(True, 7), (False, 5)])
def test_most_quotes_get_their_code_first(language: str, with_meaning: bool, fewest: int) -> None:
    firsts = rank(language, [text for text, _ in QUOTES[language]], with_meaning=with_meaning)
    right = sum(
        first == code for (first, _), (_, code) in zip(firsts, QUOTES[language], strict=True)
    )
    assert right >= fewest


@pytest.mark.slow
@pytest.mark.parametrize("language", EMPTY)
def test_what_says_nothing_gets_no_likely_suggestion(language: str) -> None:
    firsts = rank(language, EMPTY[language], with_meaning=True)
    assert max(probability for _, probability in firsts) < LIKELY
