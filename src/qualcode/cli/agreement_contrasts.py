"""Commands under ``agreement``: differences in agreement, and units for other programs."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.agreement_tables import figure_text
from qualcode.cli.attributes import split_attribute
from qualcode.cli.code_names import find_path
from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.language import format_decimal, read_names
from qualcode.cli.output import (
    OptionError,
    heading,
    print_json,
    print_message,
    print_result,
    print_table,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coders,
    open_project,
)
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import AgreementContrast, ContrastRow, Disagreement
    from qualcode.model.agreement_habits import CoderHabit


def contrast(
    coders: Annotated[str, typer.Option(help="Two coders or more. Default: all.")] = "",
    rounds: Annotated[str, typer.Option(help="Two rounds: first,second.")] = "",
    by: Annotated[str, typer.Option(help="Two groups of respondents: sex=man,woman.")] = "",
    other_coders: Annotated[
        str, typer.Option("--with", help="Other coders, to compare with --coders: anna,carla.")
    ] = "",
    halves: Annotated[
        bool, typer.Option("--halves", help="The interviews coded first against those coded last.")
    ] = False,
    unit: Annotated[str, typer.Option(help="The unit; by default the one chosen.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Test whether agreement differs between rounds, groups, coders or halves of the work."""
    names = read_names(rounds)
    if rounds and len(names) != 2:
        raise UndefinedRequestError(Message("--rounds names two rounds: --rounds first,second"))
    with open_project(project, coder) as work:
        cases = work.cases.collect()
        attribute, listed = split_attribute(by, cases) or ("", "")
        values = _split_values(listed, {case.attributes.get(attribute, "") for case in cases})
        if by and len(values) != 2:
            raise UndefinedRequestError(
                Message("--by names an attribute and two groups: --by sex=man,woman")
            )
        difference = work.agreement.contrast(
            choose_coders(work, coders),
            rounds=(names[0], names[1]) if rounds else ("", ""),
            by=attribute,
            values=(values[0], values[1]) if by else ("", ""),
            other_coders=read_names(other_coders),
            halves=halves,
            unit=unit,
        )
    print_json(difference) if json else _print_contrast(difference)


def _split_values(listed: str, known: Collection[str]) -> list[str]:
    """Return the values that an option lists; one that has a comma itself is found whole."""
    parts = listed.split(",")
    for place in range(1, len(parts)):
        pair = [",".join(parts[:place]).strip(), ",".join(parts[place:]).strip()]
        if all(value in known for value in pair):
            return pair
    return read_names(listed)


