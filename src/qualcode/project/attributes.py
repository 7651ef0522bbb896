"""Attributes of respondents and interviews: their types and the bands of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.errors import InvalidValueError, Problem, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    Attribute,
    AttributeType,
    Case,
    FrozenMap,
    Transcript,
    guess_attribute,
)
from qualcode.project.part import Part, in_step

_SETTING = "attribute_types"


class Attributes(Part):
    """The attributes of respondents, participations and transcripts."""

    def collect(self) -> tuple[Attribute, ...]:
        """Return each attribute with its type: as somebody said, else as its values look."""
        with self._snapshot() as snapshot:
            values = _values_by_name(snapshot.cases, snapshot.transcripts)
            said = self._said()
        return tuple(
            said.get(name) or guess_attribute(name, of_name) for name, of_name in values.items()
        )

    @in_step
    def set_type(
        self,
        name: str,
        attribute_type: AttributeType | str,
        *,
        values: Sequence[str] = (),
        cuts: Sequence[float] = (),
    ) -> tuple[Problem, ...]:
        """Say what type an attribute has; return the values that do not fit it.

        Args:
            name: The attribute.
            attribute_type: ``text``, ``ordered``, ``number`` or ``date``.
            values: Of an ordered attribute: its values, lowest first.
            cuts: Of a number: where the bands begin.

        Raises:
            UnknownNameError: nobody has such an attribute.
            InvalidValueError: no such type, or bands that do not rise.
        """
        try:
            attribute = Attribute(
                name, AttributeType(attribute_type), tuple(values), tuple(map(float, cuts))
            )
        except ValueError as error:
            # It is a ValueError as well, and its message says already what is wrong with the bands.
            if isinstance(error, InvalidValueError):
                raise
            raise InvalidValueError(
                Message(
                    "'{kind}' is no type of attribute. There is: {kinds}.",
                    kind=str(attribute_type),
                    kinds=", ".join(AttributeType),
                )
            ) from error
        with self._snapshot() as snapshot:
            values_by_name = _values_by_name(snapshot.cases, snapshot.transcripts)
        if name not in values_by_name:
            raise unknown_name("attribute", name, values_by_name, "the project")
        setting = {
            key: {"type": said.type.value, "values": said.values, "cuts": said.cuts}
            for key, said in {**self._said(), name: attribute}.items()
        }
        self._store.set_setting(_SETTING, setting, self._coder)
        wrong = dict.fromkeys(value for value in values_by_name[name] if not attribute.fits(value))
        return tuple(
            Problem(
                Message("attribute {name}", name=name),
                Message("'{value}' is no value of this type.", value=value),
                "It is counted as it stands.",
            )
            for value in wrong
        )

    def in_categories(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        """Return cases whose numbers are bands and whose dates are years, as reports count them."""
        attributes = {attribute.name: attribute for attribute in self.collect()}

        def categories(values: Mapping[str, str]) -> FrozenMap[str, str]:
            return FrozenMap(
                {
                    name: attributes[name].category(value) if name in attributes else value
                    for name, value in values.items()
                }
            )

        return tuple(
            replace(
                case,
                attributes=categories(case.attributes),
                participations=tuple(
                    replace(part, attributes=categories(part.attributes))
                    for part in case.participations
                ),
            )
            for case in cases
        )

    def set_for_transcript(self, name: str, attributes: Mapping[str, str]) -> None:
        """Set attributes of a transcript: ``kind``, ``date``, ...; others stay, ``""`` removes one.

        Raises:
            InvalidValueError: there is no such kind.
            UnknownNameError: no such transcript.
        """
        kind = attributes.get("kind", "")
        if kind and kind not in Transcript.KINDS:
            raise InvalidValueError(
                Message(
                    "'{kind}' is no kind of source. There is: {kinds}.",
                    kind=kind,
                    kinds=", ".join(Transcript.KINDS),
                )
            )
        self._store.set_attributes(name, attributes, self._coder)

    def _said(self) -> dict[str, Attribute]:
        setting = self._store.setting(_SETTING, {})
        return {
            name: Attribute(
                name, AttributeType(said["type"]), tuple(said["values"]), tuple(said["cuts"])
            )
            for name, said in setting.items()
        }


def _values_by_name(
    cases: Iterable[Case], transcripts: Iterable[Transcript]
) -> dict[str, list[str]]:
    maps = [case.attributes for case in cases]
    maps += [part.attributes for case in cases for part in case.participations]
    maps += [transcript.attributes for transcript in transcripts]
    values: dict[str, list[str]] = {}
    for attributes in maps:
        for name, value in attributes.items():
            values.setdefault(name, []).append(value)
    return values
