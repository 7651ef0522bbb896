"""Every word that a document prints by itself, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qualcode.errors import InvalidValueError
from qualcode.model import LocalText

GROUP_NAMES: Mapping[str, LocalText] = MappingProxyType(
    {
        "": LocalText({"nl": "respondenten", "en": "respondents"}),
        "users": LocalText({"nl": "gebruikers", "en": "users"}),
        "professionals": LocalText({"nl": "professionals", "en": "professionals"}),
    }
)
"""What the members of a well-known respondent group are called together."""

LANGUAGES = ("nl", "en")
"""The order of the languages in :data:`WORDS`."""

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
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
        # columns and sheets
        "col_theme": ("thema", "theme"),
        "col_code": ("code", "code"),
        "col_code_label": ("naam van de code", "name of the code"),
        "col_group": ("groep", "group"),
        "col_case": ("respondent", "case"),
        "col_quote": ("citaat", "quote"),
        "col_attribution": ("bronregel", "attribution"),
        "col_chosen": ("gekozen", "chosen"),
        "col_transcript": ("interview", "transcript"),
        "col_turn": ("beurt", "turn"),
        "col_time": ("tijd", "time"),
        "col_start": ("begin", "start"),
        "col_end": ("einde", "end"),
        "col_coder": ("codeur", "coder"),
        "col_round": ("ronde", "round"),
        "col_memo": ("memo", "memo"),
        "col_before": ("ervoor", "before"),
        "col_after": ("erna", "after"),
        "col_coding": ("codering", "coding"),
        "col_codebook_version": ("versie van het codeboek", "codebook version"),
        "col_origin": ("herkomst", "origin"),
        "col_created_at": ("gemaakt op (UTC)", "made at (UTC)"),
        "col_cases": ("respondenten met de code", "cases with the code"),
        "col_of": ("van", "of"),
        "col_codings": ("coderingen", "codings"),
        "col_words_share": ("deel van de woorden", "share of words"),
        "col_reach": ("bereik", "reach"),
        "sheet_quotes": ("Citaten", "Quotes"),
        "sheet_reach": ("Bereik", "Reach"),
        "sheet_codings": ("Coderingen", "Codings"),
    }
)


class Words:
    """The printed words of one language.

    Raises:
        InvalidValueError: there are no words in this language.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise InvalidValueError(
                f"Documents cannot be written in '{language}'. Use {' or '.join(LANGUAGES)}."
            )
        self.language = language
        self._place = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for a key, with values filled in."""
        return WORDS[key][self._place].format(**values)

    def count(self, key: str, n: int) -> str:
        """Return "1 quote" or "3 quotes" for the key ``quote``."""
        return self(f"one_{key}") if n == 1 else self(f"n_{key}s", n=n)

    def of(self, text: LocalText) -> str:
        """Return a text of the project in this language, or in one that it has."""
        return text.in_language(self.language)
