"""Every message of the source has its Dutch in the catalogue, with the same values in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from typer.main import get_command

from core_texts import constants, joined_texts, sentences
from help_texts import collect_help_texts
from message_catalogue import CATALOGUE, SOURCE, dutch_catalogue, holes, is_glue, source_messages
from qualcode.catalogue import read_catalogue
from qualcode.cli.commands import build_app
from source_trees import parse_module

COMMAND = re.compile(r"qualcode |--\w")
"""What only the command line offers; the Dutch of the app may leave it out."""
TO_TYPE = re.compile(r"[(:'] ?qualcode ([a-z-]+(?: [\w-]+)*)")
"""A command in a message, up to the first sign or value."""


def test_the_english_of_every_message_stands_in_place() -> None:
    computed = [message.place for message in source_messages() if message.template is None]
    assert computed == [], "Write the English text in the call, so that it can be translated."


def test_every_message_has_its_dutch() -> None:
    missing = {
        message.key: message.place
        for message in source_messages()
        if message.key not in dutch_catalogue() and not is_glue(str(message.template))
    }
    assert missing == {}, "Add them to the catalogue; CONTRIBUTING.md says how."


def test_every_sentence_without_values_has_its_dutch() -> None:
    missing = {
        text: place for text, place in sentences().items() if ("", text) not in dutch_catalogue()
    }
    assert missing == {}, "Add them to the catalogue; CONTRIBUTING.md says how."


def test_no_text_of_an_error_is_put_together_from_pieces() -> None:
    assert joined_texts() == [], "Write a Message with a hole for each value."


def test_no_dutch_is_left_over() -> None:
    needed = {message.key for message in source_messages()}
    needed |= {("", text) for text in constants() | collect_help_texts()}
    assert dutch_catalogue().keys() - needed == set()


def test_each_entry_stands_once() -> None:
    # Of two equal entries only one is read, so that a change of the other has no effect.
    entries = re.findall("^msgid ", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    header = 1
    assert len(entries) == len(read_catalogue(CATALOGUE)) + header


def test_every_hole_of_a_message_has_a_value() -> None:
    for message in source_messages():
        if message.values is not None and message.template:
            named = holes(message.template) | holes(message.plural)
            assert named <= message.values, message.place


def test_one_message_has_the_same_plural_everywhere() -> None:
    plurals: dict[tuple[str, str], set[str]] = {}
    for message in source_messages():
        plurals.setdefault(message.key, set()).add(message.plural)
    assert [key for key, forms in plurals.items() if len(forms) > 1] == []


def test_dutch_has_the_holes_of_the_english() -> None:
    for message in source_messages():
        if message.key not in dutch_catalogue() and is_glue(str(message.template)):
            continue
        forms = dutch_catalogue()[message.key]
        english = [message.template or "", *([message.plural] if message.plural else [])]
        assert len(forms) == len(english), message.place
        for dutch, template in zip(forms, english, strict=True):
            assert dutch, message.place
            if COMMAND.search(template):
                assert holes(dutch) <= holes(template), message.place
            else:
                assert holes(dutch) == holes(template), message.place


def test_dutch_asks_only_for_what_the_translator_can_do_with_a_value() -> None:
    for key, forms in dutch_catalogue().items():
        for dutch in forms:
            conversions = {mark for _, name, _, mark in Formatter().parse(dutch) if name}
            assert conversions <= {None, "l", "n", "t"}, key


def test_each_command_in_a_message_exists_with_its_options() -> None:
    texts = [text for key, dutch in dutch_catalogue().items() for text in (key[1], *dutch)]
    lines = {match[1] for text in texts for match in TO_TYPE.finditer(text)}
    program: Any = get_command(build_app())
    wrong = [line for line in sorted(lines) if not _can_be_typed(program, *line.split())]
    assert len(lines) > 100
    assert wrong == []


def _can_be_typed(program: Any, name: str, *words: str) -> bool:
    command = program.commands.get(name)
    below = getattr(command, "commands", {})
    if below and words and words[0] in below:
        command = below[words[0]]
    elif below and words and not command.invoke_without_command:
        return False
    known = {option for parameter in getattr(command, "params", []) for option in parameter.opts}
    return command is not None and {word for word in words if word.startswith("--")} <= known


def test_what_a_writer_refuses_to_write_has_its_dutch() -> None:
    contents = {
        content.value
        for path in SOURCE.rglob("*.py")
        for call in ast.walk(parse_module(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "writer_for"
        and isinstance(content := call.args[2], ast.Constant)
    }
    assert len(contents) > 10
    assert [content for content in contents if ("", content) not in dutch_catalogue()] == []


PO = """# A comment.
msgid ""
msgstr ""
"Language: nl\\n"

# Another one.
msgctxt "column"
msgid "case"
msgstr "respondent"

msgid "{count} \\"quote\\""
msgid_plural "{count} quotes"
msgstr[0] "{count} citaat\\t\\\\"
msgstr[1] "{count} "
"citaten"

#, fuzzy
msgid "a guess"
msgstr "een gok"

msgid "not yet"
msgstr ""

msgid ""
"two\\n"
"lines"
msgstr ""
"twee\\n"
"regels"
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_catalogue_is_read(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "nl.po"
    path.write_text(PO, encoding="utf-8", newline=line_end)
    assert read_catalogue(path) == {
        ("column", "case"): "respondent",
        ("", '{count} "quote"'): ("{count} citaat\t\\", "{count} citaten"),
        ("", "two\nlines"): "twee\nregels",
    }


def test_the_catalogue_is_read_as_babel_reads_it() -> None:
    forms = {
        key: (form,) if isinstance(form, str) else form
        for key, form in read_catalogue(CATALOGUE).items()
    }
    assert forms == dutch_catalogue()


def test_the_program_says_je() -> None:
    formal = re.compile(r"(?<![\w'-])(?:u|uw|uzelf)(?![\w'-])", re.IGNORECASE)
    sentences_in_dutch = [text for forms in dutch_catalogue().values() for text in forms]
    assert [text for text in sentences_in_dutch if formal.search(text)] == []


def test_no_sentence_writes_a_plural_in_brackets() -> None:
    # "1 deletion(s)" reads as a form that nobody filled in.
    in_brackets = re.compile(r"[a-z]\((?:s|es|ies|en|ken|ren)\)")
    english = [text for m in source_messages() for text in (m.template or "", m.plural)]
    dutch = [form for forms in dutch_catalogue().values() for form in forms]
    assert [text for text in (*english, *constants(), *dutch) if in_brackets.search(text)] == []
