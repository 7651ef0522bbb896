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


def powershell_words(line: str) -> list[str]:
    """Return the words of a command as Windows PowerShell 5.1 divides it.

    After "about_Parsing" and "about_Quoting_Rules" of its manual: white space divides a command;
    what stands between quotation marks is one word; a backtick escapes; outside of quotation marks
    these signs begin something else than a word: ``& | ; < > ( ) { } $ #`` and ``@`` in front.

    Raises:
        ValueError: it is not one plain command.
    """
    words: list[str] = []
    pattern = re.compile(r"""\s+|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+)""")
    open_word, place = False, 0
    while place < len(line):
        match = pattern.match(line, place)
        if match is None:
            raise ValueError(f"a quotation mark without its other half: {line}")
        place = match.end()
        if match.group().isspace():
            open_word = False
            continue
        bare, double = match["bare"], match["double"]
        if bare is not None and (re.search(r"[&|;<>(){}$`]", bare) or bare[0] in "@#"):
            raise ValueError(f"more than words: {line}")
        if double is not None and re.search(r"[$`]|\\$", double):
            raise ValueError(f"filled in within quotation marks: {line}")
        text = next(part for part in (bare, double, match["single"]) if part is not None)
        words[len(words) - open_word :] = [words[-1] + text] if open_word else [text]
        open_word = True
    return words


def typed_lines() -> list[tuple[str, str]]:
    lines = re.compile(r"^ {4}((?:qualcode|python|cd|pip) ?.*)$", re.MULTILINE)
    indented = [
        (path.name, line) for path in DOCUMENTS for line in lines.findall(path.read_text("utf-8"))
    ]
    return sorted({*indented, *commands()})


@pytest.mark.parametrize(("document", "line"), typed_lines(), ids=lambda value: str(value)[:50])
def test_powershell_takes_a_command_for_the_same_words_as_bash(document: str, line: str) -> None:
    line = re.sub(r"\s+#.*$", "", line)
    assert powershell_words(line) == shlex.split(line.replace("\\", "\\\\")), document


@pytest.mark.parametrize(
    "line", ["a && b", "source x", 'echo "$HOME"', "a | b", "x $(y)", 'x "a\\"b"', "A=1 \\"]
)
def test_what_only_bash_takes_is_recognised(line: str) -> None:
    try:
        words = powershell_words(line)
    except ValueError:
        return
    assert words[0] in {"source", "A=1"}, "such lines are looked for by their first word"
