"""The first paragraph of a methods section: who coded what, how it was drawn, the codebook."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import CONSENSUS, AgreementStudy, ModelUse, Round

# Who coded what


def coding_sentences(study: AgreementStudy, words: Wording) -> Iterator[str]:
    """Yield who coded what, whether independently, and how the interviews were drawn."""
    method = study.method
    yield words(_coders(study)) + words(_independence(study))
    if method.reopened:
        yield Message(
            "The round was opened again {times}, of which {m} after all had handed in.",
            times=count_times(method.reopened),
            m=method.reopened_after_all,
        )
    yield _sampling(method.round, words, all_coded=method.double_coded == method.interviews)
    yield from _rest(study)
    if method.exposures:
        yield Message.counted(
            "Suggestions by software were shown {times}; {count} coding came from them.",
            "Suggestions by software were shown {times}; {count} codings came from them.",
            method.adopted,
            times=count_times(method.exposures),
        )
        yield from map(_model_sentence, method.model_uses)
    elif not study.report.is_pair:
        yield Message("None of them was shown suggestions by software before coding.")
    else:
        yield Message("Neither was shown suggestions by software before coding.")


def _model_sentence(use: ModelUse) -> Message:
    """Return which language model took part, and how often people corrected it."""
    decided = use.accepted + use.rejected
    return Message(
        "A language model on the researchers' own machine ({description}) took part in the "
        "suggestions for {shown} of these passages: coders accepted {accepted} of what it spoke "
        "for and rejected {rejected} ({share}% of those decided on).",
        description=use.description,
        shown=use.passages,
        accepted=use.accepted,
        rejected=use.rejected,
        share=round(100 * use.rejected / decided) if decided else 0,
    )


def _rest(study: AgreementStudy) -> Iterator[Message]:
    """Yield who coded the interviews that are not compared."""
    method = study.method
    if method.rest:
        coders = tuple(
            Message("{coder} ({count})", coder=coder, count=count) for coder, count in method.rest
        )
        yield Message("The other interviews were coded by {coders}.", coders=coders)
    if method.uncoded:
        yield Message.counted(
            "Nobody has coded {count} interview yet.",
            "Nobody has coded {count} interviews yet.",
            method.uncoded,
        )


def count_times(count: int) -> Message:
    """Return "1 time" or "3 times"."""
    return Message.counted("{count} time", "{count} times", count)


def _coders(study: AgreementStudy) -> Message:
    method = study.method
    share = round(100 * method.double_coded / method.interviews) if method.interviews else 0
    if not study.report.is_pair:
        return Message.counted(
            "Two or more of {coders} coded {coded} of {count} interview ({share}%)",
            "Two or more of {coders} coded {coded} of the {count} interviews ({share}%)",
            method.interviews,
            coders=study.report.coders,
            coded=method.double_coded,
            share=share,
        )
    return Message.counted(
        "{coders} both coded {coded} of {count} interview ({share}%)",
        "{coders} both coded {coded} of the {count} interviews ({share}%)",
        method.interviews,
        coders=study.report.coders,
        coded=method.double_coded,
        share=share,
    )


def _independence(study: AgreementStudy) -> Message:
    """Return the rest of the sentence on the coders: whether they saw each other's work."""
    round_ = study.method.round
    if round_ is None:
        return Message(
            ". The project does not record whether they did so independently of each other."
        )
    if not round_.blind:
        return Message(
            ", in the joint round ‘{round}’, in which they could see each other’s work.",
            round=round_.name,
        )
    if not study.report.is_pair:
        return Message(
            ", independently of each other: in the blind round ‘{round}’ nobody saw another’s "
            "work before all had handed in.",
            round=round_.name,
        )
    return Message(
        ", independently of each other: in the blind round ‘{round}’ neither saw the other’s "
        "work before both had handed in.",
        round=round_.name,
    )


def _sampling(round_: Round | None, words: Wording, *, all_coded: bool) -> Message:
    """Return how the interviews that were coded twice were drawn from all of them."""
    if round_ is not None and round_.seed is not None:
        strata = Message(", stratified by {by}", by=round_.stratified_by)
        return Message.counted(
            "Whole interviews were drawn at random from {count} interview{strata} (seed {seed}).",
            "Whole interviews were drawn at random from {count} interviews{strata} (seed {seed}).",
            round_.drawn_from or 0,
            strata=words(strata) if round_.stratified_by else "",
            seed=round_.seed,
        )
    # of all interviews nobody asks how they were chosen
    if all_coded:
        return Message("All interviews were coded twice.")
    if round_ is None:
        return Message("The project does not record how these interviews were chosen.")
    return Message("The interviews were chosen, not drawn at random.")


def codebook_sentence(study: AgreementStudy) -> Message:
    """Return the versions of the codebook, and how many codes it has."""
    method, report = study.method, study.report
    # Where no coding names its version, all were made with the one of the report.
    numbers = [str(version) for version in method.coded_versions] or [str(report.codebook_version)]
    versions = (
        Message("versions {numbers}", numbers=numbers)
        if len(numbers) > 1
        else Message("version {numbers}", numbers=numbers)
    )
    return Message(
        "The codebook was ‘{name}’, {versions}; it has {codes} under {themes}, against {first} in "
        "the first version.",
        name=report.codebook,
        versions=versions,
        codes=_count_codes(method.codes),
        themes=Message.counted("{count} theme", "{count} themes", method.themes),
        first=_count_codes(method.first_codes),
    )


def timing_sentence(study: AgreementStudy) -> Message:
    """Return whether the check came before or after the definitive codebook."""
    method, newest = study.method, study.report.codebook_version
    last = max(method.coded_versions, default=newest)
    if last < newest:
        return Message(
            "The check came before the definitive codebook: the codings compared were made with "
            "version {last} at the latest, and the codebook is now at version {newest}. Figures "
            "on the definitive codebook need a new check.",
            last=last,
            newest=newest,
        )
    if min(method.coded_versions, default=newest) < newest:
        return Message(
            "The check came partly before the definitive codebook, version {newest}.",
            newest=newest,
        )
    return Message(
        "The check was made with the newest version of the codebook, version {newest}.",
        newest=newest,
    )


def consensus_sentences(study: AgreementStudy) -> Iterator[Message]:
    """Yield that a comparison with the consensus is no reliability."""
    if CONSENSUS in study.report.coders:
        yield Message(
            "The consensus was made from the coders' own work: agreement with it says how much a "
            "coder changed, and is no reliability."
        )


def _count_codes(count: int) -> Message:
    return Message.counted("{count} code", "{count} codes", count)
