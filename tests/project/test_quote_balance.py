"""The balance of chosen quotes: one person too often is flagged, and a swap keeps every code."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode import study
from qualcode.errors import UndefinedRequestError, UnsupportedFormatError
from qualcode.model import Case, FrozenMap, LocalText, Quote, QuoteSection, Span
from qualcode.model.quote_balance import QuoteBalance
from qualcode.project import Project
from qualcode.quotes import weigh_quotes


@pytest.fixture(scope="module")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three users and a professional, coded by anna."""
    path = tmp_path_factory.mktemp("balance") / "study.qualcode"
    with Project.create(path, name="Proef") as project:
        project.codebook.read(study.codebook())
        wanted = [one for one in study.transcripts() if one.stem in {"G01", "G02", "G04", "P02"}]
        for result in project.transcripts.read_files(wanted):
            assert result.read is not None
            text = result.read.transcript
            project.transcripts.set_roles(text.name, {one.label: one.role for one in text.speakers})
        project.cases.read(study.cases())
        project.codings.read_table(study.codings()[0], partial=True)
    return path


@pytest.fixture
def project(study_file: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(
        shutil.copy(study_file, tmp_path / "s.qualcode"), as_coder="anna", verify=False
    ) as opened:
        yield opened


def choose_of(project: Project, name: str, count: int) -> list[str]:
    ids = [c.id for c in project.codings.collect() if c.transcript == name][:count]
    project.quotes.choose(ids)
    return ids


def codes_quoted(project: Project) -> set[str]:
    chosen = {q.coding for s in project.quotes.collect() for q in s.quotes if q.chosen}
    return {c.code for c in project.codings.collect() if c.id in chosen}


@pytest.mark.slow
def test_25_quotes_of_one_person_are_flagged_and_each_swap_lowers_the_share(
    project: Project,
) -> None:
    choose_of(project, "G01", 25)
    balance = project.quotes.balance()
    (share,) = balance.too_often
    assert (share.name, share.quotes, share.share) == ("G1", 25, 1.0)
    assert set(balance.never) >= {"G2", "G4", "P2"}
    codes = codes_quoted(project)
    assert balance.swaps
    before = share.share
    for swap in balance.swaps:
        assert swap.out.code == swap.into.code
        assert swap.into.case != "G1"
        project.quotes.swap(swap.out.coding, swap.into.coding)
        now = project.quotes.balance().participants[0]
        assert now.share < before
        before = now.share
        assert codes_quoted(project) == codes
    assert project.quotes.balance().quotes == 25


@pytest.mark.slow
def test_a_swap_is_undone_in_one_step(project: Project) -> None:
    choose_of(project, "G01", 25)
    swap = project.quotes.balance().swaps[0]
    project.quotes.swap(swap.out.coding, swap.into.coding)
    project.history.undo()
    assert project.quotes.balance().participants[0].quotes == 25


def test_quotes_spread_over_people_are_not_flagged(project: Project) -> None:
    for name in ("G01", "G02", "G04", "P02"):
        choose_of(project, name, 4)
    balance = project.quotes.balance()
    assert balance.too_often == ()
    assert balance.swaps == ()
    assert not {"G1", "G2", "G4", "P2"} & {*balance.never}


def test_a_code_of_one_group_only_names_who_else_says_it(project: Project) -> None:
    codings = project.codings.collect()
    of_both = {c.code for c in codings if c.transcript == "P02"}
    code = next(c.code for c in codings if c.transcript == "G01" and c.code in of_both)
    project.quotes.choose([c.id for c in codings if c.code == code and c.transcript == "G01"][:1])
    (one_sided,) = project.quotes.balance().one_sided
    assert (one_sided.code, one_sided.quoted, one_sided.is_group) == (code, "users", True)
    assert "professionals" in one_sided.missing


def test_the_same_words_under_two_codes_are_told(project: Project) -> None:
    from qualcode.placement import Placement

    coding = max(
        (c for c in project.codings.collect() if c.transcript == "G01"), key=lambda c: len(c.quote)
    )
    code = "motives/sex"
    project.codings.add_placements([Placement("G01", coding.span, code, "anna")], origin="manual")
    again = next(c for c in project.codings.collect() if c.code == code and c.span == coding.span)
    project.quotes.choose([coding.id, again.id])
    (repeated,) = project.quotes.balance().repeated
    assert {quote.coding for quote in repeated} == {coding.id, again.id}


def test_without_chosen_quotes_the_balance_is_empty_and_files_say_what_to_do(
    project: Project, tmp_path: Path
) -> None:
    balance = project.quotes.balance()
    assert (balance.quotes, balance.too_often, balance.swaps) == (0, (), ())
    assert weigh_quotes((), ()).participants == ()
    with pytest.raises(UndefinedRequestError, match="No quote was chosen yet"):
        project.quotes.write_chosen(tmp_path / "a.docx")


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "html", "md", "xlsx", "csv"])
def test_the_appendix_has_theme_subtheme_quote_and_participant(
    project: Project, tmp_path: Path, suffix: str
) -> None:
    choose_of(project, "G01", 3)
    path = tmp_path / f"appendix.{suffix}"
    project.quotes.write_appendix(path, language="en")
    first = path.read_bytes()
    project.quotes.write_appendix(path, language="en")
    assert path.read_bytes() == first
    if suffix in {"csv", "md"}:
        text = path.read_text("utf-8-sig")
        assert all(word in text for word in ("theme", "subtheme", "quote", "participant", "G1"))


