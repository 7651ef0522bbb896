"""What theme summaries print by themselves, in Dutch and English."""

from __future__ import annotations

THEMES: dict[str, tuple[str, str]] = {
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
    "sample": ("De respondenten", "The respondents"),
    "sample_others": ("andere", "other"),
    "sample_untold": ("niet vermeld", "not told"),
    "saturation": ("Verzadiging", "Saturation"),
    "saturation_undefined": (
        "Niet te bepalen voor {group}: {reason}.",
        "Undefined for {group}: {reason}.",
    ),
    "saturation_curve": (
        "Nieuwe codes per interview ({group}): {counts}.",
        "New codes per interview ({group}): {counts}.",
    ),
    "typology": ("Typologie", "Typology"),
    "types": ("Toegekende typen", "Assigned types"),
    "type": ("type {name}", "type {name}"),
    "types_withheld": (
        (
            "Niet getoond: {n} met te weinig respondenten. Wat zij delen zou een enkeling "
            "herkenbaar maken."
        ),
        "Not shown: {n} of too few cases. What they share would make one of them recognisable.",
    ),
    "one_type": ("1 type", "1 type"),
    "n_types": ("{n} typen", "{n} types"),
    "type_withheld": ("te weinig respondenten", "too few cases"),
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
        "Te breed voor deze bladzijde, wel in het xlsx- en het html-bestand: {names}.",
        "Too wide for this page, but in the xlsx and html files: {names}.",
    ),
    "n_of": ("{n} van {of}", "{n} of {of}"),
    "spread": (
        "bereikt in {reached} van {orders} volgorden",
        "reached in {reached} of {orders} orders",
    ),
    "median": (
        "mediaan {median} ({low} tot {high})",
        "median {median} ({low} to {high})",
    ),
    "never": ("niet", "never"),
    "contrasting": (
        "{label}: {inside} van {of_inside}, elders {outside} van {of_outside}",
        "{label}: {inside} of {of_inside}, elsewhere {outside} of {of_outside}",
    ),
    "inside_only": ("{label}: {inside} van {of_inside}", "{label}: {inside} of {of_inside}"),
    "type_members": ("Type {name}: {members}", "Type {name}: {members}"),
    "not_reached": ("niet bereikt", "not reached"),
    "no_themes": ("Er zijn geen thema's om samen te vatten.", "There are no themes."),
    "unit_passage": ("passage", "passage"),
    "unit_answer": ("antwoord", "answer"),
    # what the columns of a table mean, below its heading
    "about_reach": (
        (
            "Bereik: respondenten die het ter sprake brengen, van wie het gevraagd is. Coderingen: "
            "gecodeerde passages. Deel van de woorden: welk deel van wat respondenten zeggen."
        ),
        (
            "Reach: cases that bring it up, of those asked about it. Codings: coded passages. "
            "Share of words: how much of what respondents say."
        ),
    ),
    "about_contrasts": (
        (
            "Verschil: het aandeel respondenten met de code in de eerste groep min dat in de "
            "tweede, met de grenzen van het exacte 95%-interval."
        ),
        (
            "Difference: the share of cases with the code in the first group minus that in the "
            "second, with the limits of the exact 95% interval."
        ),
    ),
    "too_few_to_contrast": (
        (
            "Te weinig respondenten om van een verschil te spreken: {codes}. Het bereik per groep "
            "staat in de tabel met codes."
        ),
        (
            "Too few cases to speak of a difference: {codes}. The reach per group is in the table "
            "of codes."
        ),
    ),
    "every_code": ("bij alle codes", "for every code"),
    "about_words": (
        "Tussen haakjes: hoe vaak respondenten het woord in dit thema zeggen.",
        "In brackets: how often respondents say the word in this theme.",
    ),
    "about_pairs": (
        (
            "Samen: passages of antwoorden met beide codes; aantal 1 en 2: met elk van beide. "
            "C-coëfficiënt: samen / (aantal 1 + aantal 2 − samen), van 0 (nooit) tot 1 (altijd)."
        ),
        (
            "Together: passages or answers with both codes; count 1 and 2: with each of them. "
            "C-coefficient: together / (count 1 + count 2 − together), from 0 (never) to 1 "
            "(always)."
        ),
    ),
    "about_by_attribute": (
        "Bereik van de codes die deze waarde in het codeboek hebben.",
        "Reach of the codes that have this value in the codebook.",
    ),
    "about_cases": (
        "Per groep het aantal respondenten met de code; – waar er niet naar gevraagd is.",
        "Per group the number of cases with the code; – where it was not asked.",
    ),
    "about_codings": (
        "Per respondent het aantal coderingen; – waar er niet naar gevraagd is.",
        "Per case the number of codings; – where it was not asked.",
    ),
    "about_sample": (
        "Waarden van minder dan {n} respondenten staan samen onder ‘andere’.",
        "Values of fewer than {n} cases are put together under ‘other’.",
    ),
    "about_saturation": (
        (
            "Na een basis van {base} interviews is geteld hoeveel codes nieuw zijn in een reeks "
            "van de volgende interviews (lengte), als deel van de codes in de basis. Verzadigd is "
            "waar dat deel niet boven de drempel komt: 6+2 betekent na zes interviews, bevestigd "
            "door twee. Willekeurige volgorden: dezelfde telling met de interviews door elkaar; "
            "mediaan en 90% van de uitkomsten (Guest, Namey en Chen 2020)."
        ),
        (
            "After a base of {base} interviews it is counted how many codes are new in a run of "
            "the next interviews (length), as a share of the codes in the base. Saturated is where "
            "that share is not above the threshold: 6+2 means after six interviews, confirmed by "
            "two. Random orders: the same count with the interviews shuffled; median and 90% of "
            "the outcomes (Guest, Namey and Chen 2020)."
        ),
    ),
    "about_coverage": (
        "Woorden: wat respondenten zeggen. Deel: welk deel daarvan gecodeerd is.",
        "Words: what respondents say. Share: how much of it is coded.",
    ),
    "about_questions": (
        (
            "Herkend aan de woorden van de vraag: wie iets in andere woorden vroeg, kan hier ten "
            "onrechte onder ‘niet gesteld’ staan."
        ),
        (
            "Recognised by the words of the question: who asked it in other words may stand under "
            "‘not asked’ here."
        ),
    ),
}
