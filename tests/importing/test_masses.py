"""A small file that unfolds to masses is read or refused within 5 seconds of work and 500 MB.

Measured in a process of its own: what it computed, not how long the machine let it wait. A shared
core computes more slowly too, so the test allows four times as much: what it must find is work that
grows with the square of the file, and takes minutes.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

SECONDS, MEGABYTES = 4 * 5, 500
MEASURE = """
import resource, sys, time
from importlib import import_module
from pathlib import Path
from qualcode.errors import QualcodeError
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
module, _, verb = sys.argv[1].rpartition(".")
read = getattr(import_module(module), verb)
before = time.process_time()
try:
    read(Path(sys.argv[2]))
    outcome = "read"
except QualcodeError as error:
    outcome = "refused"
spent = time.process_time() - before
# Not that of getrusage: it begins with the memory of the process that started this one.
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(spent, int(status["VmHWM"].split()[0]) // 1024, outcome)
"""
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'


def zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str) -> bytes:
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def odt(body: str) -> bytes:
    content = f"<office:document-content {OFFICE}><office:body><office:text>{body}"
    content += "</office:text></office:body></office:document-content>"
    mimetype = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": mimetype, "content.xml": content})


def xlsx(rows: str, part: str = "", content: str = "") -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", part: part}
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{value}+xml"/>'
        for name, value in kinds.items()
        if name
    )
    defaults = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    other = f'<Relationship Id="r2" Type="{RELATIONS}/{part}" Target="{part}.xml"/>' if part else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{defaults}{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f"{other}</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{HEAD}{rows}'
        "</sheetData></worksheet>",
    }
    return zipped(parts | ({f"xl/{part}.xml": content} if part else {}))


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


TRANSCRIPT = "qualcode.importing.read_transcript"
CODEBOOK = "qualcode.codebooks.read_codebook"
TABLE = "qualcode.importing.codebook_tables.read_codebook_table"
CODINGS = "qualcode.importing.codings.read_codings"
COMMENTS = "qualcode.importing.docx_comments.read_docx_comments"

Case = tuple[str, str, Callable[[], bytes]]
CASES: tuple[Case, ...] = (
    (TRANSCRIPT, "paragraphs.docx", lambda: docx(paragraph("a") * 4_000_000)),
    (COMMENTS, "empty.docx", lambda: docx("<w:p/>" * 30_000_000)),
    (TRANSCRIPT, "most.docx", lambda: docx(paragraph("R: ja hoor") * 120_000)),
    (TRANSCRIPT, "attributes.docx", lambda: docx('<w:p w:a="" w:b="" w:c=""/>' * 6_000_000)),
    (TRANSCRIPT, "paragraphs.odt", lambda: odt("<text:p>a</text:p>" * 10_000_000)),
    (TRANSCRIPT, "spaces.odt", lambda: odt('<text:p>R: a<text:s text:c="900000000"/></text:p>')),
    (
        TRANSCRIPT,
        "labels.docx",
        lambda: docx("".join(paragraph(f"Naam{n}: ja") for n in range(32_000))),
    ),
    (
        TRANSCRIPT,
        "labels.txt",
        lambda: "".join(f"Naam{n % 32_000}: ja\n" for n in range(40_000)).encode(),
    ),
    (TABLE, "rows.xlsx", lambda: xlsx("<row><c><v>1</v></c></row>" * 320_000)),
    (CODINGS, "rows.xlsx", lambda: xlsx("<row><c><v>1</v></c></row>" * 320_000)),
    (TABLE, "far.xlsx", lambda: xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    (
        TABLE,
        "wide.xlsx",
        lambda: xlsx(
            "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 20_000))
        ),
    ),
    (
        TABLE,
        "styles.xlsx",
        lambda: xlsx(
            "",
            "styles",
            f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 3_000_000}</cellXfs></styleSheet>',
        ),
    ),
    (
        TABLE,
        "strings.xlsx",
        lambda: xlsx(
            "", "sharedStrings", f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * 8_000_000}</sst>'
        ),
    ),
    (CODINGS, "rows.csv", lambda: b"code,transcript\n" + b"a,b\n" * 3_000_000),
    (CODEBOOK, "rows.csv", lambda: b"code,definition\n" + b"a,b\n" * 3_000_000),
    (CODEBOOK, "codes.csv", lambda: b"code\n" + b"".join(b"c%d\n" % n for n in range(200_000))),
    (
        CODEBOOK,
        "codes.yaml",
        lambda: b"name: b\ncodes:\n" + b"".join(b"  - {name: c%d}\n" % n for n in range(90_000)),
    ),
    (
        CODEBOOK,
        "merge.yaml",
        (
            "a0: &a0 {x: 1}\n"
            + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40))
        ).encode,
    ),
    (TRANSCRIPT, "elements.html", lambda: b"<p>a</p>" * 2_000_000),
    (TRANSCRIPT, "groups.rtf", lambda: b"{\\rtf1 " + b"{" * 1_000_000),
    (TRANSCRIPT, "objects.json", lambda: b"[" + b",".join([b"{}"] * 3_000_000) + b"]"),
    (
        TRANSCRIPT,
        "cues.vtt",
        (
            "WEBVTT\n\n"
            + "".join(f"00:01.000 --> 00:02.000\n<v N{n}>ja\n\n" for n in range(32_000))
        ).encode,
    ),
)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read from /proc")
@pytest.mark.parametrize(
    ("reader", "name", "make"),
    CASES,
    ids=[f"{name} {reader.rpartition('.')[2]}" for reader, name, _ in CASES],
)
def test_masses_in_a_small_file_cost_little(
    tmp_path: Path,
    reader: str,
    name: str,
    make: Callable[[], bytes],
    record_property: Callable[[str, object], None],
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, reader, str(path)],
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-500:]
    spent, memory, outcome = run.stdout.split()
    record_property("seconds, MB, outcome", (float(spent), int(memory), outcome))
    assert float(spent) < SECONDS
    assert int(memory) < MEGABYTES
