"""The annexes of a paper hold what may be printed, in one language, and nothing of the program."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from cli_runner import qualcode
from qualcode import study
from qualcode.errors import InvalidValueError, UndefinedRequestError, UnknownNameError
from qualcode.exporting import collect_references, methods_paragraphs
from qualcode.importing import read_transcript
from qualcode.model import (
    Attribute,
    AttributeType,
    Case,
    Code,
    Codebook,
    FrozenMap,
    LocalText,
    Participation,
    Span,
)
from qualcode.model.annex import AnnexKind
from qualcode.placement import Placement
from qualcode.project import Project
from qualcode.quotes import RiskKind, SampleRules, sample_risk, tabulate_sample
from qualcode.quotes.sample_tables import hide_grid
from sample_typology import make_settled_study


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, settled, with its topic guides."""
    path = tmp_path_factory.mktemp("annexes") / "study.qualcode"
    make_settled_study(path)
    with Project.open(path, as_coder="anna", verify=False) as project:
        for guide in study.guides():
            project.transcripts.read_guide(guide)
    return path


def words_of(path: Path) -> str:
    document: WordDocument = docx.Document(str(path))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.slow
@pytest.mark.parametrize("kind", AnnexKind)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_annex_is_the_same_bytes_and_names_nobody(
    sample: Path, tmp_path: Path, kind: AnnexKind, language: str
) -> None:
    with Project.open(sample) as project:
        for name in ("one.docx", "two.docx"):
            project.exchange.publication.write_annex(kind, tmp_path / name, language=language)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    text = words_of(tmp_path / "one.docx")
    assert not re.search(r"\b(anna|bram|supervisor|G0\d|P0\d\.)\b", text)


@pytest.mark.slow
def test_the_codebook_is_in_one_language_without_paths_colours_and_words(
    sample: Path, tmp_path: Path
) -> None:
    with Project.open(sample) as project:
        project.exchange.publication.write_annex("codebook", tmp_path / "c.docx", language="nl")
        book = project.codebook.get()
    text = words_of(tmp_path / "c.docx")
    assert "Eerste gebruik" in text
    assert "First use" not in text
    assert not re.search(r"#[0-9a-f]{6}", text)
    assert not [path for path in book.paths if "/" in path and path in text]
    # A word list of the sample codebook.
    assert "introductieweek" not in text
    assert "van 6 gebruikers" in text
    assert "“" in text


