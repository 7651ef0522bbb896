"""What a report says of how it was made, in Dutch and English."""

from __future__ import annotations

MADE: dict[str, tuple[str, str]] = {
    "made": ("Hoe dit is gemaakt.", "How this was made."),
    "made_interviews": ("Op grond van {n} van {of}.", "Based on {n} of {of}."),
    "made_one": (
        "De codering is van {coders}, zonder tweede codeur.",
        "Coded by {coders}, without a second coder.",
    ),
    "made_each": (
        "Elk interview is door één persoon gecodeerd: {coders}.",
        "Each interview was coded by one person: {coders}.",
    ),
    "made_all": (
        "De coderingen van {coders} staan naast elkaar, niet verenigd.",
        "The codings of {coders} stand side by side, not reconciled.",
    ),
    "made_consensus": (
        "Gerapporteerd is de consensus van {coders}.",
        "What is reported is the consensus of {coders}.",
    ),
    "made_agreed": ("Gerapporteerd is de consensus.", "What is reported is the consensus."),
    "made_mixed": (
        ("Bij {n} daarvan telt de consensus van {pair}, bij {rest} de codering van één persoon."),
        ("For {n} of them the consensus of {pair} counts, for {rest} the coding of one person."),
    ),
    "made_codebook": (
        "Codeboek: {codebook}, versie {version}.",
        "Codebook: {codebook}, version {version}.",
    ),
    "made_state": (
        "Stand van het project op {day}.",
        "State of the project on {day}.",
    ),
    "made_settled": (
        "Alle verschillen tussen de twee codeurs zijn beslecht.",
        "All differences between the two coders are settled.",
    ),
    "made_unsettled": (
        (
            "Nog niet beslecht: {n} verschillen tussen de twee codeurs; die passages tellen niet "
            "mee."
        ),
        "Not settled yet: {n} differences between the two coders; those passages do not count.",
    ),
    "made_held_back": (
        "Om herkenning te voorkomen: {parts}.",
        "So that nobody is recognised: {parts}.",
    ),
    "one_left_out": ("1 passage is weggelaten", "1 passage is left out"),
    "n_left_outs": ("{n} passages zijn weggelaten", "{n} passages are left out"),
    "made_coarser": (
        "ruimer of niet vermeld: {names}",
        "told more widely or not at all: {names}",
    ),
    "made_hidden": (
        (
            "aantallen onder {n} respondenten staan er als <{n}, en … staat waar een ander aantal "
            "ze zou verraden"
        ),
        (
            "counts of fewer than {n} cases are shown as <{n}, and … stands where another count "
            "would give them away"
        ),
    ),
    "and": ("{first} en {last}", "{first} and {last}"),
    "months": (
        ("januari februari maart april mei juni juli augustus september oktober november december"),
        "January February March April May June July August September October November December",
    ),
}
