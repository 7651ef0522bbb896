"""Python and JavaScript agree on what they send each other."""

from __future__ import annotations

import textwrap
from typing import NotRequired, TypedDict

from qualcode.app.coding_protocol import coding_document, edits_of

from notation import spoken_transcript
from qualcode.app import wire
from qualcode.model import Code, Codebook
from qualcode.project import Edit, EditKind
from wire_types import TARGET, interface, wire_types


def test_the_types_of_the_javascript_are_those_of_python() -> None:
    assert TARGET.read_text("utf-8") == wire_types(), "run python tests/wire_types.py"


def test_a_type_of_python_is_written_as_its_counterpart() -> None:
    class Example(TypedDict):
        """An example."""

        name: str
        kinds: list[EditKind | None]
        share: NotRequired[float]

    kinds = " | ".join(f'"{kind.value}"' for kind in EditKind)
    assert interface(Example).split("\n") == [
        "/** An example. */",
        "export interface Example {",
        "  name: string;",
        f"  kinds: ({kinds} | null)[];",
        "  share?: number;",
        "}",
    ]


def test_every_field_of_an_edit_arrives_under_its_own_name() -> None:
    whole = {
        "number": 7,
        "kind": "memo",
        "transcript": "G01",
        "sha256": "abc",
        "id": "1",
        "replaces": "2",
        "code": "3",
        "start": 4,
        "end": 5,
        "text": "note",
        "target_kind": "turn",
        "target": "6",
        "suggester": "fused@1",
    }
    message = {"batches": [{"client": "tab", "round": "one", "edits": [whole]}]}
    ((client, round_, (edit,)),) = edits_of(message)
    assert wire.Edit.__annotations__.keys() == whole.keys()
    assert (client, round_) == ("tab", "one")
    assert {name: getattr(edit, name) for name in Edit.__slots__} == whole


def test_lines_that_were_cut_at_a_width_flow_on_the_screen_and_keep_their_positions() -> None:
    words = "Ik ben bakker en ik slaap overdag, maar nooit langer dan vier uur achter elkaar. " * 4
    wrapped = textwrap.fill(words.strip(), 60)
    text = spoken_transcript(wrapped, wrapped)
    document = coding_document(text, Codebook("b", (Code("a"),)), language="nl")
    shown = document["turns"][-1]
    assert "\n" not in shown["text"]
    assert len(shown["text"]) == len(wrapped)
    assert text.text[shown["start"] :].startswith(wrapped[:20])