@pytest.mark.slow
def test_a_passage_that_is_withheld_is_no_example(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "study.qualcode"
    with Project.open(sample) as project:
        project.history.back_up(copy)
    with Project.open(copy, as_coder="anna") as project:
        publication = project.exchange.publication
        publication.write_annex("codebook", tmp_path / "c.csv", language="nl")
        before = (tmp_path / "c.csv").read_text("utf-8-sig")
        quote = next(
            q
            for section in project.quotes.collect()
            for q in section.quotes
            if q.text in before and len(q.text) > 40
        )
        project.disclosure.leave_out([quote.coding])
        publication.write_annex("codebook", tmp_path / "d.csv", language="nl")
    assert quote.text not in (tmp_path / "d.csv").read_text("utf-8-sig")


@pytest.mark.slow
def test_the_development_tells_what_was_added_split_and_joined(tmp_path: Path) -> None:
    label = LocalText({"nl": "Plezier", "en": "Joy"})
    codes = (Code("motives"), Code("motives/joy", label), Code("motives/rest"))
    with Project.create(tmp_path / "s.qualcode", as_coder="anna") as project:
        project.rounds.add_coder("anna")
        project.codebook.create("book", codes)
        project.codebook.add(Code("motives/sleep", LocalText({"en": "Sleep"})))
        project.codebook.merge("motives/rest", "motives/joy")
        project.codebook.edit("motives/joy", definition=LocalText({"en": "Fun."}), color="#123456")
        project.codebook.split("motives/sleep", ["early", "late"])
        project.exchange.publication.write_annex("development", tmp_path / "d.docx", language="en")
    text = words_of(tmp_path / "d.docx")
    assert "had 2 codes under 1 theme" in text
    for sentence in (
        "Added: ‘Sleep’.",
        "Joined: ‘rest’ with ‘Joy’.",
        "Changed in ‘Joy’: Definition.",
        "split motives/sleep into early, late",
    ):
        assert sentence in text
    assert "#123456" not in text
    assert "coder A" in text
    assert "anna" not in text


@pytest.mark.slow
def test_the_codebook_hides_small_counts_until_somebody_decides(
    sample: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "study.qualcode"
    with Project.open(sample) as project:
        project.history.back_up(copy)
    with Project.open(copy, as_coder="anna") as project:
        publication, disclosure = project.exchange.publication, project.disclosure

        def written(name: str) -> str:
            path = tmp_path / name
            publication.write_annex("codebook", path, language="en")
            return path.read_text("utf-8")

        before = written("before.md")
        assert "fewer than 3 respondents" in before
        assert not re.search(r"\b[12] of \d", before)
        (risk,) = (r for r in disclosure.check() if r.kind is RiskKind.CELLS)
        disclosure.accept_risk(risk.id, "all agreed")
        after = written("after.md")
        assert "fewer than 3 respondents" not in after
        assert re.search(r"\b1 of \d", after)
        # Hiding all small counts is the later and wider decision.
        disclosure.hide_counts()
        assert not re.search(r"\b[12] of \d", written("hidden.md"))


@pytest.mark.slow
def test_a_file_of_the_codebook_is_not_named(tmp_path: Path) -> None:
    with Project.create(tmp_path / "s.qualcode") as project:
        project.codebook.read(study.codebook())
        project.exchange.publication.write_annex("development", tmp_path / "d.md", language="en")
    text = (tmp_path / "d.md").read_text("utf-8")
    assert "read from a file" in text
    assert study.codebook().name not in text


@pytest.mark.slow
def test_the_methods_section_cites_nothing_that_is_not_in_the_references(sample: Path) -> None:
    """Each year in brackets of the paragraphs, and Clopper-Pearson, has its publication."""
    with Project.open(sample) as project:
        report = project.agreement.report(("anna", "bram"))
    for language in ("nl", "en"):
        paragraphs = methods_paragraphs(report, language)
        references = collect_references(paragraphs)
        cited = set(re.findall(r"\(?(?:et al\. )?((?:19|20)\d\d)\)", "\n".join(paragraphs)))
        assert cited <= {str(reference.year) for reference in references}
        assert {"Cohen, J.", "Krippendorff, K."} <= {r.authors for r in references}
        assert "Fleiss, J. L." not in {r.authors for r in references}
    assert collect_references(["Nothing is cited here."]) == ()


def test_without_two_coders_nothing_is_cited(tmp_path: Path) -> None:
    with Project.create(tmp_path / "s.qualcode") as project:
        project.codebook.create("book", (Code("motives"),))
        with pytest.raises(UndefinedRequestError, match="coded by two"):
            project.exchange.publication.write_annex("references", tmp_path / "r.docx")


@pytest.mark.slow
def test_wrong_requests_are_refused(sample: Path, tmp_path: Path) -> None:
    with Project.open(sample, as_coder="anna") as project:
        publication = project.exchange.publication
        with pytest.raises(UnknownNameError, match="development"):
            publication.write_annex("index", tmp_path / "i.docx")
        with pytest.raises(UnknownNameError, match="users"):
            publication.sample(["userz"])
        with pytest.raises(InvalidValueError, match="Say why"):
            publication.print_small_counts("sex", " ")
        with pytest.raises(UnknownNameError, match="shoe"):
            publication.print_small_counts("shoe", "because")


def people(*values: tuple[str, str]) -> tuple[Case, ...]:
    return tuple(
        Case(f"C{n}", FrozenMap({"group": group, "x": value}))
        for n, (group, value) in enumerate(values)
    )


RULES = SampleRules(3, (), {})


@pytest.mark.slow
def test_groups_stand_in_the_order_chosen(sample: Path) -> None:
    with Project.open(sample) as project:
        publication = project.exchange.publication
        assert publication.sample(["professionals"]).groups == ("professionals", "users")
        assert publication.sample(["users"]).sizes == (6, 4)


def test_a_small_count_takes_those_along_that_would_give_it_away() -> None:
    # 3 men and 1 woman of 4: the margins are known, so one hidden count is no secret.
    marks = hide_grid([[3, 4], [1, 5]], 3)
    assert all(mark for row in marks for mark in row)
    assert hide_grid([[3, 4], [3, 5]], 3) == [["", ""], ["", ""]]
    assert hide_grid([[0, 4], [3, 5]], 3) == [["", ""], ["", ""]]
    # Three groups: the third stays.
    assert hide_grid([[1, 4, 9], [7, 5, 9]], 3) == [["<3", "…", ""], ["…", "…", ""]]


def test_a_decision_prints_small_counts_with_its_reason() -> None:
    cases = people(*[("a", "m")] * 3, ("a", "f"), *[("b", "f")] * 3)
    (hidden,) = tabulate_sample(cases, [Attribute("x")], ("a", "b"), RULES).attributes
    assert all(count is None or count == 0 or count > 2 for r in hidden.rows for count in r.counts)
    rules = SampleRules(3, (), {sample_risk("x"): "they agreed"})
    (printed,) = tabulate_sample(cases, [Attribute("x")], ("a", "b"), rules).attributes
    assert [(row.value, row.counts, row.total) for row in printed.rows] == [
        ("f", (1, 3), 4),
        ("m", (3, 0), 3),
    ]
    assert printed.accepted == "they agreed"


def test_sixty_different_values_are_left_out_with_the_reason() -> None:
    cases = people(*[("a", f"town {n}") for n in range(60)])
    (alone,) = tabulate_sample(cases, [Attribute("x")], ("a",), RULES).attributes
    assert "60 different values" in alone.left_out
    cases = people(*[("a", f"town {n % 60}") for n in range(240)])
    (shared,) = tabulate_sample(cases, [Attribute("x")], ("a",), RULES).attributes
    assert "too many for a table" in shared.left_out
    assert not shared.rows


def test_a_number_has_mean_range_and_bands() -> None:
    ages = [20, 25, 30, 31, 40, 49, 50, 60]
    cases = people(*[("a" if n < 4 else "b", str(age)) for n, age in enumerate(ages)])
    attribute = Attribute("x", AttributeType.NUMBER, cuts=(30.0,))
    (row,) = tabulate_sample(cases, [attribute], ("a", "b"), RULES).attributes
    assert [(s.mean, s.lowest, s.highest) for s in row.numbers if s] == [
        (26.5, 20, 31),
        (49.75, 40, 60),
        (38.125, 20, 60),
    ]
    # Two people below thirty are too few for a band, and the others would give them away.
    assert not row.rows
    assert not row.left_out


def test_a_suppressed_attribute_says_so_and_every_attribute_is_there(sample: Path) -> None:
    with Project.open(sample) as project:
        table = project.exchange.publication.sample()
    assert [a.name for a in table.attributes] == ["sex", "age_band", "region", "work"]
    assert all(a.rows or a.left_out for a in table.attributes)
    rules = SampleRules(3, {"x"}, {})
    (left_out,) = tabulate_sample(people(("a", "v")), [Attribute("x")], ("a",), rules).attributes
    assert "decided" in left_out.left_out


def test_what_belongs_to_an_interview_is_named_as_left_out(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.qualcode", language="en") as project:
        (tmp_path / "A1.txt").write_text("I: Why?\nR: So.\n", encoding="utf-8")
        project.transcripts.add(read_transcript(tmp_path / "A1.txt"))
        part = Participation("A1", attributes=FrozenMap({"role": "volunteer"}))
        project.cases.replace([Case("P1", FrozenMap({"sex": "woman"}), (part,))])
        first, second = project.exchange.publication.sample().attributes
    assert (first.name, second.name) == ("sex", "role")
    assert second.left_out.startswith("It belongs to an interview")


@pytest.mark.slow
def test_the_codebook_as_a_sheet_has_a_row_for_each_code(sample: Path, tmp_path: Path) -> None:
    result = qualcode("annex", "codebook", "--out", tmp_path / "c.csv", folder=sample.parent)
    assert result.code == 0, result.err
    with Project.open(sample) as project:
        codes = len(project.codebook.get().active)
    assert len((tmp_path / "c.csv").read_text("utf-8-sig").splitlines()) == codes + 1


def test_an_empty_codebook_has_no_annex(tmp_path: Path) -> None:
    with Project.create(tmp_path / "s.qualcode") as project:
        project.codebook.save(Codebook("book", ()), "empty")
        project.exchange.publication.write_annex("codebook", tmp_path / "c.md")
        assert (tmp_path / "c.md").read_text("utf-8").startswith("# ")


@pytest.mark.slow
def test_a_code_without_a_fit_example_says_so_in_the_codebook(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("I: Vertel?\nR: Leuk.", "utf-8")
    with Project.create(tmp_path / "s.qualcode", as_coder="anna") as project:
        project.codebook.create("book", (Code("motives"), Code("motives/joy")))
        project.transcripts.add(read_transcript(file), confirmed=True)
        start = project.transcripts.get("talk").text.index("Leuk")
        placement = Placement("talk", Span(start, start + 4), "motives/joy", "anna")
        project.codings.add_placements([placement], origin="table:anna.csv")
        project.exchange.publication.write_annex("codebook", tmp_path / "c.md", language="en")
    text = (tmp_path / "c.md").read_text("utf-8")
    assert text.count("No example: none of its passages has 6 to 60 words") == 1
