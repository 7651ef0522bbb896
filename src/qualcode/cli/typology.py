"""The commands ``typology``: dimensions, types, who is which, and the pages of types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.code_names import find_paths
from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.language import format_decimal, read_names, translate
from qualcode.cli.output import (
    OptionError,
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.report_options import ATTRIBUTION, AttributionOption, LanguageOption, LayerOption
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message, shell_word

if TYPE_CHECKING:
    from qualcode.model import Typology
    from qualcode.model.property_space import (
        PropertySpace,
        TypeAssignment,
        TypeComparison,
        TypologyReport,
    )

app = typer.Typer(
    help="Typology: dimensions, types and target groups that you define, and who is which."
)


@app.command()
def define(
    dimension: Annotated[
        list[str] | None,
        typer.Option(
            "--dimension",
            metavar="'NAME: CATEGORIES'",
            help="What cases are compared on, all dimensions at once: 'Work: @work' (values of an "
            "attribute), 'Motive: motives/joy|motives/sex' (codes), or rules: 'Control: "
            "little=consequences&!influences/insight; much=*'.",
        ),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(help="The respondents who can be a type; others can describe one."),
    ] = None,
    type_: Annotated[
        str, typer.Option("--type", help="The name of a type to define or to change.")
    ] = "",
    definition: Annotated[
        str | None, typer.Option(help="What the cases of the type have in common.")
    ] = None,
    cells: Annotated[
        str | None,
        typer.Option(
            help="The cells of the type: a category per dimension with commas, * for any, and ; "
            "between cells: 'social,much;alone,*'."
        ),
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="The target group that the type is joined into.")
    ] = None,
    new_name: Annotated[str, typer.Option(help="Another name for the type.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Remove the type.")] = False,
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Choose dimensions, or define a type: cells of the property space under a name."""
    # An empty group is an answer: everybody can be a type.
    if not dimension and group is None and not type_:
        raise OptionError(Message("Say what to define: --dimension, or --type."))
    with open_project(project, coder) as work:
        typology = work.themes.typology
        if dimension or group is not None:
            _print_space(typology.set_dimensions(dimension or None, group, layer))
        if type_ and remove:
            typology.remove_type(type_)
            print_message(Message("Type '{name}' is removed.", name=type_))
        elif type_:
            typology.set_type(
                type_, definition=definition, cells=cells, target=target, new_name=new_name
            )
            print_message(Message("Type '{name}' is defined.", name=new_name or type_))