@pytest.mark.slow
def test_the_document_for_a_journal_has_no_marks_of_the_program(
    project: Project, tmp_path: Path
) -> None:
    ids = choose_of(project, "G01", 3)
    path = tmp_path / "chosen.docx"
    project.quotes.write_chosen(path)
    with zipfile.ZipFile(path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for mark in ("qualcode", "anna", "G01", "gekozen", ids[0][:8], "TOC \\o"):
        assert mark.encode() not in content, mark
    with pytest.raises(UnsupportedFormatError):
        project.quotes.write_chosen(tmp_path / "chosen.xlsx")


@pytest.mark.slow
def test_what_is_left_out_is_neither_printed_nor_proposed(project: Project, tmp_path: Path) -> None:
    ids = choose_of(project, "G01", 25)
    swap = project.quotes.balance().swaps[0]
    project.disclosure.leave_out([ids[0], swap.into.coding])
    balance = project.quotes.balance()
    assert balance.quotes == 24
    assert all(swap.into.coding != s.into.coding for s in balance.swaps)
    quote = next(c.quote for c in project.codings.collect() if c.id == ids[0])
    project.quotes.write_chosen(tmp_path / "a.md")
    assert quote not in (tmp_path / "a.md").read_text("utf-8")


WORDS = "een twee drie vier vijf zes zeven {n}"
LABEL = LocalText({"nl": "Code"})


def quote_of(n: int, *persons: str, code: str = "a/b", chosen: bool = False) -> Quote:
    """Return a quote by one person or several, all users."""
    return Quote(
        coding=f"{code}{n}", text=WORDS.format(n=n), transcript="t", span=Span(n, n + 1), turn=1,
        time_ms=None, case=", ".join(persons), group="users", attributes=FrozenMap(), code=code,
        code_label=LABEL, theme="a", theme_label=LABEL, coder="anna", chosen=chosen,
        groups=("users",), cases=persons,
    )  # fmt: skip


def weigh(*quotes: Quote, names: str = "An Bo Cor Dré Els Fie Gé Hal") -> QuoteBalance:
    cases = [Case(name, FrozenMap({"group": "users"})) for name in names.split()]
    sections = [
        QuoteSection(code, LABEL, "a", LABEL, (), tuple(q for q in quotes if q.code == code))
        for code in dict.fromkeys(quote.code for quote in quotes)
    ]
    return weigh_quotes(sections, cases)


def test_a_dialogue_counts_for_each_who_speaks_in_it() -> None:
    dialogues = [quote_of(n, "An", "Bo", chosen=True) for n in range(4)]
    balance = weigh(*dialogues, quote_of(9, "Cor", chosen=True))
    counts = {share.name: share.quotes for share in balance.participants}
    assert (counts["An"], counts["Bo"], counts["Cor"]) == (4, 4, 1)
    assert "An, Bo" not in counts
    assert balance.never == ("Dré", "Els", "Fie", "Gé", "Hal")
    assert [share.name for share in balance.too_often] == ["An", "Bo"]


def test_a_dialogue_that_all_speak_in_is_of_nobody_too_often() -> None:
    balance = weigh(*(quote_of(n, "An", "Bo", "Cor", chosen=True) for n in range(5)),
                    names="An Bo Cor")  # fmt: skip
    assert balance.too_often == ()


def test_two_in_a_dialogue_are_not_one_voice() -> None:
    others = quote_of(5, "Cor")
    assert weigh(quote_of(1, "An", "Bo", chosen=True), quote_of(2, "An", chosen=True),
                 others).one_sided == ()  # fmt: skip
    (one_sided,) = weigh(*(quote_of(n, "An", chosen=True) for n in (1, 2)),
                         quote_of(3, "Bo", "Cor")).one_sided  # fmt: skip
    assert (one_sided.quoted, one_sided.missing) == ("An", ("Bo", "Cor"))


def test_swaps_stop_when_the_balance_is_restored_and_the_most_useful_comes_first() -> None:
    # An has five of twelve, where three is twice an equal share; Bo has one quote already.
    of_an = [quote_of(n, "An", code="a/b", chosen=True) for n in range(3)]
    of_an += [quote_of(n, "An", code="a/c", chosen=True) for n in range(3, 5)]
    rest = [
        quote_of(10 + n, name, code="a/d", chosen=True)
        for n, name in enumerate(["Bo", "Cor", "Dré", "Els", "Fie", "Bo", "Cor"])
    ]
    free = [quote_of(20 + n, "Bo", code="a/b") for n in range(4)]
    free += [quote_of(30 + n, name, code="a/c") for n, name in enumerate(["Gé", "Hal"])]
    swaps = weigh(*of_an, *rest, *free).swaps
    assert [swap.into.case for swap in swaps] == ["Gé", "Hal"]


def test_no_swap_leads_to_somebody_who_would_be_quoted_too_often() -> None:
    of_an = [quote_of(n, "An", chosen=True) for n in range(6)]
    free = [quote_of(20 + n, "Bo") for n in range(6)]
    assert [swap.into.case for swap in weigh(*of_an, *free).swaps] == ["Bo", "Bo"]
