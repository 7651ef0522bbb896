"""Converts codebooks, guides, cases and rounds to JSON values and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from qualcode.model import (
    Case,
    Code,
    Codebook,
    FrozenMap,
    Guide,
    LocalText,
    Participation,
    Question,
    Round,
)
from qualcode.storage.schema import damaged_value

P = ParamSpec("P")
R = TypeVar("R")


def _of_stored(label: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function that reads a stored value refuse one that has another form."""

    def decorate(unpack: Callable[P, R]) -> Callable[P, R]:
        @wraps(unpack)
        def run(*args: P.args, **keywords: P.kwargs) -> R:
            try:
                return unpack(*args, **keywords)
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                raise damaged_value(label) from error

        return run

    return decorate


_ROUND_LISTS = ("coders", "transcripts", "handed_in")
_PLAIN = ("path", "color", "id", "retired", "merged_into")


def pack_codebook(book: Codebook) -> dict[str, Any]:
    """Return a codebook as JSON, without its version, which has its own column."""
    return {
        "name": book.name,
        "title": pairs(book.title),
        "language": book.language,
        "codes": [_pack_code(code) for code in book.codes],
    }


@_of_stored("codebook")
def unpack_codebook(packed: dict[str, Any], version: int) -> Codebook:
    """Return the codebook from its JSON."""
    return Codebook(
        name=packed["name"],
        codes=tuple(_unpack_code(code) for code in packed["codes"]),
        version=version,
        title=LocalText(dict(packed["title"])),
        language=packed["language"],
    )


def _pack_code(code: Code) -> dict[str, Any]:
    packed: dict[str, Any] = {name: getattr(code, name) for name in _PLAIN}
    packed |= {name: pairs(getattr(code, name)) for name in Code.TEXT_FIELDS}
    packed["terms"] = list(code.terms)
    packed["attributes"] = [[key, list(values)] for key, values in code.attributes.items()]
    # Defaults are left out: most codes use few of the fields.
    return {key: value for key, value in packed.items() if value or key == "path"}


def _unpack_code(packed: dict[str, Any]) -> Code:
    values: dict[str, Any] = {name: packed[name] for name in _PLAIN if name in packed}
    values |= {name: LocalText(dict(packed.get(name, ()))) for name in Code.TEXT_FIELDS}
    values["terms"] = tuple(packed.get("terms", ()))
    values["attributes"] = FrozenMap(
        {key: tuple(values) for key, values in packed.get("attributes", ())}
    )
    return Code(**values)


def pairs(texts: FrozenMap[str, str]) -> list[list[str]]:
    """Return a mapping as JSON that keeps its order."""
    # Pairs, because the keys of JSON objects are sorted and the order must be kept.
    return [[key, value] for key, value in texts.items()]


def pack_guide(guide: Guide) -> dict[str, Any]:
    """Return a guide as JSON."""
    return {
        "name": guide.name,
        "group": guide.group,
        "title": pairs(guide.title),
        "questions": [
            {
                "id": question.id,
                "text": pairs(question.text),
                "codes": list(question.codes),
                "terms": list(question.terms),
                "optional": question.optional,
            }
            for question in guide.questions
        ],
    }


@_of_stored("guide")
def unpack_guide(packed: dict[str, Any]) -> Guide:
    """Return the guide from its JSON."""
    return Guide(
        name=packed["name"],
        group=packed["group"],
        title=LocalText(dict(packed["title"])),
        questions=tuple(
            Question(
                id=question["id"],
                text=LocalText(dict(question["text"])),
                codes=tuple(question["codes"]),
                terms=tuple(question["terms"]),
                optional=question["optional"],
            )
            for question in packed["questions"]
        ),
    )


def pack_case(case: Case) -> dict[str, Any]:
    """Return a case as JSON."""
    packed: dict[str, Any] = {
        "attributes": pairs(case.attributes),
        "transcripts": list(case.transcripts),
    }
    details = [
        {
            "transcript": part.transcript,
            "speakers": list(part.speakers),
            "attributes": pairs(part.attributes),
        }
        for part in case.participations
        if part.speakers or part.attributes
    ]
    # Absent if empty, so that a state equals the one that an older version wrote in the history.
    return packed | ({"participations": details} if details else {})


@_of_stored("case")
def unpack_case(name: str, packed: dict[str, Any]) -> Case:
    """Return the case from its JSON."""
    details = {detail["transcript"]: detail for detail in packed.get("participations", ())}
    nothing: dict[str, Any] = {"speakers": (), "attributes": ()}
    participations = tuple(
        Participation(
            transcript,
            tuple(detail["speakers"]),
            FrozenMap(dict(detail["attributes"])),
        )
        for transcript in packed["transcripts"]
        for detail in (details.get(transcript, nothing),)
    )
    return Case(name, FrozenMap(dict(packed["attributes"])), participations)


def pack_round(value: Round) -> dict[str, Any]:
    """Return a round as JSON."""
    packed = {field.name: getattr(value, field.name) for field in fields(value)}
    return packed | {name: list(packed[name]) for name in _ROUND_LISTS}


@_of_stored("round")
def unpack_round(packed: dict[str, Any]) -> Round:
    """Return the round from its JSON."""
    # get: rounds of older versions have no list of who handed in.
    lists = {name: tuple(packed.get(name, ())) for name in _ROUND_LISTS}
    return Round(**(packed | lists))
