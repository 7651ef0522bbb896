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
}
