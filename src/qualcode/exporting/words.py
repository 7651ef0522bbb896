"""Every word that a document prints by itself, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from qualcode.errors import InvalidValueError
from qualcode.exporting.words_agreement import AGREEMENT
from qualcode.exporting.words_columns import COLUMNS
from qualcode.exporting.words_figures import FIGURES
from qualcode.exporting.words_made import MADE
from qualcode.exporting.words_themes import THEMES
from qualcode.model import GROUP_NAMES, LocalText

ATTRIBUTE_NAMES: Mapping[str, LocalText] = MappingProxyType(
    {
        "group": LocalText({"nl": "groep", "en": "group"}),
        "sex": LocalText({"nl": "geslacht", "en": "sex"}),
        "age": LocalText({"nl": "leeftijd", "en": "age"}),
        "age_band": LocalText({"nl": "leeftijd", "en": "age"}),
        "region": LocalText({"nl": "regio", "en": "region"}),
        "work": LocalText({"nl": "werk", "en": "work"}),
        "level": LocalText({"nl": "niveau", "en": "level"}),
        "individual": LocalText({"nl": "individu", "en": "individual"}),
        "interpersonal": LocalText({"nl": "relaties", "en": "interpersonal"}),
        "community": LocalText({"nl": "omgeving", "en": "community"}),
        "society": LocalText({"nl": "samenleving", "en": "society"}),
    }
)
"""What well-known attributes of cases and codes, and values of those of codes, are called."""

LANGUAGES = ("nl", "en")
"""The order of the languages in :data:`WORDS`."""

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **COLUMNS,
        **THEMES,
        **AGREEMENT,
        **FIGURES,
        **MADE,
        "contents": ("Inhoud", "Contents"),
        "quotes_title": ("Citaten per thema", "Quotes by theme"),
        "themes_title": ("Samenvatting per thema", "Theme summaries"),
        "agreement_title": ("Overeenstemming tussen codeurs", "Agreement between coders"),
        "quotes_lead": (
            "{quotes} bij {codes}, uit {transcripts}.",
            "{quotes} on {codes}, from {transcripts}.",
        ),
        "one_quote": ("1 citaat", "1 quote"),
        "n_quotes": ("{n} citaten", "{n} quotes"),
        "one_code": ("1 code", "1 code"),
        "n_codes": ("{n} codes", "{n} codes"),
        "one_transcript": ("1 interview", "1 interview"),
        "n_transcripts": ("{n} interviews", "{n} interviews"),
        "no_quotes": (
            "Bij deze keuze zijn er geen citaten.",
            "There are no quotes for this selection.",
        ),
        "whole_theme": ("Het thema als geheel", "The theme as a whole"),
        "no_group": ("Zonder groep", "No group"),
        "reach": ("{cases} van {of} {group}", "{cases} of {of} {group}"),
        "not_asked": ("niet gevraagd aan {group}", "not asked of {group}"),
        "was_not_asked": ("niet gevraagd", "not asked"),
        "all_respondents": ("allen", "all"),
        "turn": ("beurt {n}", "turn {n}"),
        "coded_by": ("gecodeerd door {coder}", "coded by {coder}"),
        "consensus": ("consensus", "consensus"),
        "chosen": ("gekozen", "chosen"),
        "yes": ("ja", "yes"),
        "no": ("nee", "no"),
        "cell_cut": (
            "[ingekort: een cel in Excel houdt 32.767 tekens]",
            "[shortened: a cell in Excel holds 32,767 characters]",
        ),
        "plot_reach": ("Respondenten met de code, per groep", "Cases with the code, by group"),
        "plot_saturation": ("Codes naar aantal interviews", "Codes by number of interviews"),
        "plot_interviews": ("interviews", "interviews"),
        "plot_known_codes": ("codes tot en met dit interview", "codes up to this interview"),
        "plot_forest": (
            "Overeenstemming per code: {figure} met 95%-interval",
            "Agreement per code: {figure} with 95% interval",
        ),
        "plot_calibration": (
            "Hoe zeker, en hoe vaak goed (getal: aantal suggesties)",
            "How sure, and how often right (number: suggestions)",
        ),
        "plot_sure": ("hoe zeker het programma was", "how sure the program was"),
        "plot_right": ("hoe vaak het goed was", "how often it was right"),
        "plot_levels": (
            "Respondenten per thema, naar {attribute} van de codes",
            "Cases by theme, by {attribute} of the codes",
        ),
        "plot_coverage": ("Wat van elk interview is gecodeerd", "What is coded of each interview"),
        "plot_coded_words": ("gecodeerde woorden van respondenten", "coded words of respondents"),
        "plot_types": ("Welke respondenten op elkaar lijken", "Which cases resemble one another"),
        "plot_distance": (
            "afstand tussen hun codes (0: dezelfde)",
            "distance between their codes (0: the same)",
        ),
    }
)


class Words:
    """The printed words of one language.

    Raises:
        InvalidValueError: there are no words in this language.
    """

    def __init__(self, language: str, group_names: Mapping[str, LocalText] = GROUP_NAMES) -> None:
        if language not in LANGUAGES:
            raise InvalidValueError(
                f"Documents cannot be written in '{language}'. Use {' or '.join(LANGUAGES)}."
            )
        self.language = language
        self._place = LANGUAGES.index(language)
        self._group_names = group_names

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for a key, with values filled in."""
        return WORDS[key][self._place].format(**values)

    def has(self, key: str) -> bool:
        """Tell whether there are words for a key."""
        return key in WORDS

    def count(self, key: str, n: int) -> str:
        """Return "1 quote" or "3 quotes" for the key ``quote``."""
        return self(f"one_{key}") if n == 1 else self(f"n_{key}s", n=n)

    def group(self, group: str) -> str:
        """Return what the members of a group are called; its own name where none is known."""
        return self.of(self._group_names[group]) if group in self._group_names else group

    def attribute(self, name: str) -> str:
        """Return what an attribute of cases or codes is called for people."""
        return self.of(ATTRIBUTE_NAMES[name]) if name in ATTRIBUTE_NAMES else name.replace("_", " ")

    def value(self, attribute: str, value: str) -> str:
        """Return what a value of an attribute is called; the value itself where it is unknown."""
        if attribute == "group":
            return self.group(value)
        return self.of(ATTRIBUTE_NAMES[value]) if value in ATTRIBUTE_NAMES else value

    def day(self, at: datetime) -> str:
        """Return a date in words: "22 november 2026"."""
        month = self("months").split()[at.month - 1]
        return f"{at.day} {month} {at.year}"

    def of(self, text: LocalText) -> str:
        """Return a text of the project in this language, or in one that it has."""
        return text.in_language(self.language)