def habits(
    coders: Annotated[str, typer.Option(help="Two coders or more. Default: all.")] = "",
    unit: Annotated[str, typer.Option(help="The unit; by default the one chosen.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only the codings of this round.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show who gives which code more often, and of four coders or more who sees it best."""
    with open_project(project, coder) as work:
        names = choose_coders(work, coders)
        study = work.agreement.report(
            names, unit=unit, round=round_, with_outcome=False, with_gamma=False
        )
    if json:
        print_json({"habits": study.habits, "accuracy": study.accuracy})
        return
    from qualcode.model.agreement_habits import ACCURACY_NOTE, HABITS_NOTE

    columns = (
        heading("code"),
        heading("coder"),
        heading("units"),
        heading("others"),
        heading("difference"),
        heading("reading"),
    )
    print_table(columns, [_habit_cells(habit) for habit in study.habits])
    print_message(HABITS_NOTE)
    if study.accuracy:
        names = (heading("has the code"), heading("seen"), heading("left alone"))
        rows = [
            (
                row.code,
                row.coder,
                *(
                    format_decimal(share, 2)
                    for share in (row.prevalence, row.sensitivity, row.specificity)
                ),
            )
            for row in study.accuracy
        ]
        print_table((heading("code"), heading("coder"), *names), rows)
        print_message(ACCURACY_NOTE)


def confusions(
    coders: Annotated[str, typer.Option(help="Two coders. Default: all.")] = "",
    pair: Annotated[
        int, typer.Option(help="Print the passages of this pair: its number in the table.", min=1)
    ] = 1,
    unit: Annotated[str, typer.Option(help="The unit; by default the one chosen.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only the codings of this round.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show which pairs of codes two coders confuse, and the passages of the pair to sharpen."""
    with open_project(project, coder) as work:
        names = choose_coders(work, coders)
        study = work.agreement.report(
            names, unit=unit, round=round_, with_outcome=False, with_gamma=False
        )
    if study.confusion is None:
        raise UndefinedRequestError(Message("Only two coders have a confusion matrix."))
    leaks = study.confusion.leaks
    if leaks and pair > len(leaks):
        raise OptionError(
            Message.counted(
                "There is no pair {pair}: {count} pair of codes was confused.",
                "There is no pair {pair}: {count} pairs of codes were confused.",
                len(leaks),
                pair=pair,
            )
        )
    chosen = leaks[pair - 1].exchanges(study.disagreements) if leaks else ()
    if json:
        print_json({"pairs": leaks, "passages": chosen})
        return
    if not leaks:
        print_message(Message("No code was confused with another."))
        return
    rows = [
        (number, leak.code, leak.other, leak.units, f"{100 * leak.share:.0f}%")
        for number, leak in enumerate(leaks, 1)
    ]
    columns = (heading("no."), heading("code 1"), heading("code 2"), heading("units"))
    print_table((*columns, heading("share")), rows)
    print_message(
        Message("The pair at the top is the one to sharpen first. Of pair {pair}:", pair=pair)
    )
    print_table((heading("transcript"), *names), [_exchange_cells(row) for row in chosen])


def _exchange_cells(exchange: Disagreement) -> tuple[str, ...]:
    sides = ((exchange.code, exchange.codings_a), (exchange.other_code, exchange.codings_b))
    quotes = (
        f"{code}: {' / '.join(' '.join(coding.quote.split()) for coding in codings)}"
        for code, codings in sides
    )
    return (exchange.transcript, *quotes)


def _habit_cells(habit: CoderHabit) -> tuple[object, ...]:
    return (
        habit.code,
        habit.coder,
        habit.units,
        format_decimal(habit.others, 1),
        figure_text(habit.difference),
        habit.reading,
    )


def _print_contrast(difference: AgreementContrast) -> None:
    first, second = difference.names
    columns = (
        heading("code"),
        first,
        second,
        heading("difference"),
        "p",
        Message.within("column", "p, Holm"),
        heading("reason"),
    )
    print_table(columns, [_contrast_cells(row) for row in difference.rows])
    print_message(
        Message(
            "Alpha per code, over all codes the pooled kappa; {first_count} and {second_count} "
            "interviews, of which {shared} in both: those are paired. Intervals and tests take "
            "interviews as the sample (jackknife, t); Holm's p is corrected for the number of "
            "codes.",
            first_count=difference.interviews[0],
            second_count=difference.interviews[1],
            shared=difference.shared,
        )
    )


def _contrast_cells(row: ContrastRow) -> tuple[object, ...]:
    figure = row.difference
    return (
        row.code or Message("all codes"),
        figure_text(row.first),
        figure_text(row.second),
        figure_text(figure),
        "-" if row.p_value is None else format_decimal(row.p_value, 3),
        "-" if row.p_adjusted is None else format_decimal(row.p_adjusted, 3),
        figure.undefined_because or ("" if figure.interval else figure.detail),
    )


def units(
    file: Annotated[Path, typer.Option("--out", help="Where to write: csv, xlsx.")],
    coders: Annotated[str, typer.Option(help="Two coders or more. Default: all.")] = "",
    code: Annotated[str, typer.Option(help="Only this code.")] = "",
    unit: Annotated[str, typer.Option(help="The unit; by default the one chosen.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only the codings of this round.")] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write units against coders for R or Python, and print the lines that read them."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        names = choose_coders(work, coders)
        work.agreement.write_units(names, file, code=find_path(work, code), unit=unit, round=round_)
    print_message(Message("Wrote {file}", file=str(file)))
    # The lines below read a csv; nothing of the kind is written for a workbook.
    if file.suffix.casefold() != ".csv":
        return
    from qualcode.model.unit_lines import lines_of_python, lines_of_r

    print_message(Message("In R (no package needed):"))
    print_result(lines_of_r(str(file), names))
    print_message(Message("In Python (packages krippendorff and pandas):"))
    print_result(lines_of_python(str(file), names))
