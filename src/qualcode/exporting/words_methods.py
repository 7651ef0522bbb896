"""The sentences of the methods paragraph, in Dutch and English."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "coders": (
        "{coders} codeerden {coded} van de {all} interviews ({share}%) allebei",
        "{coders} both coded {coded} of the {all} interviews ({share}%)",
    ),
    "coders_team": (
        "Van {coders} codeerden twee of meer {coded} van de {all} interviews ({share}%)",
        "Two or more of {coders} coded {coded} of the {all} interviews ({share}%)",
    ),
    "blind": (
        (
            ", onafhankelijk van elkaar: in de blinde ronde ‘{round}’ zagen zij elkaars werk pas "
            "nadat beiden het hadden ingeleverd."
        ),
        (
            ", independently of each other: in the blind round ‘{round}’ neither saw the other’s "
            "work before both had handed in."
        ),
    ),
    "blind_team": (
        (
            ", onafhankelijk van elkaar: in de blinde ronde ‘{round}’ zagen zij elkaars werk pas "
            "nadat allen het hadden ingeleverd."
        ),
        (
            ", independently of each other: in the blind round ‘{round}’ nobody saw another’s "
            "work before all had handed in."
        ),
    ),
    "joint": (
        ", in de gezamenlijke ronde ‘{round}’, waarin zij elkaars werk konden zien.",
        ", in the joint round ‘{round}’, in which they could see each other’s work.",
    ),
    "no_round": (
        ". Het project houdt niet bij of zij dat onafhankelijk van elkaar deden.",
        ". The project does not record whether they did so independently of each other.",
    ),
    "reopened": (
        "De ronde werd {n} keer heropend, waarvan {m} keer nadat allen hadden ingeleverd.",
        "The round was opened again {n} times, of which {m} after all had handed in.",
    ),
    "drawn": (
        (
            "De interviews werden in hun geheel aselect getrokken uit {of} interviews{strata} "
            "(startgetal {seed})."
        ),
        "Whole interviews were drawn at random from {of} interviews{strata} (seed {seed}).",
    ),
    "strata": (", gestratificeerd naar {by}", ", stratified by {by}"),
    "everything": (
        "Alle interviews werden dubbel gecodeerd.",
        "All interviews were coded twice.",
    ),
    "chosen": (
        "De interviews werden gekozen, niet aselect getrokken.",
        "The interviews were chosen, not drawn at random.",
    ),
    "unknown_draw": (
        "Hoe deze interviews zijn gekozen, houdt het project niet bij.",
        "The project does not record how these interviews were chosen.",
    ),
    "codebook": (
        (
            "Gecodeerd werd met codeboek ‘{name}’, {versions}; het telt {codes} codes onder "
            "{themes} thema’s, tegen {first} codes in de eerste versie."
        ),
        (
            "The codebook was ‘{name}’, {versions}; it has {codes} codes under {themes} themes, "
            "against {first} codes in the first version."
        ),
    ),
    "version": ("versie {numbers}", "version {numbers}"),
    "versions": ("versies {numbers}", "versions {numbers}"),
    "unit": (
        (
            "De eenheid van analyse was {unit} ({n}): een eenheid heeft een code als een codering "
            "ervan ten minste één teken bedekt, een ongecodeerde eenheid heeft geen code, en wat "
            "interviewers zeggen telt niet mee."
        ),
        (
            "The unit of analysis was {unit} ({n}): a unit has a code when a coding of it covers "
            "at least one character, an uncoded unit has no code, and what interviewers say does "
            "not count."
        ),
    ),
    "statistic": (
        (
            "Per code berekenden we {figures} naast elkaar, omdat kappa en alfa laag uitvallen bij "
            "zeldzame codes en AC1 daar weinig last van heeft."
        ),
        (
            "Per code we computed {figures} side by side, because kappa and alpha are low for rare "
            "codes and AC1 is affected little."
        ),
    ),
    "statistic_team": (
        (
            "Per code berekenden we {figures}, waarin een interview dat een codeur niet codeerde "
            "ontbreekt; per paar de gepoolde kappa."
        ),
        (
            "Per code we computed {figures}, in which an interview that a coder did not code is "
            "missing; per pair the pooled kappa."
        ),
    ),
    "jackknife": (
        "De 95%-intervallen nemen interviews als eenheid (jackknife, t met {df} vrijheidsgraden).",
        (
            "The 95% intervals take interviews as their unit (jackknife, t with {df} degrees of "
            "freedom)."
        ),
    ),
    "bootstrap": (
        (
            "De 95%-intervallen nemen interviews als eenheid (bootstrap, {n} trekkingen, "
            "startgetal {seed})."
        ),
        "The 95% intervals take interviews as their unit (bootstrap, {n} samples, seed {seed}).",
    ),
    "no_interval": (
        "Bij één interview is er geen interval.",
        "With one interview there is no interval.",
    ),
    "pooled": (
        "Over alle codes was de gepoolde kappa (De Vries e.a. 2008) {value}.",
        "Over all codes the pooled kappa (De Vries et al. 2008) was {value}.",
    ),
    "mean_fleiss": (
        "Gemiddeld over de codes was de kappa van Fleiss {value}.",
        "Over the codes the mean of Fleiss’ kappa was {value}.",
    ),
    "masi": (
        "De alfa met MASI-afstand (Passonneau 2006) was {value}.",
        "Alpha with MASI distance (Passonneau 2006) was {value}.",
    ),
    "threshold": (
        (
            "Naar de grenzen van Krippendorff (2004) – vanaf 0,800 betrouwbaar, vanaf 0,667 "
            "voorlopig – ligt de ondergrens van alfa bij {rely} van de {n} codes met een interval "
            "boven 0,800 en bij {tentative} tussen 0,667 en 0,800."
        ),
        (
            "By Krippendorff’s (2004) limits – .800 to rely on, .667 for tentative conclusions – "
            "the lower limit of alpha lies above .800 for {rely} of the {n} codes with an "
            "interval, and between .667 and .800 for {tentative}."
        ),
    ),
    "no_suggestions": (
        "Geen van beiden kreeg voorstellen van software te zien.",
        "Neither was shown suggestions by software.",
    ),
    "no_suggestions_team": (
        "Geen van hen kreeg voorstellen van software te zien.",
        "None of them was shown suggestions by software.",
    ),
    "suggestions": (
        "Voorstellen van software werden {n} keer getoond; {m} coderingen kwamen eruit voort.",
        "Suggestions by software were shown {n} times; {m} codings came from them.",
    ),
    "differences": (
        "Er waren {n} verschillen.",
        "There were {n} differences.",
    ),
    "no_differences": ("Er waren geen verschillen.", "There were no differences."),
    "settled": (
        (
            "Daarvan werden er {n} beslecht{by}; de codeurs behielden hun eigen coderingen en de "
            "uitkomst werd de consensus.{reasons}{open}"
        ),
        (
            "Of these {n} were settled{by}; the coders kept their own codings, and the outcome "
            "became the consensus.{reasons}{open}"
        ),
    ),
    "by": (" door {people}", " by {people}"),
    "reasons": (" Redenen: {list}.", " Reasons: {list}."),
    "open": (" Er staan er nog {n} open.", " {n} are still open."),
    "unsettled": (
        "Over deze verschillen is nog niet besloten.",
        "They have not been settled yet.",
    ),
    "changed": (
        "Naar aanleiding daarvan werd het codeboek gewijzigd bij: {codes}.",
        "Because of this the codebook was changed at: {codes}.",
    ),
    "software": (
        "De cijfers zijn berekend met {software}.",
        "Figures were computed with {software}.",
    ),
    "and": ("en", "and"),
}

REASONS: dict[str, tuple[str, str]] = {
    "overlooked": ("over het hoofd gezien", "overlooked"),
    "definition_unclear": ("definitie onduidelijk", "definition unclear"),
    "codes_overlap": ("codes overlappen", "codes overlap"),
    "boundary": ("grens van de passage", "boundary of the passage"),
    "interpretation": ("interpretatie", "interpretation"),
    "mistake": ("vergissing", "mistake"),
    "codebook_must_change": ("codeboek moet anders", "the codebook must change"),
    "other": ("in eigen woorden", "in own words"),
    "none": ("niet genoemd", "not given"),
}
"""What the reasons of decisions are called in print."""
