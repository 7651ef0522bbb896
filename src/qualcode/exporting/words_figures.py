"""What the figures of agreement are and what they rest on, in Dutch and English."""

from __future__ import annotations

FIGURES: dict[str, tuple[str, str]] = {
    # what the figures are, and what they rest on
    "basis": (
        "Op {units} ({unit}) uit {transcripts}.",
        "On {units} ({unit}) from {transcripts}.",
    ),
    "basis_shown": (
        "Voorstellen van software: {n} keer getoond, {m} keer overgenomen.",
        "Suggestions by software: shown {n} times, taken over {m} times.",
    ),
    "basis_not_shown": (
        "Niemand zag voorstellen van software.",
        "Nobody saw suggestions by software.",
    ),
    "no_intervals": (
        "Bij één interview is er geen 95%-interval.",
        "With one interview there is no 95% interval.",
    ),
    "defined_counts": (
        "Alleen A, alleen B, beide, geen: aantal eenheden met de code.",
        "Only A, only B, both, neither: number of units with the code.",
    ),
    "defined_counts_team": (
        "Onder elke codeur: aantal eenheden met de code.",
        "Under each coder: number of units with the code.",
    ),
    "defined_corrected": (
        (
            "{figures}: overeenstemming boven toeval over ‘heeft de code of niet’; 0 is toeval, 1 "
            "volledig."
        ),
        ("{figures}: agreement above chance on ‘has the code or not’; 0 is chance, 1 is full."),
    ),
    "defined_missing": (
        "Een interview dat een codeur niet codeerde, ontbreekt voor die codeur.",
        "An interview that a coder did not code is missing for that coder.",
    ),
    "defined_dash": (
        (
            "Een streepje is een cijfer dat niet bestaat; waarom staat onder ‘Bij het lezen van "
            "deze cijfers’."
        ),
        ("A dash is a figure that does not exist; why stands under ‘When reading these figures’."),
    ),
    "defined_theme": (
        (
            "Dezelfde cijfers, met alle codes van een thema samengenomen: een eenheid heeft het "
            "thema als zij een van zijn codes heeft, of het thema zelf."
        ),
        (
            "The same figures with all codes of a theme taken together: a unit has the theme when "
            "it has one of its codes, or the theme itself."
        ),
    ),
    "defined_overall": (
        ("Verschillende vragen, dus verschillende cijfers: noem er een altijd bij zijn naam."),
        "Different questions, so different figures: always give one by its name.",
    ),
    "defined_pairs": (
        "Elk paar codeurs op de interviews die zij beiden codeerden.",
        "Each pair of coders on the interviews that both of them coded.",
    ),
    "defined_passages": (
        (
            "Hoe goed de gemarkeerde stukken tekst samenvallen, in tekens van wat respondenten "
            "zeggen (Krippendorff e.a. 2016): u-alfa telt grenzen en codes, binaire u-alfa "
            "alleen of er iets gemarkeerd is (per code: met die code), cu-alfa alleen de codes "
            "waar allen iets markeerden."
        ),
        (
            "How far the marked stretches of text coincide, in characters of what respondents say "
            "(Krippendorff et al. 2016): u-alpha counts boundaries and codes, binary u-alpha only "
            "whether anything is marked (per code: with that code), cu-alpha only the codes where "
            "all marked something."
        ),
    ),
    "passages_of_all": (
        "Hier tellen alleen de interviews die allen codeerden.",
        "Here only the interviews count that all of them coded.",
    ),
    "defined_groups": (
        (
            "Dezelfde vergelijking, op de interviews van elke groep apart. Onder zes interviews is "
            "een interval zelf onzeker, en te smal waar de interviews toevallig op elkaar lijken. "
            "Waar een cijfer of "
            "interval ontbreekt, heeft de groep er te weinig interviews of variatie voor."
        ),
        (
            "The same comparison, on the interviews of each group apart. Below six interviews an "
            "interval is unsure itself, and too narrow where the interviews happen to be alike. "
            "Where a figure or "
            "interval is missing, the group has too few interviews or too little variation for it."
        ),
    ),
    "pairs_of_coders": ("Per paar codeurs", "By pair of coders"),
    "passages_compared": ("Passages", "Passages"),
    "sheet_passages_compared": ("Passages A en B", "Passages compared"),
    "groups_compared": ("Naar {attribute}", "By {attribute}"),
    "groups_by_code": ("Kappa per groep", "Kappa by group"),
    "sheet_groups_compared": ("Per groep", "By group"),
    "figure_macro_mean_fleiss": ("gemiddelde kappa van Fleiss", "mean of Fleiss' kappa"),
    "figure_macro_mean_alpha": ("gemiddelde alfa", "mean alpha"),
    "figure_alpha_nominal": ("alfa", "alpha"),
    "figure_u_alpha": ("u-alfa", "u-alpha"),
    "figure_u_alpha_binary": ("binaire u-alfa", "binary u-alpha"),
    "figure_cu_alpha": ("cu-alfa", "cu-alpha"),
    "told_macro_mean_kappa": (
        "Gewoon gemiddelde van de kappa’s per code; een zeldzame code telt even zwaar.",
        "Plain mean of the kappas per code; a rare code weighs as much as any.",
    ),
    "told_pooled_kappa": (
        (
            "Kappa uit de over de codes gemiddelde waargenomen en toevallige overeenstemming (De "
            "Vries e.a. 2008)."
        ),
        (
            "Kappa of the observed and chance agreement averaged over the codes (De Vries et al. "
            "2008)."
        ),
    ),
    "told_stacked_kappa": (
        (
            "Kappa van alle oordelen ‘eenheid heeft code’ op één stapel; veelgebruikte codes "
            "tellen meer."
        ),
        "Kappa of all judgments ‘unit has code’ on one pile; codes used much weigh more.",
    ),
    "told_macro_mean_fleiss": (
        "Gewoon gemiddelde over de codes van de kappa van Fleiss.",
        "Plain mean over the codes of Fleiss' kappa.",
    ),
    "told_macro_mean_alpha": (
        "Gewoon gemiddelde over de codes van de alfa van Krippendorff.",
        "Plain mean over the codes of Krippendorff's alpha.",
    ),
    "told_alpha_masi": (
        (
            "Alfa van de verzameling codes van een eenheid; gedeeltelijk gelijke verzamelingen "
            "tellen als half eens (MASI, Passonneau 2006)."
        ),
        (
            "Alpha of the set of codes of a unit; sets that are partly the same count as half "
            "agreement (MASI, Passonneau 2006)."
        ),
    ),
    "told_alpha_jaccard": (
        "Het zelfde met de afstand van Jaccard: het deel van de codes dat niet gedeeld is.",
        "The same with Jaccard's distance: the share of the codes that is not shared.",
    ),
    "leaks_note": (
        (
            "Eenheden waar de een de ene code gaf en de ander in plaats daarvan de andere; deel: "
            "van alle eenheden die een van beiden een van deze codes gaf."
        ),
        (
            "Units where one gave the one code and the other gave the other instead; share: of all "
            "units that either gave either code."
        ),
    ),
    "over_time_note": (
        "Per interview, over alle codes. Stijgend: leren; dalend: vermoeidheid of verschuiving.",
        "Per interview, over all codes. Rising: learning; falling: fatigue or drift.",
    ),
    "exposed_note": (
        (
            "Wie hetzelfde voorstel volgt, stemt overeen zonder gelijk te hebben: lees de blinde "
            "eenheden apart. Overgenomen: deel van de coderingen daar dat uit een voorstel kwam."
        ),
        (
            "Who follow the same suggestion agree without being right: read the blind units apart. "
            "Adopted: share of the codings there that came from a suggestion."
        ),
    ),
    "differences_note": (
        (
            "Gemist: maar een van beiden codeerde het. Andere code: beiden codeerden de passage, "
            "met een andere code (A’s code boven). Grens: zelfde code, ander begin of eind (aantal "
            "woorden). Ergste code eerst."
        ),
        (
            "Missed: only one of them coded it. Other code: both coded the passage, with different "
            "codes (A’s on top). Boundary: same code, other start or end (number of words). Worst "
            "code first."
        ),
    ),
    "differences_note_team": (
        (
            "Gemist: A gaf de code, B niet. Grens: allen gaven de code; A is de meest gedeelde "
            "passage, B zijn de andere. Ergste code eerst."
        ),
        (
            "Missed: A gave the code, B did not. Boundary: all gave the code; A is the passage "
            "that most share, B are the others. Worst code first."
        ),
    ),
    "limit_low": (" 95% van", " 95% from"),
    "limit_high": (" 95% tot", " 95% to"),
    "col_value_interval": ("waarde (95%)", "value (95%)"),
    "col_told": ("wat het is, of waarom niet", "what it is, or why not"),
    "col_pair": ("paar", "pair"),
    "col_interviews": ("interviews", "interviews"),
    "col_coder_a": ("A", "A"),
    "col_coder_b": ("B", "B"),
}
