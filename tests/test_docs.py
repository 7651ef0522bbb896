"""What the documents tell to type can be typed: commands and options exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli_runner import qualcode

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "codebooks", ROOT / "transcripts_sample")
    for path in sorted(folder.glob("*.md"))
]
_COMMAND = re.compile(r"(?:^ {4}|`|&& )(qualcode [^`\n]+)", re.MULTILINE)


def commands() -> list[tuple[str, str]]:
    found = [
        (path.name, match.group(1).strip())
        for path in DOCUMENTS
        for match in _COMMAND.finditer(path.read_text(encoding="utf-8"))
    ]
    return sorted(set(found))


@pytest.mark.parametrize(("document", "line"), commands(), ids=lambda value: str(value)[:50])
def test_a_command_in_the_documents_exists_with_its_options(
    document: str, line: str, tmp_path: Path
) -> None:
    words = shlex.split(line.split(" && ", maxsplit=1)[0].replace("\\", "/"), comments=True)[1:]
    plain = [word for word in words if not word.startswith("-")]
    helped = qualcode(*plain[:2], "--help", folder=tmp_path)
    if helped.code != 0 or "COMMAND" not in helped.out.split("\n")[0]:
        single = qualcode(*plain[:1], "--help", folder=tmp_path)
        helped = helped if helped.code == 0 else single
    assert helped.code == 0, f"{document}: {line}"
    for option in (word.split("=")[0] for word in words if word.startswith("-")):
        assert option in helped.out or option == "--version", f"{document}: {line}: {option}"


def test_the_readme_begins_with_the_two_commands_that_do_everything() -> None:
    """Each on its own line: Windows PowerShell 5.1 does not know ``&&``."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE)
    assert lines[:2] == ["python -m pip install .", "qualcode demo"]
    tests = lines.index('python -m pip install ".[dev]"')
    assert lines[tests + 1] == "python -m pytest"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_command_needs_a_shell_that_windows_does_not_have(path: Path) -> None:
    for line in re.findall(r"^ {4}(\S.*)$", path.read_text(encoding="utf-8"), re.MULTILINE):
        assert "&&" not in line, line
        assert not line.startswith("source "), line
