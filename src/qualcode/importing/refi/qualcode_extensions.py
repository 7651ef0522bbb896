"""Reads what REFI-QDA has no place for: rounds, guides, decisions, events, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.selections import moment
from qualcode.model import (
    Choice,
    Code,
    Codebook,
    Decision,
    Event,
    FrozenMap,
    Guide,
    LocalText,
    Question,
    Round,
    Span,
)

T = TypeVar("T")


def read_qualcode_extensions(fields: Mapping[str, Any], loss_report: LossReport) -> dict[str, Any]:
    """Return values of an ExchangeProject from the fields of a project's description."""

    def each(key: str, make: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
        values: list[T] = []
        for item in _listed(fields.get(key)):
            try:
                values.append(make(item))
            # Another program may have saved the file and cut the fields; the rest is still good.
            except (KeyError, TypeError, ValueError, AttributeError):
                loss_report.record_lost(key, "Their fields are damaged.")
        return tuple(values)

    excerpts = fields.get("excerpts")
    types = fields.get("variable_types")
    types = types if isinstance(types, Mapping) else {}
    return {
        "rounds": each("rounds", _round),
        "guides": each("guides", _guide),
        "decisions": each("decisions", _decision),
        "events": each("events", _event),
        "earlier": each("earlier", _codebook),
        "chosen": frozenset(map(str, _listed(fields.get("chosen")))),
        "confirmed": frozenset(map(str, _listed(fields.get("confirmed")))),
        "excerpts": FrozenMap(excerpts if isinstance(excerpts, Mapping) else {}),
        "variable_types": FrozenMap({str(key): str(type_) for key, type_ in types.items()}),
    }


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _round(item: Mapping[str, Any]) -> Round:
    lists = {key: tuple(item.get(key, ())) for key in ("coders", "transcripts", "handed_in")}
    return Round(**{**item, **lists})


def _guide(item: Mapping[str, Any]) -> Guide:
    return Guide(
        name=item["name"],
        group=item["group"],
        questions=tuple(
            Question(
                id=question["id"],
                text=LocalText(question["text"]),
                codes=tuple(question["codes"]),
                terms=tuple(question["terms"]),
                optional=question["optional"],
            )
            for question in item["questions"]
        ),
        title=LocalText(item["title"]),
    )


def _codebook(item: Mapping[str, Any]) -> Codebook:
    return Codebook(
        name=item["name"],
        codes=tuple(map(_code, item["codes"])),
        version=item["version"],
        title=LocalText(item["title"]),
        language=item["language"],
    )


def _code(item: Mapping[str, Any]) -> Code:
    attributes = {key: tuple(words) for key, words in item["attributes"].items()}
    values = {
        **{name: LocalText(item[name]) for name in Code.TEXT_FIELDS},
        "terms": tuple(item["terms"]),
        "attributes": FrozenMap(attributes),
    }
    return Code(**{**item, **values})


def _decision(item: Mapping[str, Any]) -> Decision:
    span = item["span"]
    return Decision(
        disagreement=item["disagreement"],
        choice=Choice(item["choice"]),
        by=item["by"],
        transcript=item["transcript"],
        reason=item["reason"],
        span=None if span is None else Span(span["start"], span["end"]),
        code=item["code"],
        decided_at=moment(item["decided_at"]),
    )


def _event(item: Mapping[str, Any]) -> Event:
    at = moment(item["at"])
    if at is None:
        # The history is in the order of time; an event without one is counted as damaged.
        raise ValueError(item["at"])
    return Event(**{**item, "at": at})
