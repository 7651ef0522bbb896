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
        # themes
        "codes": ("Codes", "Codes"),
        "rules": ("Hoe de passages zijn gekozen:", "How the passages were picked:"),
        "memos": ("Memo's", "Memos"),
        "unused": ("Niet gebruikt: {codes}.", "Not used: {codes}."),
        "contrasts": ("Verschillen tussen groepen", "Contrasts between groups"),
        "distinctive_words": (
            "Woorden die dit thema onderscheiden",
            "Words that set this theme apart",
        ),
        "no_words": (
            "Er zijn geen onderscheidende woorden: {reason}.",
            "There are no distinctive words: {reason}.",
        ),
        "pairs": ("Codes die samen voorkomen", "Codes that occur together"),
        "by_attribute": ("Naar {attribute}", "By {attribute}"),
        "deviant_cases": (
            "Respondenten zonder de meest voorkomende code",
            "Cases without the commonest code",
        ),
        "deviant_case": (
            "{case}: niet {lacks}, wel {codes}",
            "{case}: not {lacks}, but {codes}",
        ),
        "representative": ("Representatieve citaten", "Representative quotes"),
        "deviant": ("Afwijkende passages", "Deviant passages"),
        "whole_project": ("Het hele onderzoek", "The whole study"),
        "saturation": ("Verzadiging", "Saturation"),
        "typology": ("Typologie", "Typology"),
        "types": ("Toegekende typen", "Assigned types"),
        "type": ("type {name}", "type {name}"),
        "measure": (
            (
                "Respondenten vergeleken op hun codes ({measure}, gemiddelde koppeling): een hulp "
                "bij het benoemen van typen, geen uitkomst."
            ),
            (
                "Cases compared on their codes ({measure}, average linkage): an aid to name types, "
                "not a finding."
            ),
        ),
        "undefined": ("Niet te bepalen: {reason}.", "Undefined: {reason}."),
        "coverage_questions": ("Gestelde vragen", "Questions asked"),
        "coverage_words": ("Gecodeerde woorden", "Coded words"),
        "all_together": ("alle interviews", "all interviews"),
        "too_wide": (
            "Deze tabel heeft {n} kolommen; zij staat in het xlsx- en het html-bestand.",
            "This table has {n} columns; it is in the xlsx and html files.",
        ),
        "n_of": ("{n} van {of}", "{n} of {of}"),
        "spread": (
            "bereikt in {reached} van {orders} volgorden",
            "reached in {reached} of {orders} orders",
        ),
        "median": (
            "mediaan {median} (5%–95%: {low}–{high})",
            "median {median} (5%–95%: {low}–{high})",
        ),
        "contrasting": (
            "{label}: {inside} van {of_inside}, elders {outside} van {of_outside}",
            "{label}: {inside} of {of_inside}, elsewhere {outside} of {of_outside}",
        ),
        "type_members": ("Type {name}: {members}", "Type {name}: {members}"),
        "not_reached": ("niet bereikt", "not reached"),
        "no_themes": ("Er zijn geen thema's om samen te vatten.", "There are no themes."),
        "unit_passage": ("passage", "passage"),
        "unit_answer": ("antwoord", "answer"),
        "table_code_by_case": ("Codes per respondent", "Codes by case"),
        "table_code_by_group": ("Codes per groep", "Codes by group"),
        "table_case_by_attribute": ("Kenmerken van respondenten", "Attributes of cases"),
        "table_counting_codings": ("{name} (aantal coderingen)", "{name} (number of codings)"),
        "table_counting_cases": ("{name} (aantal respondenten)", "{name} (number of cases)"),
        # agreement
        "agreement_lead": (
            (
                "{a} (A) en {b} (B), op {units} ({unit}) uit {transcripts}; codeboek {codebook}, "
                "versie {version}."
            ),
            (
                "{a} (A) and {b} (B), on {units} ({unit}) from {transcripts}; codebook {codebook}, "
                "version {version}."
            ),
        ),
        "one_unit": ("1 eenheid", "1 unit"),
        "n_units": ("{n} eenheden", "{n} units"),
        "per_theme": ("Per thema", "By theme"),
        "per_code": ("Per code", "By code"),
        "overall": ("Over alle codes", "Over all codes"),
        "warnings": ("Bij het lezen van deze cijfers", "When reading these figures"),
        "intervals": (
            "Tussen haken: 95%-interval (bootstrap over interviews, {n} trekkingen).",
            "In brackets: 95% interval (bootstrap over interviews, {n} samples).",
        ),
        "figure_cohen_kappa": ("kappa van Cohen", "Cohen's kappa"),
        "figure_krippendorff_alpha": ("alfa van Krippendorff", "Krippendorff's alpha"),
        "figure_gwet_ac1": ("AC1 van Gwet", "Gwet's AC1"),
        "figure_positive_agreement": ("positieve overeenstemming", "positive agreement"),
        "figure_macro_mean_kappa": ("gemiddelde kappa per code", "mean kappa per code"),
        "figure_pooled_kappa": ("gepoolde kappa", "pooled kappa"),
        "figure_stacked_kappa": ("gestapelde kappa", "stacked kappa"),
        "figure_alpha_masi": ("alfa (MASI-afstand)", "alpha (MASI distance)"),
        "figure_alpha_jaccard": ("alfa (Jaccard-afstand)", "alpha (Jaccard distance)"),
        "jackknifed": (
            "Tussen haken: 95%-interval (jackknife over {n} interviews, t-verdeling).",
            "In brackets: 95% interval (jackknife over {n} interviews, t distribution).",
        ),
        "methods": ("Methode", "Methods"),
        "methods_note": (
            (
                "Deze alinea's vullen COREQ 24 tot 27 en wat SRQR en JARS-Qual over het coderen "
                "vragen; wat het project niet weet, staat er niet."
            ),
            (
                "These paragraphs fill COREQ 24 to 27 and what SRQR and JARS-Qual ask about "
                "coding; what the project does not know is not in them."
            ),
        ),
        "forest": ("Kappa per code", "Kappa per code"),
        "confusion": ("Welke code met welke samenviel", "Which code met which"),
        "confusion_note": (
            (
                "Rijen: codes van {a}; kolommen: die van {b}, met hetzelfde nummer. Op de "
                "diagonaal gaven beiden de code."
            ),
            (
                "Rows: codes of {a}; columns: those of {b}, by the same number. On the diagonal "
                "both gave the code."
            ),
        ),
        "confusion_part": (
            "Hier staan de codes die met een andere zijn verward; alle staan in html en xlsx.",
            "Here are the codes that were taken for another; all are in html and xlsx.",
        ),
        "no_code": ("geen code", "no code"),
        "leaks": (
            "Codes die voor elkaar worden aangezien",
            "Codes taken for one another",
        ),
        "differences": ("Verschillen", "Differences"),
        "settling": ("Hoe de verschillen zijn beslecht", "How the differences were settled"),
        "settling_lead": (
            "{decided} besluiten, {open} nog open, {revised} herzien; tijd: {time}.",
            "{decided} decisions, {open} still open, {revised} revised; time: {time}.",
        ),
        "minutes": ("{n} minuten", "{n} minutes"),
        "time_unknown": ("onbekend (besluiten kwamen uit een tabel)", "unknown (from a table)"),
        "before_and_after": ("Voor en na", "Before and after"),
        "before": ("voor: {a} en {b}", "before: {a} and {b}"),
        "after": ("na: {coder} en de consensus", "after: {coder} and the consensus"),
        "book_changes": (
            "Wijzigingen in het codeboek naar aanleiding hiervan",
            "Changes to the codebook because of it",
        ),
        "must_change": (
            "Volgens besluiten moet het codeboek anders bij: {codes}.",
            "By decision the codebook must change at: {codes}.",
        ),
        "over_time": ("In de volgorde van het werk", "In the order of the work"),
        "exposed": (
            "Zonder en met voorstellen van software",
            "Without and with suggestions by software",
        ),
        "exposed_blind": ("geen van beiden zag er een", "neither saw one"),
        "exposed_one": ("een van beiden zag er een", "one of them saw one"),
        "exposed_both": ("beiden zagen er een", "both saw one"),
        "programs": ("Wat andere programma's zouden tonen", "What other programs would print"),
        "programs_note": (
            (
                "Over dezelfde coderingen, maar in tekens of segmenten van hele bestanden, ook wat "
                "interviewers zeggen."
            ),
            (
                "On the same codings, but in characters or segments of whole files, also what "
                "interviewers say."
            ),
        ),
        "colophon": (
            "{software}; codeboek {codebook}, versie {version}; startgetal {seed}.",
            "{software}; codebook {codebook}, version {version}; seed {seed}.",
        ),
        "kind_missed": ("gemist", "missed"),
        "kind_other_code": ("andere code", "other code"),
        "kind_boundary": ("grens", "boundary"),
        "choice_a": ("A", "A"),
        "choice_b": ("B", "B"),
        "choice_both": ("beide", "both"),
        "choice_neither": ("geen van beide", "neither"),
        "choice_new": ("nieuw", "new"),
        "col_number": ("nr.", "no."),
        "col_code_a": ("code van A", "A's code"),
        "col_code_b": ("code van B", "B's code"),
        "col_quotes_a": ("passage van A", "A's passage"),
        "col_quotes_b": ("passage van B", "B's passage"),
        "col_memos_a": ("memo van A", "A's memo"),
        "col_memos_b": ("memo van B", "B's memo"),
        "col_decision": ("besluit", "decision"),
        "col_count": ("aantal", "number"),
        "col_decision_reason": ("reden", "reason"),
        "col_program": ("pakket", "program"),
        "col_started_at": ("begonnen (UTC)", "begun (UTC)"),
        "col_who": ("wie", "who"),
        "col_adopted": ("overgenomen", "adopted"),
        "col_pooled_kappa": ("gepoolde kappa", "pooled kappa"),
        "col_alpha_masi": ("alfa (MASI)", "alpha (MASI)"),
        "col_stacked_kappa": ("gestapelde kappa", "stacked kappa"),
        "col_same_theme": ("zelfde thema", "same theme"),
        "col_field": ("veld", "field"),
        "col_change": ("wijziging", "change"),
        "col_old": ("was", "was"),
        "col_new": ("is", "is"),
        "sheet_method": ("Methode", "Methods"),
        "sheet_confusion": ("Verwarring", "Confusion"),
        "sheet_differences": ("Verschillen", "Differences"),
        "sheet_programs": ("Andere programma's", "Other programs"),
        "sheet_settling": ("Beslechting", "Settling"),
        "sheet_over_time": ("Volgorde", "Order"),
        # columns of themes and agreement
        "col_label": ("naam", "label"),
        "col_in_words": ("in woorden", "in words"),
        "col_percentage": ("percentage", "percentage"),
        "col_first_group": ("groep 1", "group 1"),
        "col_second_group": ("groep 2", "group 2"),
        "col_first_reach": ("bereik 1", "reach 1"),
        "col_second_reach": ("bereik 2", "reach 2"),
        "col_difference": ("verschil", "difference"),
        "col_low": ("95% van", "95% from"),
        "col_high": ("95% tot", "95% to"),
        "col_reason": ("waarom niet", "why not"),
        "col_word": ("woord", "word"),
        "col_z": ("z", "z"),
        "col_log_odds": ("log-odds", "log-odds"),
        "col_inside": ("erin", "inside"),
        "col_outside": ("erbuiten", "outside"),
        "col_first": ("code 1", "code 1"),
        "col_second": ("code 2", "code 2"),
        "col_unit": ("per", "per"),
        "col_together": ("samen", "together"),
        "col_first_count": ("aantal 1", "count 1"),
        "col_second_count": ("aantal 2", "count 2"),
        "col_c_coefficient": ("c-coëfficiënt", "c-coefficient"),
        "col_attribute": ("kenmerk", "attribute"),
        "col_value": ("waarde", "value"),
        "col_codes": ("codes", "codes"),
        "col_lacks": ("mist", "lacks"),
        "col_kind": ("soort", "kind"),
        "col_rule": ("regel", "rule"),
        "col_score": ("score", "score"),
        "col_words": ("woorden", "words"),
        "col_about": ("bij", "about"),
        "col_author": ("door", "by"),
        "col_interview": ("interview", "interview"),
        "col_new_codes": ("nieuwe codes", "new codes"),
        "col_known_codes": ("codes tot en met hier", "codes up to here"),
        "col_run_length": ("lengte van de reeks", "run length"),
        "col_threshold": ("drempel", "threshold"),
        "col_reached_after": ("bereikt na", "reached after"),
        "col_spread": ("in willekeurige volgorde", "in random orders"),
        "col_type": ("type", "type"),
        "col_members": ("respondenten", "cases"),
        "col_of_inside": ("van erin", "of inside"),
        "col_of_outside": ("van erbuiten", "of outside"),
        "col_guide": ("gespreksleidraad", "guide"),
        "col_question": ("vraag", "question"),
        "col_text": ("tekst", "text"),
        "col_asked": ("gesteld in", "asked in"),
        "col_missed": ("niet gesteld in", "not asked in"),
        "col_coded_words": ("gecodeerde woorden", "coded words"),
        "col_share": ("deel", "share"),
        "col_only_a": ("alleen A", "only A"),
        "col_only_b": ("alleen B", "only B"),
        "col_both": ("beide", "both"),
        "col_neither": ("geen", "neither"),
        "col_observed": ("waargenomen", "observed"),
        "col_positive_agreement": ("positieve overeenst.", "positive agreement"),
        "col_kappa": ("kappa", "kappa"),
        "col_alpha": ("alfa", "alpha"),
        "col_ac1": ("AC1", "AC1"),
        "col_kappa_low": ("kappa 95% van", "kappa 95% from"),
        "col_kappa_high": ("kappa 95% tot", "kappa 95% to"),
        "col_alpha_low": ("alfa 95% van", "alpha 95% from"),
        "col_alpha_high": ("alfa 95% tot", "alpha 95% to"),
        "col_ac1_low": ("AC1 95% van", "AC1 95% from"),
        "col_ac1_high": ("AC1 95% tot", "AC1 95% to"),
        "col_warnings": ("let op", "note"),
        "col_figure": ("cijfer", "figure"),
        "col_units": ("eenheden", "units"),
        "col_description": ("beschrijving", "description"),
        # plots
        "plot_reach": ("Respondenten met de code, per groep", "Cases with the code, by group"),
        "plot_saturation": ("Codes naar aantal interviews", "Codes by number of interviews"),
        "plot_interviews": ("interviews", "interviews"),
        "plot_known_codes": ("codes tot en met dit interview", "codes up to this interview"),
        "plot_forest": (
            "Overeenstemming per code: {figure} met 95%-interval",
            "Agreement per code: {figure} with 95% interval",
        ),
        # sheets
        "sheet_contrasts": ("Verschillen", "Contrasts"),
        "sheet_words": ("Woorden", "Words"),
        "sheet_pairs": ("Samen", "Together"),
        "sheet_passages": ("Passages", "Passages"),
        "sheet_attributes": ("Kenmerken van codes", "Attributes of codes"),
        "sheet_deviant_cases": ("Afwijkende respondenten", "Deviant cases"),
        "sheet_memos": ("Memo's", "Memos"),
        "sheet_saturation": ("Verzadiging", "Saturation"),
        "sheet_findings": ("Verzadiging bereikt", "Saturation reached"),
        "sheet_types": ("Typen", "Types"),
        "sheet_questions": ("Vragen", "Questions"),
        "sheet_coverage": ("Dekking", "Coverage"),
        "sheet_agreement": ("Per code", "By code"),
        "sheet_agreement_themes": ("Per thema", "By theme"),
        "sheet_about": ("Over deze cijfers", "About these figures"),
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

    def of(self, text: LocalText) -> str:
        """Return a text of the project in this language, or in one that it has."""
        return text.in_language(self.language)
