"""The commands ``checklist``, ``annex`` and ``audit``: what goes with a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.language import read_names, translate
from qualcode.cli.output import (
    OptionError,
    heading,
    print_json,
    print_message,
    print_problems,
    print_table,
)
from qualcode.cli.report_options import LanguageOption, LayerOption
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model.annex import SampleRow, SampleTable
    from qualcode.model.checklist import Checklist

_STATES = {
    "known": Message.within("state", "known"),
    "partly": Message.within("state", "partly"),
    "author": Message.within("state", "for the author"),
}


def checklist(
    standard: Annotated[
        str, typer.Argument(help="The reporting standard: coreq, srqr, jars-qual or rtarg.")
    ],
    file: Annotated[
        Path | None, typer.Option("--out", help="Write the checklist: docx, html, md, json.")
    ] = None,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Fill in a reporting checklist: what the project knows, and what you must answer."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        publication = work.exchange.publication
        filled = publication.checklist(standard, language=language)
        if file is not None:
            publication.write_checklist(standard, file, language=language)
            print_message(Message("Wrote {file}", file=str(file)))
    if json:
        print_json(filled)
    elif file is None:
        _print_checklist(filled)


def _print_checklist(filled: Checklist) -> None:
    rows = [
        (
            item.number,
            item.topic,
            _STATES[item.state],
            " ".join(translate(fact.text) for fact in item.facts) or item.ask,
        )
        for item in filled.items
    ]
    columns = (heading("no."), heading("item"), heading("state"), heading("from the project"))
    print_table(columns, rows)
    print_message(filled.source)


def annex(
    kind: Annotated[
        str,
        typer.Argument(help="What to write: codebook, guide, development, sample, references."),
    ],
    file: Annotated[
        Path | None,
        typer.Option("--out", help="Write the annex: docx, html, md; of most also xlsx and csv."),
    ] = None,
    groups: Annotated[
        str,
        typer.Option(help="For the sample: the groups in their order, with commas between them."),
    ] = "",
    coders: Annotated[
        str,
        typer.Option(
            help="For the references: whose comparison the methods section tells of, with commas "
            "between them."
        ),
    ] = "",
    print_attribute: Annotated[
        str,
        typer.Option(
            help="For the sample: print small numbers of this attribute; give the reason with "
            "--reason."
        ),
    ] = "",
    reason: Annotated[str, typer.Option(help="Why small numbers may be printed.")] = "",
    layer: LayerOption = "final",
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Write an annex of a paper: codebook, topic guides, sample, references."""
    if file is None and kind != "sample":
        raise OptionError(Message("Say where to write it: --out FILE.docx"))
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        publication = work.exchange.publication
        order = read_names(groups)
        if print_attribute:
            publication.print_small_counts(print_attribute, reason)
        if file is not None:
            publication.write_annex(
                kind,
                file,
                layer=layer,
                groups=order,
                coders=read_names(coders),
                language=language,
            )
            # Its notes print why small counts may be there.
            print_problems(work.disclosure.check_reasons() if kind == "sample" else ())
            print_message(Message("Wrote {file}", file=str(file)))
        sample = publication.sample(order) if kind == "sample" else None
    if sample is not None and json:
        print_json(sample)
    elif sample is not None and file is None:
        _print_sample(sample)


def audit(
    file: Annotated[
        Path | None, typer.Option("--out", help="Write the audit trail: docx, html, md, json.")
    ] = None,
    memos: Annotated[
        bool,
        typer.Option("--memos", help="Put the memos in, without passages that are withheld."),
    ] = False,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Tell what was done with the data, by kind: an audit trail that reads."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        publication = work.exchange.publication
        sections = publication.audit(memos=memos, language=language)
        if file is not None:
            publication.write_audit(file, memos=memos, language=language)
            print_problems(work.disclosure.check_reasons())
            print_message(Message("Wrote {file}", file=str(file)))
    if json:
        print_json(sections)
    elif file is None:
        for section in sections:
            for sentence in section.sentences:
                print_message(sentence)
            for table in section.tables:
                print_table(table.columns, table.rows, title=table.title)


def _print_sample(sample: SampleTable) -> None:
    names = tuple(group or translate(Message("all")) for group in sample.groups)
    rows = [
        (attribute.name, row.value or "…", *_counts(row), row.total)
        for attribute in sample.attributes
        for row in attribute.rows
    ]
    print_table((heading("attribute"), heading("value"), *names, heading("all")), rows)
    for attribute in sample.attributes:
        if attribute.left_out:
            left_out = Message("{name}: {reason}", name=attribute.name, reason=attribute.left_out)
            print_message(left_out)


def _counts(row: SampleRow) -> tuple[str, ...]:
    return tuple(mark or str(n) for mark, n in zip(row.marks, row.counts, strict=True))
