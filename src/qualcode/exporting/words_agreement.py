"""What reports on agreement print by themselves, in Dutch and English."""

from __future__ import annotations

AGREEMENT: dict[str, tuple[str, str]] = {
    "agreement_lead": (
        ("{coders}, op {units} ({unit}) uit {transcripts}; codeboek {codebook}, versie {version}."),
        (
            "{coders}, on {units} ({unit}) from {transcripts}; codebook {codebook}, version "
            "{version}."
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
    "figure_by_code": ("{figure} per code", "{figure} per code"),
    "forest_note": (
        (
            "Punt: het cijfer; streep: het 95%-interval; stippellijnen: 0,667 (voorlopige "
            "conclusies) en 0,800 (betrouwbaar) volgens Krippendorff (2004). Zonder streep is er "
            "geen interval: het cijfer is in elk interview gelijk, of bestaat zonder een ervan "
            "niet."
        ),
        (
            "Dot: the figure; bar: its 95% interval; dotted lines: .667 (tentative conclusions) "
            "and .800 (reliable) by Krippendorff (2004). Without a bar there is no interval: the "
            "figure is the same in every interview, or does not exist without one of them."
        ),
    ),
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
    "before": ("voor: {coders}", "before: {coders}"),
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
    "conjunction": ("en", "and"),
}
