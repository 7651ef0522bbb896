"""Codebook and guide files: what comes back, what is odd, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from hypothesis_examples import examples
from qualcode import study
from qualcode.codebooks import (
    check_guide,
    codebook_bytes,
    read_codebook,
    read_guide,
    rows_of_codebook,
)
from qualcode.errors import (
    InvalidCodebookError,
    InvalidTableError,
    QualcodeError,
    UnreadableFileError,
    UnsupportedFormatError,
    WriteError,
)
from qualcode.model import Code, Codebook, FrozenMap, Guide, LocalText, Question
from qualcode.project import Project

DOMAIN = {
    "users": "characteristics current_use first_use combined_use changes_in_use "
    "cutting_down_and_stopping",
    "motives": "enjoyment energy sociability confidence performance relaxation numbing_emotions "
    "curiosity boredom sobering_up sex status preferred_over_others ritual_and_reward",
    "influences": "personal_risk_factors role_of_others recreational_settings work_settings "
    "availability finances social_acceptance insight protective_factors",
    "consequences": "dependence_and_loss_of_control partner_and_family money work sexual_risks "
    "emotional_and_mental physical acute_incidents aggression shame no_enjoyment_without",
}


def written(tmp_path: Path, text: str, name: str = "book.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_sample_codebook_has_the_codes_of_the_study_and_nothing_odd(
    sample_codebook: Codebook,
) -> None:
    book = sample_codebook
    assert {theme.path for theme in book.themes} == set(DOMAIN)
    for theme, names in DOMAIN.items():
        assert {code.name for code in book.children(theme)} == set(names.split())


def test_every_entry_of_the_sample_codebook_is_complete_in_both_languages(
    sample_codebook: Codebook,
) -> None:
    """Whoever codes by it must be able to decide from it alone."""
    for code in sample_codebook.codes:
        for field in Code.TEXT_FIELDS:
            assert set(getattr(code, field)) == {"nl", "en"}, f"{code.path}: {field}"
        assert len(code.terms) >= 5, code.path
        assert code.values("asked_of"), code.path


@pytest.mark.parametrize("path", study.guides(), ids=lambda path: path.stem)
def test_the_guides_expect_only_codes_that_exist(path: Path, sample_codebook: Codebook) -> None:
    guide, problems = read_guide(path)
    assert problems == ()
    assert check_guide(guide, sample_codebook) == ()
    assert all(set(question.text) == {"nl", "en"} for question in guide.questions)


def test_a_guide_that_expects_an_unknown_code_says_which_one_was_meant() -> None:
    book = Codebook("b", (Code("influences"), Code("influences/availability")))
    guide, _ = read_guide(study.guides()[0])
    problems = check_guide(guide, book)
    assert problems
    assert all("No code" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("codes: [", "not valid YAML (line 1)"),
        ("- a\n- b\n", "holds no fields"),
        ("format: qualcode-codebook/9\ncodes: []", "qualcode-codebook/9"),
        ("name: x\n", "It has no codes"),
        ("codes: 3\n", "'codes' should be a list"),
        ("codes:\n  - label: x\n", "A code needs a 'name'"),
        ("codes:\n  - name: a\n  - name: a\n", "twice"),
        ("codes:\n  - name: Big Name\n", "not a code path"),
        ("codes:\n  - name: a\n    color: red\n", "not a colour"),
        ("codes:\n  - name: a\n    label: [x]\n", "'label' should be a text"),
        ("codes:\n  - name: a\n    terms: {x: 1}\n", "'terms' should be a list"),
        ("codes:\n  - name: a\n    terms: [[x]]\n", "list of texts"),
        ("codes:\n  - name: a\n    attributes: [x]\n", "'attributes' should be fields"),
        ("codes:\n  - name: a\n    examples: x\n", "'typical' and 'borderline'"),
        ("codes: &top\n  - name: a\n    codes: *top\n", "refers to another part of itself"),
        ("a: 1\na: 2\n", "not valid YAML"),
        ("codes:\n  - name: a\n    definition: !!python/object:x {}\n", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_with_what_to_mend(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(InvalidCodebookError) as error:
        read_codebook(written(tmp_path, text))
    assert message in str(error.value)
    assert "book.yaml" in str(error.value)


def test_every_fault_of_a_file_is_listed_at_once(tmp_path: Path) -> None:
    text = "codes:\n  - name: A B\n  - name: c\n    color: red\n  - label: x\n"
    with pytest.raises(InvalidCodebookError, match=r"top level: A code needs a 'name'") as error:
        read_codebook(written(tmp_path, text))
    assert len(error.value.problems) == 3


def test_odd_things_are_told_and_do_not_stop_the_reading(tmp_path: Path) -> None:
    text = "codes:\n  - name: a\n    defintion: oops\n    terms: [x, x]\n"
    book, problems = read_codebook(written(tmp_path, text))
    assert book.paths == ("a",)
    told = " ".join(map(str, problems))
    assert "Did you mean 'definition'" in told
    assert "has 'x' twice" in told
    assert "no definition" in told


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.yaml", b"", UnreadableFileError),
        ("latin.yaml", "codes:\n  - name: é".encode("latin-1"), UnreadableFileError),
        ("nul.yaml", b"codes:\x00", InvalidCodebookError),
        ("book.docx", b"PK", UnsupportedFormatError),
        ("columns.csv", b"iets;kleur\na;b\n", InvalidTableError),
        ("empty.csv", b" \n", UnreadableFileError),
        ("cycle.csv", b"code,parent\na,b\nb,a\n", InvalidCodebookError),
        ("twice.csv", b"code\na\na\n", InvalidCodebookError),
        ("orphan.csv", b"code\na/b\n", InvalidCodebookError),
    ],
)
def test_bad_files_are_refused_by_name(
    tmp_path: Path, name: str, data: bytes, error: type[QualcodeError]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error, match=name.rsplit(".", 1)[0]):
        read_codebook(path)


def test_another_kind_of_file_is_refused_with_what_to_give(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(UnsupportedFormatError, match=r"into a \.txt: a code on each line"):
        read_codebook(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_codebook(tmp_path / "none.yaml")


def test_a_table_with_a_parent_column_is_a_codebook_too(tmp_path: Path) -> None:
    """Excel in Dutch writes semicolons and a byte order mark."""
    text = "\ufeffcode;parent;label_nl;terms\ninfl;;Invloeden;\nmoney;infl;Geld;duur; prijs\n"
    path = written(tmp_path, text.replace("duur; prijs", '"duur; prijs"'), "book.csv")
    book, _ = read_codebook(path)
    assert book.paths == ("infl", "infl/money")
    assert book.code("infl/money").terms == ("duur", "prijs")


def test_writing_where_nobody_may_write_is_one_sentence(tmp_path: Path) -> None:
    with Project.create(tmp_path / "s.qualcode") as project:
        project.codebook.create("b", (Code("a"),))
        with pytest.raises(WriteError, match="there is no folder"):
            project.codebook.write(tmp_path / "none" / "book.yaml")


def write_codebook(book: Codebook, path: Path) -> None:
    path.write_bytes(codebook_bytes(book, path))


NAMES = st.text("abcdefgh_0123", min_size=1, max_size=6)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn", "Co")),
    min_size=1,
    max_size=12,
)
TEXTS = st.dictionaries(st.sampled_from(["nl", "en"]), WORDS, max_size=2).map(LocalText)


def entries(path: str) -> st.SearchStrategy[Code]:
    return st.builds(
        Code,
        st.just(path),
        label=TEXTS,
        definition=TEXTS,
        typical=TEXTS,
        terms=st.lists(WORDS, max_size=3, unique=True).map(tuple),
        attributes=st.dictionaries(NAMES, st.tuples(WORDS), max_size=2).map(FrozenMap),
    )


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    codes: list[Code] = []
    for theme in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
        children = draw(st.lists(NAMES, max_size=3, unique=True))
        for path in (theme, *(f"{theme}/{name}" for name in children)):
            codes.append(draw(entries(path)))  # noqa: PERF401 - drawn one after the other
    return Codebook("book", tuple(codes))


@pytest.mark.slow
@given(book=codebooks())
@settings(max_examples=examples(40), deadline=None)
def test_a_codebook_comes_back_equal_from_yaml(
    tmp_path_factory: pytest.TempPathFactory, book: Codebook
) -> None:
    path = tmp_path_factory.mktemp("book") / "book.yaml"
    write_codebook(book, path)
    read, _ = read_codebook(path)
    assert read.codes == book.codes


@pytest.mark.slow
def test_the_sample_codebook_comes_back_equal_from_yaml_and_csv(
    tmp_path: Path, sample_codebook: Codebook
) -> None:
    book = sample_codebook
    for name in ("book.yaml", "book.csv"):
        write_codebook(book, tmp_path / name)
        read, problems = read_codebook(tmp_path / name)
        assert read.codes == book.codes
        assert problems == ()


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\x0b", "\ufeff", "\ttab", "\x00", " #", ": "])
def test_every_character_inside_a_text_comes_back_from_yaml(odd: str, tmp_path: Path) -> None:
    text = LocalText({"nl": f"een{odd}twee", "en": f"one\ntwo{odd}three"})
    book = Codebook("book", (Code("a", label=text, definition=text, terms=(f"x{odd}y",)),))
    write_codebook(book, tmp_path / "book.yaml")
    read, _ = read_codebook(tmp_path / "book.yaml")
    assert read.codes == book.codes


def test_retired_codes_stand_in_a_table_and_come_back(tmp_path: Path) -> None:
    """The table names the code that one was merged into by its path."""
    book = Codebook(
        "book",
        (
            Code("a", LocalText({"nl": "A"}), id="1"),
            Code("b", LocalText({"nl": "B"}), id="2", retired=True, merged_into="1"),
            Code("c", LocalText({"nl": "C"}), id="3", retired=True),
        ),
    )
    write_codebook(book, tmp_path / "book.csv")
    read, _ = read_codebook(tmp_path / "book.csv")
    assert [(c.path, c.retired, c.merged_into) for c in read.codes] == [
        ("a", False, ""),
        ("b", True, "a"),
        ("c", True, ""),
    ]
    assert "retired" not in rows_of_codebook(replace(book, codes=book.codes[:1]))[0]


def test_a_guide_that_expects_a_retired_code_is_told() -> None:
    book = Codebook("book", (Code("a", retired=True),))
    guide = Guide("g", "users", (Question("U1", LocalText({"nl": "Hoe?"}), ("a", "b")),))
    assert [p.message for p in check_guide(guide, book)] == [
        "Code 'a' is retired.",
        "No code 'b' in codebook 'book'. There is: a.",
    ]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("codes:\n\t- name: a\n", "(line 2): the line begins with a tab."),
        (
            "codes:\n  - name: a\n    definition: Kosten: alles\n",
            '(line 3): the text holds a colon. Write: definition: "Kosten: alles"',
        ),
        ("codes:\n  - name: a\n   label: A\n", "(line 3): the line does not begin as deep"),
        ("codes:\n  - name: a\n    label: @A\n", 'Write: label: "@A"'),
        ("codes:\n  - name: a\n    label: {en: A\n", "is not closed"),
        ("codes:\n  - name: a\n    color: #15803d\n", 'color: "#15803d"'),
        ("codes:\n  - naam: a\n", "Write 'name:' instead of 'naam:'."),
        ("codes:\n  - name: Big Name\n", "Write 'name: big_name' and 'label: Big Name'."),
        ("codes:\n  - name: a\n    retired: ja\n", "'retired' should be true or false."),
    ],
)
def test_an_error_in_yaml_names_the_line_and_what_to_write(
    tmp_path: Path, text: str, advice: str
) -> None:
    with pytest.raises(InvalidCodebookError) as error:
        read_codebook(written(tmp_path, text))
    assert advice in str(error.value)


def test_a_text_that_a_comma_cuts_within_braces_is_refused(tmp_path: Path) -> None:
    text = "codes:\n  - name: a\n    definition: {en: Too much work, deadlines, long hours.}\n"
    with pytest.raises(InvalidCodebookError) as error:
        read_codebook(written(tmp_path, text))
    assert '{en: "Too much work, deadlines, long hours."}' in str(error.value)


def test_a_language_without_a_text_is_no_cut(tmp_path: Path) -> None:
    book, _ = read_codebook(written(tmp_path, "codes:\n  - name: a\n    label: {nl: , en: A}\n"))
    assert dict(book.code("a").label) == {"en": "A"}


def test_an_attribute_without_a_value_is_reported(tmp_path: Path) -> None:
    text = "codes:\n  - name: a\n    attributes: {level: group, person}\n"
    _, problems = read_codebook(written(tmp_path, text))
    assert any("'person' has no value" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "code;definitie\nBelasting;\nBelasting > Geld;Kosten\n",
        "Code,Omschrijving\nBelasting > Geld,Kosten\n",
        "code,parent,definition\nBelasting,,\nGeld,Belasting,Kosten\n",
        "Belasting\nBelasting > Geld\n",
    ],
    ids=["Dutch", "implied", "parent", "bare list"],
)
def test_codes_as_people_type_them_get_paths_and_keep_their_labels(
    tmp_path: Path, text: str
) -> None:
    book, problems = read_codebook(written(tmp_path, text, "book.csv"))
    assert book.paths == ("belasting", "belasting/geld")
    assert [book.code(path).title("nl") for path in book.paths] == ["Belasting", "Geld"]
    assert not any("not read" in problem.message for problem in problems)


def test_a_slash_within_a_label_is_no_level(tmp_path: Path) -> None:
    book, _ = read_codebook(written(tmp_path, "code\nSSL/TLS\n", "book.csv"))
    assert book.code("ssl_tls").title("nl") == "SSL/TLS"


def test_columns_of_a_codebook_that_are_not_read_are_named(tmp_path: Path) -> None:
    text = "Code;Comment;Code Group 1\nWonen;hoe het is;Thema\n"
    book, problems = read_codebook(written(tmp_path, text, "book.csv"))
    assert book.code("wonen").definition["nl"] == "hoe het is"
    assert book.code("wonen").values("code_group") == ("Thema",)
    assert [str(problem) for problem in problems if "not read" in str(problem)] == []


def test_a_row_with_more_cells_than_titles_is_read(tmp_path: Path) -> None:
    book, _ = read_codebook(written(tmp_path, "code;label\na;A;;te veel\n", "book.csv"))
    assert book.paths == ("a",)
