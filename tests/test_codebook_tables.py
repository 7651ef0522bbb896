"""Codebooks in the tables of other programs, and as people type them: paths made, labels kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment

from cli_runner import qualcode
from qualcode.codebooks import codebook_bytes, read_codebook
from qualcode.errors import InvalidCodebookError, InvalidTableError, UnknownColumnsError
from qualcode.model import Code, Codebook, LocalText
from qualcode.project import Project

TREE = [
    ("sociale_steun", "Sociale steun", ""),
    ("sociale_steun/familie", "Familie", "hulp van familie"),
    ("sociale_steun/vrienden", "Vrienden", ""),
    ("wonen", "Wonen", "waar iemand woont"),
    ("wonen/buurt", "Buurt", ""),
]
TABLES = {
    "typed": """Code;Definitie
Sociale steun;
Sociale steun > Familie;hulp van familie
Sociale steun > Vrienden;
Wonen;waar iemand woont
Wonen > Buurt;
""",
    "MAXQDA": """Code\tMemo
Sociale steun\\Familie\thulp van familie
Sociale steun\\Vrienden\t
Wonen\twaar iemand woont
Wonen\\Buurt\t
""",
    "MAXQDA with parents": """Color;Parent code;Code;Code memo;Cod. seg.
;;Sociale steun;;3
;Sociale steun;Familie;hulp van familie;2
;Sociale steun;Vrienden;;1
;;Wonen;waar iemand woont;0
;Wonen;Buurt;;4
""",
    "with GUIDs": """GUID;Parent GUID;Code;Memo
A1-0;;Sociale steun;
A1-1;A1-0;Familie;hulp van familie
A1-2;A1-0;Vrienden;
B2-0;;Wonen;waar iemand woont
B2-1;B2-0;Buurt;
""",
    "NVivo": """Name,Description,Files,References
Nodes\\\\Sociale steun,,2,3
Nodes\\\\Sociale steun\\Familie,hulp van familie,2,2
Nodes\\\\Sociale steun\\Vrienden,,1,1
Nodes\\\\Wonen,waar iemand woont,1,1
Nodes\\\\Wonen\\Buurt,,1,1
""",
    "Taguette": """tag,description,number of highlights
Sociale steun,,3
Sociale steun.Familie,hulp van familie,2
Sociale steun.Vrienden,,1
Wonen,waar iemand woont,1
Wonen.Buurt,,4
""",
    "Dedoose": """Id,Parent Id,Depth,Title,Description,Weighted
1,,0,Sociale steun,,False
2,1,1,Familie,hulp van familie,False
3,1,1,Vrienden,,False
4,,0,Wonen,waar iemand woont,False
5,4,1,Buurt,,False
""",
    "depths": """Niveau;Code;Definitie
1;Sociale steun;
2;Familie;hulp van familie
2;Vrienden;
1;Wonen;waar iemand woont
2;Buurt;
""",
    "indented": """Code;Definitie
Sociale steun;
   Familie;hulp van familie
   Vrienden;
Wonen;waar iemand woont
\tBuurt;
""",
    "bullets": """Code;Definitie
Sociale steun;
- Familie;hulp van familie
- Vrienden;
Wonen;waar iemand woont
- Buurt;
""",
    "levels": """Niveau 1;Niveau 2;Omschrijving
Sociale steun;;
;Familie;hulp van familie
;Vrienden;
Wonen;;waar iemand woont
;Buurt;
""",
    "theme and code": """Thema,Code,Definitie
Sociale steun,Familie,hulp van familie
Sociale steun,Vrienden,
Wonen,,waar iemand woont
Wonen,Buurt,
""",
    "list": """Sociale steun
