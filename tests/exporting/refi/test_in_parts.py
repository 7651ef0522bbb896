"""A project that is written in parts is the file that it would be as a whole."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from exchange_projects import interview, study
from qualcode.exporting.document.zip_archive import settled, settled_archive
from qualcode.exporting.interchange.refi import write_refi
from qualcode.model import ExchangeProject, ExchangeSource
from qualcode.model.extension_block import (
    add_extension_block,
    extension_block_parts,
    split_extension_block,
)

ODD = 'a "quote" & <Sources/> <Description/> > é 😀 \u2028'


@pytest.mark.parametrize("program", ["", "qualcoder"])
@pytest.mark.parametrize(
    "project",
    [study(), replace(study(), name=ODD), replace(study(), sources=(), codings=(), rounds=())],
)
def test_the_xml_is_written_as_lxml_writes_the_whole(
    project: ExchangeProject, program: str, tmp_path: Path
) -> None:
    write_refi(project, tmp_path / "study.qdpx", program=program)
    with zipfile.ZipFile(tmp_path / "study.qdpx") as archive:
        xml = archive.read("project.qde")
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    etree.indent(root, space=" ")
    assert etree.tostring(root, xml_declaration=True, encoding="utf-8") + b"\n" == xml


def test_the_entries_of_an_archive_are_those_of_one_that_is_settled_afterwards() -> None:
    contents = {"b.txt": b"een twee " * 9_000, "a/c.txt": b"", "a.bin": bytes(range(256)) * 40}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    in_parts = settled_archive(
        (name, len(data), (data[:1_000], data[1_000:])) for name, data in contents.items()
    )
    assert in_parts == settled(whole.getvalue())


def test_a_list_that_yields_its_items_is_the_same_block() -> None:
    fields = {"list": [{"b": ODD}, 2, None], "empty": [], "object": {"k": [1], "": {}}, "no": {}}
    lazy = fields | {"list": iter([{"b": ODD}, 2, None])}
    block = "".join(extension_block_parts(ODD, lazy))
    assert block == add_extension_block(ODD, fields)
    assert split_extension_block(block) == (ODD, fields)


def test_the_texts_of_a_project_are_in_the_archive(tmp_path: Path) -> None:
    sources = tuple(ExchangeSource(interview(name, f"{name} {ODD}"), None) for name in "ABC")
    project = replace(study(), sources=sources, codings=(), rounds=(), cases=(), memos=())
    write_refi(project, tmp_path / "study.qdpx")
    with zipfile.ZipFile(tmp_path / "study.qdpx") as archive:
        texts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".txt")]
    assert sorted(texts) == [f"{name} {ODD}" for name in "ABC"]
