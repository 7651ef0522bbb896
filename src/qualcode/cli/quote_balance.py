"""What ``quotes --balance``, ``--journal`` and ``--appendix`` print and write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.code_names import find_path
from qualcode.cli.consent import ask_overwrite
from qualcode.cli.language import format_decimal, get_language, group_name, translate
from qualcode.cli.output import (
    OptionError,
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.shared_options import open_project
from qualcode.messages import Message
from qualcode.model import QuoteFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.model.quote_balance import QuoteBalance, QuoteShare
    from qualcode.project import Project


@dataclass(frozen=True, slots=True)
class QuotePaper:
    """What was asked of the chosen quotes: files for a paper, a swap, their balance."""

    journal: Path | None
    appendix: Path | None
    where: QuoteFilter
    attribution: str
    language: str
    swap: tuple[str, str] | None
    balance: bool

    @property
    def is_wanted(self) -> bool:
        """Whether anything of it was asked for."""
        return bool(self.journal or self.appendix or self.weighs)

    @property
    def weighs(self) -> bool:
        """Whether the balance of the quotes is printed, also after a swap."""
        return bool(self.swap or self.balance)


def refuse_other_options(*given: object) -> None:
    """Refuse options of other work with the chosen quotes, which would be passed over in silence.

    Raises:
        OptionError: one of them is given.
    """
    if any(given):
        raise OptionError(
            Message(
                "Give --choose, --unchoose, --excerpt, --context and --out in a command of "
                "their own, without --balance, --swap, --journal and --appendix."
            )
        )


def with_paths(work: Project, where: QuoteFilter) -> QuoteFilter:
    """Return a filter with the paths of its theme and code, which may be named by label."""
    theme, code = (name and find_path(work, name) for name in (where.theme, where.code))
    return replace(where, theme=theme, code=code)


def print_paper(paper: QuotePaper, project: str, coder: str, *, force: bool, json: bool) -> None:
    """Swap quotes, write the chosen ones, and print their balance, as far as asked for.

    Raises:
        OptionError: the balance of a part of the quotes is asked for.
    """
    everything = QuoteFilter(layer=paper.where.layer)
    if paper.weighs and replace(paper.where, chosen_only=False) != everything:
        raise OptionError(
            Message(
                "The balance is that of all chosen quotes. Leave out --theme, --code, --group, "
                "--case, --transcript and --round."
            )
        )
    for path in (paper.journal, paper.appendix):
        ask_overwrite(path, force=force)
    with open_project(project, coder) as work:
        if paper.swap is not None:
            out, into = (work.codings.find_ids([beginning])[0] for beginning in paper.swap)
            work.quotes.swap(out, into)
        if paper.journal or paper.appendix:
            _write_files(paper, work)
        if not paper.weighs:
            return
        balance = work.quotes.balance(everything)
    if json:
        print_json(balance)
    else:
        print_balance(balance)


def _write_files(paper: QuotePaper, work: Project) -> None:
    # One snapshot: what is checked is what is written.
    with work.snapshot():
        where = replace(with_paths(work, paper.where), chosen_only=True)
        sections = work.quotes.collect(where, attribution=paper.attribution)
        print_problems(work.disclosure.check_quotes(sections, paper.attribution, where.layer))
        for path, write in (
            (paper.journal, work.quotes.write_chosen),
            (paper.appendix, work.quotes.write_appendix),
        ):
            if path is not None:
                write(path, where, attribution=paper.attribution, language=paper.language)
                print_message(Message("Wrote {file}", file=str(path)))


def _with_names(shares: Sequence[QuoteShare]) -> list[QuoteShare]:
    return [replace(share, name=group_name(share.name) if share.name else "") for share in shares]


def print_balance(balance: QuoteBalance) -> None:
    """Print who is quoted how often, what is one-sided, and what to swap."""
    if not balance.quotes:
        print_message(Message("No quote was chosen yet. Choose one: qualcode quotes --choose ID"))
        return
    for title, shares in (
        (heading("participant"), balance.participants),
        (heading("group"), _with_names(balance.groups)),
        (heading("theme"), balance.themes),
    ):
        rows = [
            (
                share.name or "–",
                share.quotes,
                format_decimal(100 * share.share, 0) + "%",
                Message("too often") if share.too_many else "",
            )
            for share in shares
        ]
        print_table((title, heading("quotes"), heading("share"), ""), rows)
        print_result()
    if balance.never:
        print_message(Message("Never quoted: {names}.", names=", ".join(balance.never)))
    for code in balance.one_sided:
        label = code.label.in_language(get_language()) or code.code
        print_message(
            Message(
                "{code}: only {quoted} is quoted; it is also said by {missing}.",
                code=label,
                quoted=group_name(code.quoted),
                missing=", ".join(map(group_name, code.missing)),
            )
        )
    for quotes in balance.repeated:
        ids = ", ".join(quote.coding[:8] for quote in quotes)
        print_message(
            Message("The same words are printed twice: “{text}” ({ids})",
                    text=quotes[0].text, ids=ids)
        )  # fmt: skip
    for swap in balance.swaps:
        print_result(
            translate(
                Message(
                    "Swap {out} ({out_case}) for {into} ({into_case}): “{text}”",
                    out=swap.out.coding[:8],
                    out_case=swap.out.case,
                    into=swap.into.coding[:8],
                    into_case=swap.into.case,
                    text=swap.into.text,
                )
            )
        )
    if balance.swaps:
        print_message(Message("To swap: qualcode quotes --swap OUT INTO"))
