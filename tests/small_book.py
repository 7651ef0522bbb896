"""A small codebook and guide for the tests of suggestions."""

from __future__ import annotations

from qualcode.model import Code, Codebook, Guide, LocalText, Question

BOOK = Codebook(
    "small",
    (
        Code("influences", LocalText.of("Invloeden"), LocalText.of("Wat meespeelt.")),
        Code(
            "influences/availability",
            LocalText.of("Verkrijgbaarheid"),
            LocalText.of("Hoe makkelijk iemand eraan komt."),
            exclude=LocalText.of("Wat het kost en wat iemand kan missen -> influences/finances."),
            typical=LocalText.of("De dealer staat binnen een kwartier voor de deur."),
            terms=("dealer", "bestellen", "voor de deur"),
        ),
        Code(
            "influences/finances",
            LocalText.of("Geld"),
            LocalText.of("Wat iemand uitgeeft."),
            terms=("geld", "euro", "betalen"),
        ),
        Code(
            "influences/work_settings",
            LocalText.of("Werk"),
            LocalText.of("Druk en cultuur van het werk."),
            terms=("werkdruk", "collega"),
        ),
        Code("users", LocalText.of("Gebruikers"), LocalText.of("Wie gebruikt.")),
        Code(
            "users/cutting_down",
            LocalText.of("Minderen en stoppen"),
            LocalText.of("Pogingen om op te houden."),
            terms=("stoppen", "volhouden", "ophouden", "kliniek"),
        ),
    ),
)

GUIDE = Guide(
    "guide",
    "users",
    (
        Question(
            "U1",
            LocalText.of("Hoe kom je eraan, en hoe makkelijk gaat dat?"),
            ("influences/availability",),
            ("eraan komen", "dealer"),
        ),
        Question("U2", LocalText.of("Hoeveel geef je per maand uit?"), ("influences/finances",)),
        Question("U3", LocalText.of("Wie ben je?"), ("users",)),
    ),
)