@app.command()
def assign(
    case: Annotated[str, typer.Argument(help="The respondent.")] = "",
    types: Annotated[
        list[str] | None, typer.Argument(help="Their types; none takes them back.")
    ] = None,
    describes: Annotated[
        bool, typer.Option("--describes", help="They speak about these types, and are none.")
    ] = False,
    wave: Annotated[str, typer.Option(help="The wave in which they are.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    settled: Annotated[
        bool, typer.Option("--settled", help="The coders agreed on it: it holds for the team.")
    ] = False,
    from_cells: Annotated[
        bool,
        typer.Option(
            "--from-cells", help="Give everybody without a type those of their cells, as a start."
        ),
    ] = False,
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Say which types a respondent is, or describes; each coder on their own."""
    if not case and not from_cells:
        raise OptionError(Message("Name a respondent, or use --from-cells."))
    with open_project(project, coder) as work:
        typology = work.themes.typology
        if from_cells:
            assigned = typology.assign_from_space(layer)
        else:
            assigned = typology.assign(
                case,
                types or (),
                describes=describes,
                wave=wave,
                reason=reason,
                settled=settled,
            )
    print_message(
        Message.counted("{count} type assigned.", "{count} types assigned.", len(assigned))
    )


@app.command()
def show(
    by: Annotated[str, typer.Option(help="Whose assignments. Default: your own.")] = "",
    coders: Annotated[
        str, typer.Option(help="Compare two coders: their names, with a comma between them.")
    ] = "",
    clusters: Annotated[
        int, typer.Option(help="Also show so many clusters of alike respondents: a help only.")
    ] = 0,
    code: Annotated[
        list[str] | None, typer.Option("--code", help="For clusters: compare on these codes only.")
    ] = None,
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the property space with its empty cells, who is which type, and agreement."""
    with open_project(project, coder) as work:
        typology = work.themes.typology
        design, space = typology.design(), typology.space(layer)
        assignments = typology.assignments(by)
        names = read_names(coders)
        comparison = typology.compare(names) if names else None
        alike = (
            typology.cluster(clusters, paths=find_paths(work, code or ()), layer=layer)
            if clusters
            else None
        )
    if json:
        print_json(
            {
                "design": design,
                "space": space,
                "assignments": assignments,
                "comparison": comparison,
                "clusters": alike,
            }
        )
        return
    _print_space(space)
    rows = []
    for case_type in design.types:
        of_type = [a for a in assignments if a.type == case_type.name]
        rows.append(
            (
                case_type.name,
                case_type.target,
                ", ".join(dict.fromkeys(_case_and_wave(a) for a in of_type if not a.describes)),
                ", ".join(dict.fromkeys(a.case for a in of_type if a.describes)),
            )
        )
    if rows:
        columns = (
            heading("type"),
            heading("target group"),
            heading("cases"),
            heading("described by"),
        )
        print_table(columns, rows)
    if comparison is not None:
        _print_comparison(comparison)
    if alike is not None:
        _print_clusters(alike)


def _case_and_wave(assignment: TypeAssignment) -> str:
    return f"{assignment.case} ({assignment.wave})" if assignment.wave else assignment.case


def _print_space(space: PropertySpace) -> None:
    rows = [
        (*cell.categories, ", ".join(cell.cases) or "–", "; ".join(cell.types))
        for cell in space.cells
    ]
    print_table((*space.dimensions, heading("cases"), heading("type")), rows)
    for case, dimension in space.outside.items():
        print_message(
            Message(
                "{case} is in no cell: nothing of dimension '{dimension}'.",
                case=case,
                dimension=dimension,
            )
        )


def _print_comparison(comparison: TypeComparison) -> None:
    rows = [
        (
            row.type or Message("all types"),
            row.both,
            row.first_only,
            row.second_only,
            format_decimal(row.kappa, 2) if row.kappa is not None else row.undefined_because,
        )
        for row in comparison.rows
    ]
    first, second = comparison.coders
    print_table((heading("type"), heading("both"), first, second, heading("kappa")), rows)
    if comparison.differ:
        print_message(Message("They differ on {cases}.", cases=comparison.differ))


def _print_clusters(alike: Typology) -> None:
    if alike.undefined_because:
        print_message(alike.undefined_because)
        return
    for group in alike.groups:
        print_result(f"{group.name}: {', '.join(group.cases)}")
    print_message(
        Message(
            "Distance of {measure}, 0 to 1; the last two clusters join at {distance}. A help to "
            "name types, not a result.",
            measure=alike.measure,
            distance=format_decimal(alike.merges[-1].distance, 2),
        )
    )


@app.command()
def report(
    file: Annotated[
        Path | None, typer.Option("--out", help="Write a page per type: docx, html, md, json.")
    ] = None,
    by: Annotated[
        str, typer.Option(help="Whose assignments. Default: what the coders decided together.")
    ] = "",
    print_type: Annotated[
        str,
        typer.Option(
            "--print-type",
            help="Print this type though few cases are in it; give the reason with --reason.",
        ),
    ] = "",
    reason: Annotated[str, typer.Option(help="Why a small type may be printed.")] = "",
    layer: LayerOption = "final",
    attribution: AttributionOption = ATTRIBUTION,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Report the types: definition, who, quotes, contrasts, codes that set them apart."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        typology = work.themes.typology
        if print_type:
            typology.accept_small_type(print_type, reason)
        typology_report = typology.report(
            by=by, layer=layer, attribution=attribution, language=language, for_print=True
        )
        # On the screen, too: from there quotes are copied into a text.
        print_problems(work.disclosure.check_quotes(typology_report, attribution, layer))
        if file is not None:
            typology.write(typology_report, file, language=language)
            print_message(Message("Wrote {file}", file=str(file)))
    if json:
        print_json(typology_report)
        return
    if file is None:
        _print_report(typology_report)
    for page in typology_report.pages:
        if page.withheld:
            print_message(
                Message(
                    "Type '{name}' has fewer than {threshold} respondents, so who they are is left "
                    "out. To print it: qualcode typology report --print-type {word} --reason WHY",
                    name=page.type.name,
                    word=shell_word(page.type.name),
                    threshold=typology_report.threshold,
                )
            )


def _print_report(typology_report: TypologyReport) -> None:
    for page in typology_report.pages:
        print_result()
        target = f" ({page.type.target})" if page.type.target else ""
        print_result(f"{page.type.name}{target}: {', '.join(page.cases) or '–'}")
        if page.type.definition:
            print_result(f"  {page.type.definition}")
        if page.codes:
            names = ", ".join(f"{c.code} {c.inside}/{c.of_inside}" for c in page.codes)
            print_result(f"  {translate(Message('What sets it apart'))}: {names}")
        for quote in page.quotes:
            print_result(f"  “{quote.text}” - {quote.attribution or quote.case}")