Sociale steun > Familie
Sociale steun > Vrienden
Wonen
Wonen > Buurt
""",
}


def written(folder: Path, text: str, name: str = "book.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def tree(book: Codebook) -> list[tuple[str, str, str]]:
    return [(c.path, c.title("nl"), c.definition.in_language("nl")) for c in book.codes]


@pytest.mark.parametrize("kind", TABLES)
def test_each_way_to_write_a_tree_gives_the_same_codes(tmp_path: Path, kind: str) -> None:
    book, _ = read_codebook(written(tmp_path, TABLES[kind]))
    expected = [(*row[:2], "") for row in TREE] if kind == "list" else TREE
    assert tree(book) == expected


@pytest.mark.parametrize(
    "text",
    [
        TABLES["list"],
        "\ufeff" + TABLES["list"].replace("\n", "\r\n"),
        "Codes\n" + TABLES["list"],
        "Sociale steun\n\tFamilie\n\tVrienden\n\nWonen\n\tBuurt\n",
        "Sociale steun\n- Familie\n- Vrienden\nWonen\n- Buurt",
        "Code\tDefinitie\n" + TABLES["list"].replace("\n", "\t\n"),
    ],
)
def test_a_simple_list_of_codes_is_read_from_a_text_file(tmp_path: Path, text: str) -> None:
    book, _ = read_codebook(written(tmp_path, text, "book.txt"))
    assert tree(book) == [(*row[:2], "") for row in TREE]


def test_a_comma_in_a_line_of_a_list_parts_no_columns(tmp_path: Path) -> None:
    book, _ = read_codebook(written(tmp_path, "Werk, school; thuis\nWonen\n", "book.txt"))
    assert tree(book) == [("werk_school_thuis", "Werk, school; thuis", ""), ("wonen", "Wonen", "")]


@pytest.mark.parametrize(
    "title", ["Code", "Código", "Codice", "Kod", "代码", "code name", "Tag", "\ufeffCode"]
)
def test_the_code_is_known_by_its_title_in_other_languages(tmp_path: Path, title: str) -> None:
    book, _ = read_codebook(written(tmp_path, f"{title};Memo\nWonen;waar\n"))
    assert tree(book) == [("wonen", "Wonen", "waar")]


def test_names_of_atlas_ti_have_no_levels_and_its_groups_are_kept(tmp_path: Path) -> None:
    text = "Code;Comment;Code Group 1;Code Group 2\nWonen: buurt > hier;x;Thema;Plek\nA/B;;;\n"
    book, problems = read_codebook(written(tmp_path, text))
    assert book.paths == ("wonen_buurt_hier", "a_b")
    assert book.code("wonen_buurt_hier").title("nl") == "Wonen: buurt > hier"
    assert book.code("wonen_buurt_hier").values("code_group") == ("Thema", "Plek")
    assert book.code("a_b").title("nl") == "A/B"
    assert not any("not read" in str(problem) for problem in problems)


def test_two_labels_never_become_one_code(tmp_path: Path) -> None:
    book, _ = read_codebook(written(tmp_path, "Code\nSSL/TLS\nSSL-TLS\nSSL TLS > deel\n"))
    assert tree(book) == [
        ("ssl_tls", "SSL/TLS", ""),
        ("ssl_tls_2", "SSL-TLS", ""),
        ("ssl_tls_3", "SSL TLS", ""),
        ("ssl_tls_3/deel", "deel", ""),
    ]


def test_one_name_under_two_themes_is_two_codes(tmp_path: Path) -> None:
    text = "Parent code;Code\n;Werk\n;Thuis\nWerk;Anders\nThuis;Anders\nThuis > Anders;Meer\n"
    book, _ = read_codebook(written(tmp_path, text))
    assert book.paths == ("werk", "werk/anders", "thuis", "thuis/anders", "thuis/anders/meer")


def test_a_colour_that_is_a_word_and_a_column_nobody_knows_lose_no_code(tmp_path: Path) -> None:
    text = "Code;Color;Cod. seg.\nA;blauw;3\nB;#00FF00;1\n"
    book, problems = read_codebook(written(tmp_path, text))
    assert book.code("b").color == "#00ff00"
    assert "Columns that were not read: Cod. seg." in str(problems[0])


@pytest.mark.parametrize("titles", ["Wanneer wel;Wanneer niet", "Inclusion;Exclusion"])
def test_when_to_use_a_code_and_when_not_are_read(tmp_path: Path, titles: str) -> None:
    book, problems = read_codebook(written(tmp_path, f"Code;{titles}\nA;kou;warmte\n"))
    assert book.code("a").include == LocalText({"nl": "kou"})
    assert book.code("a").exclude == LocalText({"nl": "warmte"})
    assert "Columns" not in str(problems)


@pytest.mark.parametrize("text", ["Iets;Anders\na;b\n", "\u0301;x\na;b\n", "1;2;3\n4;5;6\n"])
def test_a_table_without_a_known_column_asks_which_it_is(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UnknownColumnsError) as refused:
        read_codebook(path)
    titles = refused.value.titles
    assert len(titles) > 1
    book, _ = read_codebook(path, columns={"code": titles[0], "definition": titles[1]})
    assert len(book.codes) == 1
    with pytest.raises(UnknownColumnsError):
        read_codebook(path, columns={"code": "niet daar"})


def test_a_column_with_another_title_that_may_hold_the_tree_is_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, "颜色;父代码;代码\n;;社会支持\n;社会支持;家庭\n")
    with pytest.raises(UnknownColumnsError, match="父代码") as refused:
        read_codebook(path)
    assert refused.value.missing == ("code", "parent")
    tree_of = read_codebook(path, columns={"code": "代码", "parent": "父代码"})[0]
    assert [code.title("nl") for code in tree_of.codes] == ["社会支持", "家庭"]
    assert tree_of.paths[1].startswith(f"{tree_of.paths[0]}/")
    flat, problems = read_codebook(path, columns={"code": "代码"})
    assert all("/" not in code for code in flat.paths)
    assert "父代码" in str(problems[0])


def test_a_column_of_other_words_is_no_tree(tmp_path: Path) -> None:
    book, _ = read_codebook(written(tmp_path, "Code;Bron\nWonen;lijst\nBuurt;Wonen\n"))
    assert book.paths == ("wonen", "buurt")


@pytest.mark.parametrize(
    "titles", ["Document;Codes;Text Content", "Document name;Code;Segment", "transcript;code;quote"]
)
def test_a_table_of_codings_is_no_codebook(tmp_path: Path, titles: str) -> None:
    with pytest.raises(InvalidTableError, match="qualcode code FILE --from"):
        read_codebook(written(tmp_path, f"{titles}\nG1;Wonen, Buurt;in de straat\n"))


@pytest.mark.parametrize("name", ["book.txt", "book.tsv"])
def test_a_list_that_somebody_typed_may_be_plain_text(tmp_path: Path, name: str) -> None:
    text = "Sociale steun\n\tFamilie\n\tVrienden\nWonen\n\tBuurt\n"
    book, _ = read_codebook(written(tmp_path, text, name))
    assert tree(book) == [(*row[:2], "") for row in TREE]


@pytest.mark.parametrize(
    "text",
    [
        "GUID;Parent GUID;Code\na;b;A\nb;a;B\n",
        "Parent code;Code\nA;B\nB;A\n",
        "Code\nA > B\nA > B\n",
    ],
    ids=["ids in a circle", "parents in a circle", "twice"],
)
def test_a_tree_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidCodebookError):
        read_codebook(written(tmp_path, text))


def test_indents_of_cells_in_excel_are_levels(tmp_path: Path) -> None:
    book_file = openpyxl.Workbook()
    sheet: Any = book_file.active
    rows = [("Name", 0, "Description"), ("Sociale steun", 0, ""), ("Familie", 1, "hulp")]
    for number, (name, indent, text) in enumerate(rows, 1):
        cell = sheet.cell(number, 1, name)
        cell.alignment = Alignment(indent=indent)
        sheet.cell(number, 2, text)
    book_file.save(tmp_path / "nvivo.xlsx")
    with Project.create(tmp_path / "s.qualcode") as project:
        book, _ = project.codebook.read(tmp_path / "nvivo.xlsx")
    assert tree(book) == [
        ("sociale_steun", "Sociale steun", ""),
        ("sociale_steun/familie", "Familie", "hulp"),
    ]


@pytest.mark.slow
def test_the_language_of_the_project_is_that_of_a_table(tmp_path: Path) -> None:
    written(tmp_path, "Code;Comment\nHousing;where one lives\n")
    assert qualcode("new", "s", "--language", "en", folder=tmp_path).code == 0
    assert qualcode("codebook", "import", "book.csv", folder=tmp_path).code == 0
    with Project.open(tmp_path / "s.qualcode") as project:
        code = project.codebook.get().code("housing")
    assert dict(code.definition) == {"en": "where one lives"}


@pytest.mark.slow
def test_the_command_line_says_how_to_name_the_columns_and_takes_them(tmp_path: Path) -> None:
    written(tmp_path, "Begrip;Uitleg;Hoort bij\nWonen;waar;\nBuurt;hier;Wonen\n")
    assert qualcode("new", "s", folder=tmp_path).code == 0
    told = qualcode("codebook", "import", "book.csv", folder=tmp_path)
    assert told.code == 1
    assert '--columns "code=TITLE"' in told.err
    columns = "code=Begrip,definition=Uitleg,parent=Hoort bij"
    told = qualcode("codebook", "import", "book.csv", "--columns", columns, folder=tmp_path)
    assert told.code == 0, told.err
    with Project.open(tmp_path / "s.qualcode") as project:
        assert project.codebook.get().paths == ("wonen", "wonen/buurt")
    for wrong in ("code", "soort=Begrip", "code="):
        told = qualcode("codebook", "import", "book.csv", "--columns", wrong, folder=tmp_path)
        assert told.code == 1


@pytest.mark.slow
def test_taguette_gets_one_column_with_tags_and_commas(tmp_path: Path) -> None:
    written(tmp_path, TABLES["typed"])
    assert qualcode("new", "s", folder=tmp_path).code == 0
    assert qualcode("codebook", "import", "book.csv", folder=tmp_path).code == 0
    told = qualcode("codebook", "export", "t.csv", "--for", "taguette", folder=tmp_path)
    assert told.code == 0, told.err
    # as Taguette's import_codebook reads it: one of "tag", "name" and "path", and "description"
    # without a mark it guesses the encoding, and takes a few accents for Latin-1
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["tag", "description"]
    assert rows[2] == ["Sociale steun.Familie", "hulp van familie"]
    assert tree(read_codebook(tmp_path / "t.csv")[0]) != []
    for words in (("t.yaml", "--for", "taguette"), ("x.csv", "--for", "nvivo")):
        assert qualcode("codebook", "export", *words, folder=tmp_path).code == 1


@pytest.mark.slow
def test_a_csv_file_of_a_dutch_project_opens_in_dutch_excel_and_comes_back(tmp_path: Path) -> None:
    written(tmp_path, TABLES["typed"])
    assert qualcode("new", "s", folder=tmp_path).code == 0
    assert qualcode("codebook", "import", "book.csv", folder=tmp_path).code == 0
    told = qualcode("codebook", "export", "out.csv", folder=tmp_path)
    assert "with semicolons and decimal commas" in told.err
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfcode;label_nl;")
    assert tree(read_codebook(tmp_path / "out.csv")[0]) == TREE
    assert qualcode("new", "e", "--language", "en", folder=tmp_path).code == 0
    words = ("codebook", "import", "book.csv", "--project", "e.qualcode")
    assert qualcode(*words, folder=tmp_path).code == 0
    words = ("codebook", "export", "en.csv", "--project", "e.qualcode")
    assert "semicolons" not in qualcode(*words, folder=tmp_path).err
    assert (tmp_path / "en.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,label_nl,")


def test_texts_in_german_come_back_from_a_table(tmp_path: Path) -> None:
    text = "format: qualcode-codebook/1\nname: b\nlanguage: de\ncodes:\n  - name: a\n    label: {de: Arbeit, nl: Werk}\n"  # noqa: E501
    book, _ = read_codebook(written(tmp_path, text, "book.yaml"))
    (tmp_path / "out.csv").write_bytes(codebook_bytes(book, tmp_path / "out.csv"))
    assert read_codebook(tmp_path / "out.csv", language="de")[0].codes == book.codes


@pytest.mark.slow
def test_a_table_of_codings_in_a_language_nobody_knows_asks_which_column_is_which(
    tmp_path: Path,
) -> None:
    (tmp_path / "A1.txt").write_text("I: Hoe was het?\nR: Het was gezellig.\n", encoding="utf-8")
    table = "Dokumento;Kodo;Segmento X\nA1;Sfeer;gezellig\n"
    (tmp_path / "s.csv").write_text(table, encoding="utf-8")
    assert qualcode("new", "s", folder=tmp_path).code == 0
    assert qualcode("import", "A1.txt", "-y", folder=tmp_path).code == 0
    code = ("code", "s.csv", "--from", "maxqda", "--coder", "anna")
    told = qualcode(*code, folder=tmp_path)
    assert told.code == 1
    assert '--columns "transcript=TITLE,code=TITLE,quote=TITLE"' in told.err
    columns = "transcript=Dokumento,code=Kodo,quote=Segmento X"
    told = qualcode(*code, "--columns", columns, folder=tmp_path)
    assert told.code == 0, told.err
    with Project.open(tmp_path / "s.qualcode") as project:
        (coding,) = project.codings.collect()
    assert (coding.code, coding.quote) == ("sfeer", "gezellig")


COMPUTED = ("=1+1", "+31 6", "-maar", "@SUM(A1)", "\ttab", "'=al bewaakt", "''@", "\rregel")


@pytest.mark.parametrize("text", COMPUTED)
def test_no_cell_of_a_codebook_is_a_formula_and_each_comes_back(tmp_path: Path, text: str) -> None:
    codes = (Code("a", label=LocalText({"nl": text}), definition=LocalText({"nl": text})),)
    book = Codebook("b", codes)
    for tool in ("", "taguette"):
        data = codebook_bytes(book, tmp_path / "b.csv", tool=tool)
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    (tmp_path / "b.csv").write_bytes(codebook_bytes(book, tmp_path / "b.csv"))
    (code,) = read_codebook(tmp_path / "b.csv")[0].codes
    assert code.definition.in_language("nl").strip() == text.strip()


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupted_export_of_a_codebook_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.create(tmp_path / "s.qualcode") as project:
        project.codebook.create("b", (Code("a"),))
        (tmp_path / "b.csv").write_text("earlier", encoding="utf-8")
        monkeypatch.setattr("os.fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            project.codebook.write(tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in tmp_path.glob(".*.tmp")] == []


@pytest.mark.parametrize(
    "title", ["Theme > Code", "Thema > Subthema > Code", "Code \\ Subcode", "Thema/Code"]
)
def test_a_title_that_names_the_levels_is_no_code(title: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"{title}\nSociale steun > Familie\nWonen\n", encoding="utf-8")
    book, _ = read_codebook(path)
    assert [code.path for code in book.codes] == ["sociale_steun", "sociale_steun/familie", "wonen"]
