"""The plan of a check of agreement as a preregistration, under the headings that OSF uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.document.blocks import (
    UNDATED,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    note,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook
from qualcode.model.agreement_plan import PLANNED_COEFFICIENTS, AgreementPlan, UnitChoice
from qualcode.model.comparison import UNIT_NAMES


def write_preregistration(
    plans: Sequence[AgreementPlan],
    path: Path,
    *,
    title: str,
    unit: UnitChoice | None,
    codebook: Codebook,
    interviews: int,
    language: str = "nl",
) -> None:
    """Write the latest plan as a preregistration.

    Args:
        plans: The plans that were frozen, one or more, the latest one last.
        path: Where to write: .docx, .md or .html.
        title: Name of the study.
        unit: The unit of analysis that was chosen; None where none was.
        codebook: The codebook as it is now.
        interviews: Number of interviews of the project.
        language: ``nl`` or ``en``.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: reports are not written in ``language``.
    """
    path = Path(path)
    writer = writer_for(path, _WRITERS, "a preregistration")
    words = Wording(language)
    document = Document(
        words(Message("Preregistration of the check of agreement between coders")),
        title,
        words.language,
        (),
        tuple(_blocks(plans, unit, codebook, interviews, words)),
        "",
        # the date of the plan, not of today: the same plan gives the same bytes
        plans[-1].frozen_at or UNDATED,
    )
    write_bytes(path, writer(document))


def _blocks(
    plans: Sequence[AgreementPlan],
    unit: UnitChoice | None,
    codebook: Codebook,
    interviews: int,
    words: Wording,
) -> Iterator[Block]:
    plan = plans[-1]
    yield Heading(2, Message("Study information"))
    yield Paragraph(_frozen(plan, words))
    if plan.note:
        yield Paragraph(plan.note)
    yield Heading(2, Message("Design plan"))
    yield Paragraph(
        Message(
            "Coders: {coders}. They code the same interviews, each without seeing the other's "
            "work. The codebook is ‘{codebook}’, version {version}, with {codes}.",
            coders=plan.coders,
            codebook=codebook.name,
            version=codebook.version,
            codes=Message.counted("{count} code", "{count} codes", len(codebook.active)),
        )
    )
    yield Heading(2, Message("Sampling plan"))
    yield Paragraph(_sample(plan, interviews))
    yield Paragraph(
        Message("Stopping rule: {rule}", rule=plan.stopping_rule)
        if plan.stopping_rule
        else Message("Stopping rule: none was agreed on.")
    )
    yield Heading(2, Message("Variables"))
    yield Paragraph(Message("Unit of analysis: {unit}.", unit=UNIT_NAMES[plan.unit]))
    if unit is not None:
        yield Paragraph(choice_sentence(unit, words))
    yield Heading(2, Message("Analysis plan"))
    yield Bullets(tuple(map(words, _analysis(plan))))
    if len(plans) > 1:
        yield Heading(2, Message("Earlier plans"))
        yield Bullets(tuple(words(_earlier(earlier, words)) for earlier in plans[:-1]))
    yield note(
        Message(
            "The headings are those of the preregistration template of the Open Science "
            "Framework (OSF)."
        )
    )


def _analysis(plan: AgreementPlan) -> tuple[Message, ...]:
    return (
        Message(
            "Per code {coefficient}, with a 95% interval that takes interviews as the sample.",
            coefficient=PLANNED_COEFFICIENTS[plan.coefficient],
        ),
        # The lower limit, because a point estimate from few interviews flatters the coders.
        Message(
            "A code is judged by the lower limit of its interval: at {threshold} or above "
            "it is good enough for this study.",
            threshold=f"{plan.threshold:g}",
        ),
        Message("Means and pooled figures over codes are given as descriptions, not as a verdict."),
    )


def _frozen(plan: AgreementPlan, words: Wording) -> Message:
    day = words.day(plan.frozen_at) if plan.frozen_at else "-"
    if plan.by:
        return Message("Frozen on {day} by {by}.", day=day, by=plan.by)
    return Message("Frozen on {day}.", day=day)


def _sample(plan: AgreementPlan, interviews: int) -> Message:
    number = plan.count_interviews(interviews)
    if number > interviews:
        # The plan is older than the interviews: there is nothing yet to be a share of.
        return Message(
            "{planned} of the interviews are coded by all of them; the project holds {all} so far.",
            planned=plan.extent,
            all=interviews,
        )
    return Message.counted(
        "Of {all} interviews in the project, {count} whole interview ({share}) is coded by all of "
        "them.",
        "Of {all} interviews in the project, {count} whole interviews ({share}) are coded by all "
        "of them.",
        number,
        all=interviews,
        share=f"{number / interviews:.0%}",
    )


def choice_sentence(unit: UnitChoice, words: Wording) -> Message:
    """Return when the unit was chosen and why."""
    values = {
        "day": words.day(unit.chosen_at),
        "unit": UNIT_NAMES[unit.unit],
        "reason": unit.reason,
    }
    if unit.after_looking:
        return Message(
            "The unit of the project ({unit}) was chosen on {day}, when codings of two coders "
            "could be compared already. The reason: {reason}",
            **values,
        )
    return Message(
        "The unit of the project ({unit}) was chosen on {day}, before codings of two coders could "
        "be compared. The reason: {reason}",
        **values,
    )


def _earlier(plan: AgreementPlan, words: Wording) -> Message:
    return Message(
        "{day}: {coders}; {share} of the interviews; {unit}; {coefficient} at {threshold}.",
        day=words.day(plan.frozen_at) if plan.frozen_at else "-",
        coders=plan.coders,
        share=plan.extent,
        unit=UNIT_NAMES[plan.unit],
        coefficient=PLANNED_COEFFICIENTS[plan.coefficient],
        threshold=f"{plan.threshold:g}",
    )


_WRITERS: Mapping[str, Callable[[Document], bytes]] = MappingProxyType(
    {".docx": docx_bytes, ".md": markdown_bytes, ".html": html_bytes}
)
