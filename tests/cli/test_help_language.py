"""Help is in the language of the command line, and every text of it has its Dutch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from cli_runner import qualcode
from help_texts import collect_help_texts
from message_catalogue import dutch_catalogue
from qualcode.cli import describe_commands
from qualcode.cli.commands import COMMANDS, Entry, build_app
from qualcode.cli.help_language import TYPER_WORDS, translate_help
from qualcode.cli.language import set_language


def test_every_help_text_has_its_dutch() -> None:
    texts = {*collect_help_texts(), *TYPER_WORDS}
    assert {text for text in texts if ("", text) not in dutch_catalogue()} == set()


@pytest.fixture
def dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")


@pytest.mark.usefixtures("dutch")
def test_the_list_of_commands_is_in_dutch() -> None:
    set_language()
    lines = describe_commands().split("\n")
    assert lines[0] == "Gebruik: qualcode OPDRACHT [OPTIES]"
    assert "Thema's en citaten:" in lines
    assert "  new           Maak een nieuw project: één bestand waar alles in zit." in lines


@pytest.mark.usefixtures("dutch")
def test_the_help_of_a_command_is_in_dutch(tmp_path: Path) -> None:
    help_ = qualcode("round", "new", "--help", folder=tmp_path).out
    assert "Gebruik: " in help_
    assert "[OPTIES]" in help_
    assert "Opties:" in help_
    assert "Naam van de ronde.  [verplicht]" in help_
    assert "Toon deze hulptekst en stop." in help_


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_the_list_of_commands_says_what_their_help_begins_with(entry: Entry) -> None:
    command = get_command(build_app(entry.name))
    assert isinstance(command, TyperGroup)
    assert list(command.commands) == [entry.name]
    help_ = command.commands[entry.name].help or ""
    assert help_.split("\n")[0] == entry.summary


def test_english_stays_english_after_dutch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")
    set_language()
    translate_help(build_app())
    monkeypatch.setenv("QUALCODE_LANGUAGE", "en")
    set_language()
    help_ = qualcode("round", "new", "--help", folder=tmp_path).out
    assert "Usage: " in help_
    assert "Name of the round.  [required]" in help_


def test_english_help_reads_no_catalogue() -> None:
    code = (
        "import sys; sys.argv = ['qualcode', '--help']; from qualcode.cli import main; main(); "
        "print('read' if 'qualcode.cli.help_language' in sys.modules else 'not read')"
    )
    environment = {"QUALCODE_LANGUAGE": "en", "PATH": "", "PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.endswith("not read\n")


def test_a_table_without_codings_says_so(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text("transcript,quote,code\n", encoding="utf-8")
    assert qualcode("new", "study", folder=tmp_path).code == 0
    printed = qualcode("code", "codings.csv", "--coder", "anna", folder=tmp_path)
    assert "nobody" not in printed.err + printed.out
