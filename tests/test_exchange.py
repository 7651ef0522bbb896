"""Projects of other programs come into a project, and ours goes out and comes back."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from cli_runner import qualcode
from exchange_projects import coding, study
from qualcode.errors import DuplicateError, UnreadableFileError
from qualcode.exporting.interchange.refi import write_refi
from qualcode.importing.refi import read_refi
from qualcode.model import Code, Codebook, ExchangeProject, Span
from qualcode.project import ExportOptions, Project
from qualcode.project.imported_coders import with_known_coders
from refi_files import BEN, INTEROP, project, qdpx, selection, source
from refi_files import coding as raw_coding

WORDS = "I: Hoe was het?\nR: Een groot feest, met muziek.\nI: En toen?\nR: Naar huis, heel laat.\n"
REAL = ExportOptions(real_names=True)


def place(words: str) -> tuple[int, int]:
    return WORDS.index(words), WORDS.index(words) + len(words)


def of_two_coders(folder: Path) -> Path:
    """Return a file of another program in which two people coded one interview."""
    passages = ("Een groot feest", "met muziek", "Naar huis")
    selections = [
        selection(*place(words), raw_coding(number=2 * n), raw_coding(user=BEN, number=2 * n + 1))
        for n, words in enumerate(passages[:2])
    ]
    selections.append(selection(*place(passages[2]), raw_coding(number=9)))
    path = folder / "two.qdpx"
    path.write_bytes(qdpx(project(source(*selections)), WORDS))
    return path


def kept(found: ExchangeProject) -> ExchangeProject:
    """Return what has to be equal after a journey: not who did what when on the way."""
    return replace(found, events=())


def test_a_file_of_two_coders_is_ready_for_agreement(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode") as work:
        read = work.exchange.read(of_two_coders(tmp_path))
        assert work.rounds.coders() == ("Anna", "Ben")
        assert len(work.codings.collect()) == len(read.codings) == 5
        report = work.agreement.compare(("Anna", "Ben"))
        assert report.units > 0
        assert not work.history.check()


def test_two_files_of_the_same_sources_become_one_project(tmp_path: Path) -> None:
    whole = study()
    for coder in ("Anna", "Ben"):
        own = tuple(c for c in whole.codings if c.coder == coder)
        part = replace(whole, codings=own, memos=(), chosen=frozenset(), excerpts={}, decisions=())
        write_refi(part, tmp_path / f"{coder}.qdpx")
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(tmp_path / "Anna.qdpx")
        second = work.exchange.read(tmp_path / "Ben.qdpx")
        assert [t.name for t in work.transcripts.collect()] == ["G01", "G02"]
        assert len(work.codebook.versions()) == 1
        assert [c.coder for c in work.codings.collect()] == ["Anna", "Anna", "Ben"]
        assert any("text already" in loss.message for loss in second.losses)


def test_a_coder_whom_the_project_spells_otherwise_is_the_same_one(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode", name="s") as work:
        work.rounds.add_coder("anna")
        read = work.exchange.read(of_two_coders(tmp_path))
        assert work.rounds.coders() == ("anna", "Ben")
        assert {coding.coder for coding in work.codings.collect()} == {"anna", "Ben"}
        assert "'Anna' was read as 'anna'." in [loss.message for loss in read.losses]


def test_an_import_is_one_step_of_the_history(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode") as work:
        before = len(work.history.events())
        work.acting_as("Anna").exchange.read(of_two_coders(tmp_path))
        steps = {event.step for event in work.history.events()[before:]}
        assert len(steps) == 1


def test_a_file_taken_in_twice_adds_nothing(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        before = kept(work.exchange.collect())
        work.exchange.read(of_two_coders(tmp_path))
        assert kept(work.exchange.collect()) == before


def test_a_coder_who_did_nothing_is_not_counted_as_taken(tmp_path: Path) -> None:
    path = tmp_path / "one.qdpx"
    path.write_bytes(qdpx(project(source(selection(*place("met muziek"), raw_coding()))), WORDS))
    with Project.create(tmp_path / "a.qualcode") as work:
        losses = work.exchange.read(path).losses
        told = [(loss.kind.value, loss.count) for loss in losses if loss.item == "coders"]
        assert work.rounds.coders() == ("Anna",)
        assert told == [("taken", 1), ("not taken", 1)]


def test_a_broken_file_leaves_the_project_as_it_was(tmp_path: Path) -> None:
    path = of_two_coders(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    with Project.create(tmp_path / "a.qualcode") as work:
        before = work.exchange.collect()
        with pytest.raises(UnreadableFileError):
            work.exchange.read(path)
        assert work.exchange.collect() == before


def test_a_project_of_ours_comes_back_the_same_in_an_empty_project(tmp_path: Path) -> None:
    write_refi(study(), tmp_path / "in.qdpx")
    with Project.create(tmp_path / "a.qualcode", name="Uitgaan & zo") as work:
        work.exchange.read(tmp_path / "in.qdpx")
        work.exchange.write(tmp_path / "out.qdpx", REAL)
        first = work.exchange.collect()
    with Project.create(tmp_path / "b.qualcode", name="Uitgaan & zo") as work:
        work.exchange.read(tmp_path / "out.qdpx")
        assert kept(work.exchange.collect()) == kept(first)
        assert work.transcripts.with_confirmed_roles() == {"G01"}
        assert not work.history.check()
    assert first.codings[0].memo == "mooi"
    assert {m.target_kind.value for m in first.memos} == {
        *("project", "code", "coding", "turn", "case", "coder")
    }


def test_events_travel_as_the_history_of_the_project_they_come_from(tmp_path: Path) -> None:
    write_refi(study(), tmp_path / "in.qdpx")
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(tmp_path / "in.qdpx")
        assert work.exchange.collect().events[:2] == study().events


def test_what_an_open_blind_round_hides_does_not_go_out(tmp_path: Path) -> None:
    (one,) = study().rounds
    blind = replace(study(), rounds=(replace(one, closed=False, handed_in=()),))
    write_refi(blind, tmp_path / "in.qdpx")
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(tmp_path / "in.qdpx")
        (problem,) = work.exchange.write(tmp_path / "out.qdpx")
    assert "hides" in problem.message
    assert not read_refi(tmp_path / "out.qdpx").codings


def test_a_retired_code_keeps_its_codings(tmp_path: Path) -> None:
    old = coding("Naar huis", "oud", "Anna", 8)
    book = study().codebook
    assert book is not None
    codes = tuple(replace(c, merged_into="") for c in book.codes)
    one = replace(study(), codings=(old,), codebook=replace(book, codes=codes))
    one = replace(one, chosen=frozenset(), excerpts={}, memos=())
    write_refi(one, tmp_path / "in.qdpx")
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(tmp_path / "in.qdpx")
        assert [c.code for c in work.codings.collect()] == ["oud"]
        assert work.codebook.get().code("oud").retired


def test_a_codebook_goes_out_and_comes_in_as_qdc(tmp_path: Path) -> None:
    write_refi(study(), tmp_path / "in.qdpx")
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(tmp_path / "in.qdpx")
        work.codebook.write(tmp_path / "book.qdc")
        book = work.codebook.get()
    with Project.create(tmp_path / "b.qualcode") as work:
        work.codebook.read(tmp_path / "book.qdc")
        assert replace(work.codebook.get(), version=book.version) == book


def test_the_command_line_reads_imports_and_exports(tmp_path: Path) -> None:
    path = of_two_coders(tmp_path)
    shown = qualcode("read", path, "--json", folder=tmp_path)
    assert {key: shown.json[key] for key in ("sources", "codes", "codings", "coders")} == {
        "sources": 1,
        "codes": 2,
        "codings": 5,
        "coders": 2,
    }
    full = qualcode("read", path, "--json", "--full", folder=tmp_path).json["codings"]
    assert full[0]["quote"] == "Een groot feest"
    assert qualcode("new", "a", folder=tmp_path).code == 0
    imported = qualcode("import", path, folder=tmp_path)
    assert imported.code == 0
    assert "5  codings" in imported.out
    assert qualcode("export", "project", "out.qdpx", folder=tmp_path).code == 0
    back = qualcode("read", "out.qdpx", "--json", "--full", folder=tmp_path).json
    assert {c["coder"] for c in back["codings"]} == {"coder A", "coder B"}
    named = qualcode("export", "project", "b.qdpx", "--real-names", folder=tmp_path)
    assert named.code == 0
    back = qualcode("read", "b.qdpx", "--json", "--full", folder=tmp_path).json
    assert {c["coder"] for c in back["codings"]} == {"Anna", "Ben"}


def test_a_damaged_file_gives_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "x.qdpx").write_bytes(b"nothing")
    shown = qualcode("read", "x.qdpx", folder=tmp_path)
    assert shown.code == 1
    assert shown.err.startswith("qualcode: 'x.qdpx' is damaged")


@pytest.mark.slow
@pytest.mark.skipif(not INTEROP.is_dir(), reason="no ../shared/interop")
@pytest.mark.parametrize(
    ("name", "codings"), [("nvivo12win_masked", 303), ("qualcoder39_mannheimer_masked", 753)]
)
def test_real_projects_come_in_and_go_out(name: str, codings: int, tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode", name=name) as work:
        work.exchange.read(INTEROP / "qdpx" / f"{name}.qdpx")
        assert len(work.codings.collect()) == codings
        assert not work.history.check()
        work.exchange.write(tmp_path / "out.qdpx", REAL)
        first = work.exchange.collect()
    with Project.create(tmp_path / "b.qualcode", name=name) as work:
        work.exchange.read(tmp_path / "out.qdpx")
        assert kept(work.exchange.collect()) == kept(first)


@pytest.mark.parametrize("tool", ["atlas.ti", "maxqda", "qualcoder", "taguette"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_codings_go_out_and_come_back_in_the_layout_of_each_program(
    tool: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"table.{suffix}"
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work.exchange.write_tool_table(path, tool, "Anna", real_names=True)
        before = [(c.span, c.code, c.coder) for c in work.codings.collect(coder="Anna")]
        work.acting_as("Anna").codings.withdraw([c.id for c in work.codings.collect(coder="Anna")])
        codings, problems = work.exchange.read_tool_table(path, tool, coder="Anna")
        assert [(c.span, c.code, c.coder) for c in codings] == before
        assert not problems
        assert len(work.codebook.versions()) == 1


def test_a_table_of_another_program_brings_its_codes(tmp_path: Path) -> None:
    (tmp_path / "G01.txt").write_text(WORDS)
    table = tmp_path / "table.csv"
    table.write_text("id,document,tag,content\n1,G01.txt,Sfeer.Fijn!,met muziek\n2,G01,x,weg\n")
    assert qualcode("new", "a", folder=tmp_path).code == 0
    assert qualcode("import", "G01.txt", "--yes", folder=tmp_path).code == 0
    shown = qualcode("code", table, "--from", "taguette", "--coder", "anna", folder=tmp_path)
    assert shown.code == 0, shown.err
    assert "was not found" in shown.err
    with Project.open(tmp_path / "a.qualcode") as work:
        assert work.codebook.get().paths == ("sfeer", "sfeer/fijn", "x")
        assert [c.quote for c in work.codings.collect()] == ["met muziek"]
    out = qualcode("export", "codings", "m.csv", "--for", "maxqda", folder=tmp_path)
    assert out.code == 0
    assert "Sfeer > Fijn!" in (tmp_path / "m.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["1: G01", "D 1: G01.docx", "P 1: G01", "1 G01", "G01"])
def test_documents_that_atlas_ti_numbers_are_found(name: str, tmp_path: Path) -> None:
    table = tmp_path / "quotations.csv"
    table.write_text(
        f"ID,Document,Quotation Content,Codes,Created by\n1:1,{name},met muziek,Sfeer,Anna\n"
    )
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        codings, problems = work.exchange.read_tool_table(table, "atlas.ti")
    assert [(c.quote, c.code, c.coder) for c in codings] == [("met muziek", "sfeer", "Anna")]
    assert not problems


def test_codes_of_atlas_ti_keep_their_names_and_get_no_levels(tmp_path: Path) -> None:
    table = tmp_path / "quotations.csv"
    table.write_text(
        "Text Content;Document;Codes;Number of Codes\nmet muziek;G01;Wonen: buurt, Vrij/werk;2\n"
    )
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        before = set(work.codebook.get().paths)
        codings, problems = work.exchange.read_tool_table(table, "atlas.ti", coder="Anna")
        book = work.codebook.get()
        titles = {book.code(path).title("nl") for path in set(book.paths) - before}
    assert len(codings) == 2
    assert not problems
    assert titles == {"Wonen: buurt", "Vrij/werk"}


def test_what_was_withdrawn_stays_behind_and_is_told(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode", name="s") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work.acting_as("Anna").codings.withdraw([work.codings.collect(coder="Anna")[0].id])
        for path in (tmp_path / "out.qdpx", tmp_path / "folder"):
            (problem,) = work.exchange.write(path, REAL)
            assert str(problem).startswith("s: 1 withdrawn coding is not in the copy")


def test_a_transcript_goes_to_word_as_comments_and_comes_back(tmp_path: Path) -> None:
    document = tmp_path / "G01.docx"
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work.acting_as("Anna").codings.add(
            "G01", place_span("toen?\nR: Naar"), "fear", memo="over\ntwee regels"
        )
        work.exchange.write_commented("G01", document, real_names=True)
        first = document.read_bytes()
        work.exchange.write_commented("G01", document, real_names=True)
        assert document.read_bytes() == first
        before = places(work)
    with Project.create(tmp_path / "b.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work.acting_as("Anna").codings.withdraw([c.id for c in work.codings.collect()])
        read, problems = work.exchange.read_commented(document)
        assert [t.name for t in work.transcripts.collect()] == ["G01"]
        assert places(work) == before
        assert not problems
        assert {c.coder for c in read.codings} == {"Anna", "Ben"}


def places(work: Project) -> list[tuple[object, ...]]:
    return [(c.span, c.code, c.coder, c.memo) for c in work.codings.collect()]


def place_span(words: str) -> Span:
    return Span(*place(words))


def test_comments_that_name_no_code_become_memos(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("I: Hoe was het?")
    runs = [document.add_paragraph().add_run(words) for words in ("R: Een feest", " en muziek")]
    document.add_comment(runs[0], text="Joy & fun; Fear; mooi gezegd", author="Chris")
    document.add_comment(runs[1], text="Nakijken", author="Chris")
    document.save(str(tmp_path / "G07.docx"))
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
    shown = qualcode("code", "G07.docx", folder=tmp_path)
    assert shown.code == 0, shown.err
    with Project.open(tmp_path / "a.qualcode") as work:
        own = work.codings.collect(transcript="G07")
        assert [(c.quote, c.code, c.coder, c.memo) for c in own] == [
            ("R: Een feest", "fear", "Chris", "mooi gezegd"),
            ("R: Een feest", "joy_fun", "Chris", "mooi gezegd"),
        ]
        assert [m.text for m in work.codings.collect_memos()] == ["“ en muziek”\nNakijken"]
    out = qualcode("export", "commented", "G07.docx", "--force", folder=tmp_path)
    assert out.code == 0, out.err


def test_coders_in_word_are_numbers_unless_asked_for(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work.exchange.write_commented("G01", tmp_path / "G01.docx")
    with zipfile.ZipFile(tmp_path / "G01.docx") as archive:
        parts = b"".join(map(archive.read, archive.namelist()))
    assert b"Anna" not in parts
    assert b"coder A" in parts


def test_a_project_goes_to_a_folder_of_plain_text_and_comes_back_the_same(tmp_path: Path) -> None:
    write_refi(study(), tmp_path / "in.qdpx")
    folder = tmp_path / "plain"
    with Project.create(tmp_path / "a.qualcode", name="Uitgaan & zo") as work:
        work.exchange.read(tmp_path / "in.qdpx")
        work.exchange.write(folder, REAL)
        work.exchange.write(folder, REAL)
        first = work.exchange.collect()
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*")) == [
        *("cases.csv", "codebook.yaml", "codings.csv", "history.csv", "memos.csv"),
        *("originals", "originals/G01", "project.yaml", "transcripts", "transcripts/G01.txt"),
        *("transcripts/G02.txt", "turns.csv"),
    ]
    with Project.create(tmp_path / "b.qualcode", name="Uitgaan & zo") as work:
        work.exchange.read(folder)
        assert kept(work.exchange.collect()) == kept(first)
        assert work.exchange.collect().events[:2] == first.events[:2]
        assert not work.history.check()


def test_a_folder_whose_text_was_edited_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work.exchange.write(folder)
        text = folder / "transcripts" / "G01.txt"
        text.write_text(text.read_text() + "R: meer")
        with pytest.raises(UnreadableFileError, match="was changed"):
            work.exchange.read(folder)
        (folder / "codings.csv").write_text("transcript,start\n")
        text.write_text(WORDS)
        (folder / "project.yaml").write_text("format: other/1\n")
        with pytest.raises(UnreadableFileError, match="format"):
            work.exchange.read(folder)


def test_a_folder_with_other_things_is_not_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with (
        Project.create(tmp_path / "a.qualcode") as work,
        pytest.raises(DuplicateError, match="not empty"),
    ):
        work.exchange.write(folder)
    assert (folder / "letter.txt").read_text() == "dear"


def test_the_demo_study_goes_through_a_folder_by_the_command_line(tmp_path: Path) -> None:
    path = of_two_coders(tmp_path)
    for words in (("new", "a"), ("import", path, "-p", "a.qualcode"), ("new", "b")):
        assert qualcode(*words, folder=tmp_path).code == 0
    out = qualcode("export", "project", "plain", "-p", "a.qualcode", folder=tmp_path)
    assert out.code == 0, out.err
    back = qualcode("import", "plain", "-p", "b.qualcode", folder=tmp_path)
    assert back.code == 0, back.err
    with Project.open(tmp_path / "b.qualcode") as work:
        assert len(work.codings.collect()) == 5
        assert work.rounds.coders() == ("coder A", "coder B")


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv"])
def test_a_codebook_goes_out_and_comes_in_as_a_table(suffix: str, tmp_path: Path) -> None:
    write_refi(study(), tmp_path / "in.qdpx")
    path = tmp_path / f"uitgaan.{suffix}"
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(tmp_path / "in.qdpx")
        work.codebook.write(path)
        first = path.read_bytes()
        work.codebook.write(path)
        assert path.read_bytes() == first
        wanted = with_paths(work.codebook.get())
    with Project.create(tmp_path / "b.qualcode") as work:
        work.codebook.read(path)
        assert with_paths(work.codebook.get()) == wanted


def with_paths(book: Codebook) -> list[Code]:
    """Return the codes without ids; a merged one by the path of the other."""
    paths = {code.id: code.path for code in book.codes}
    return [replace(c, id="", merged_into=paths.get(c.merged_into, "")) for c in book.codes]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["out.qdpx", "folder"])
def test_earlier_versions_of_the_codebook_travel_too(name: str, tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode", name="s") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work.acting_as("Anna").codebook.rename("fear", "angst")
        work.acting_as("Anna").codings.add("G01", place_span("Hoe was het"), "angst")
        work.exchange.write(tmp_path / name, REAL)
        first = work.exchange.collect()
    with Project.create(tmp_path / "b.qualcode", name="s") as work:
        work.exchange.read(tmp_path / name)
        assert kept(work.exchange.collect()) == kept(first)
        assert [v.version for v in work.codebook.versions()] == [1, 2]
        assert {c.codebook_version for c in work.codings.collect()} == {1, 2}


@pytest.mark.slow
def test_what_a_setting_holds_does_not_go_out_in_the_history(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.qualcode") as work:
        work.exchange.read(of_two_coders(tmp_path))
        work._store.set_setting("known_names", ["Wilhelmina"])
        work.exchange.write(tmp_path / "out.qdpx", REAL)
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        assert b"Wilhelmina" not in archive.read("project.qde")


def test_a_coder_of_another_program_who_is_called_as_a_layer_gets_another_name() -> None:
    read = replace(study(), coders=("union", "anna"))
    assert with_known_coders(read, ("anna",)).coders == ("union (2)", "anna")
    assert with_known_coders(read, ("union",)).coders == ("union", "anna")
