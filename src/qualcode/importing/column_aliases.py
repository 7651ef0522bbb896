"""Names of columns in Dutch, in English and in the exports of other tools."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.errors import Problem, UnknownColumnsError
from qualcode.messages import Message
from qualcode.model import Case

TIME, SPEAKER, TEXT = "time", "speaker", "text"

_ALIASES: dict[str, tuple[str, ...]] = {
    TIME: (
        "tijd",
        "tijdstip",
        "tijdcode",
        "tijdstempel",
        "begintijd",
        "starttijd",
        "time",
        "timestamp",
        "time stamp",
        "timecode",
        "start",
        "start time",
        "begin",
        "from",
        "van",
    ),
    SPEAKER: (
        "spreker",
        "wie",
        "persoon",
        "naam",
        "rol",
        "speaker",
        "speaker name",
        "who",
        "name",
        "role",
        "label",
    ),
    TEXT: (
        "tekst",
        "uitspraak",
        "uiting",
        "transcriptie",
        "inhoud",
        "gesproken tekst",
        "text",
        "utterance",
        "transcript",
        "transcription",
        "content",
        "speech",
        "words",
    ),
    "transcript": (
        "transcripten",
        "transcripts",
        "interview",
        "interviews",
        "bestand",
        "bestandsnaam",
        "document",
        "documentnaam",
        "document name",
        "documentname",
        "dokumentname",
        "file",
        "file name",
        "filename",
        "source",
        "bron",
    ),
    "case": (
        "casus",
        "respondent",
        "pseudoniem",
        "pseudonym",
        "deelnemer",
        "participant",
        "respondentnummer",
        "nummer",
        "naam",
        "name",
        "id",
    ),
    "speaker_label": ("speaker", "spreker", "speakers", "sprekers", "label", "labels"),
    "group": ("groep", "respondentgroep", "doelgroep", "respondent group"),
    "sex": ("geslacht", "gender", "sekse"),
    "age_band": (
        "leeftijd",
        "leeftijdsgroep",
        "leeftijdscategorie",
        "leeftijdsklasse",
        "age",
        "age group",
        "age band",
        "ageband",
    ),
    "region": ("regio", "provincie", "province"),
    "work": ("werk", "beroep", "werksituatie", "occupation", "employment"),
    "start": (
        "startpositie",
        "beginpositie",
        "start position",
        "startposition",
        "van",
        "from",
        "pos0",
        "start offset",
    ),
    "end": (
        "eindpositie",
        "end position",
        "endposition",
        "eind",
        "einde",
        "tot",
        "to",
        "pos1",
        "end offset",
    ),
    "quote": (
        "citaat",
        "fragment",
        "passage",
        "tekst",
        "text",
        "content",
        "segment",
        "coded segment",
        "coded segments",
        "gecodeerd segment",
        "codiertes segment",
        "quotation",
        "quotation content",
        "coded text",
        "seltext",
        "inhoud",
        "highlight",
    ),
    "code": (
        "codes",
        "codenaam",
        "code name",
        "codename",
        "tag",
        "tags",
        "label",
        "thema",
        "code path",
        "codepad",
    ),
    "coder": (
        "codeur",
        "gecodeerd door",
        "coded by",
        "auteur",
        "author",
        "owner",
        "created by",
        "creating user",
        "user",
        "gebruiker",
        "aangemaakt door",
        "erstellt von",
    ),
    "turn": ("beurt", "beurtnummer", "turn number"),
    "memo": ("notitie", "opmerking", "opmerkingen", "comment", "comments", "note", "kommentar"),
    "disagreement": ("verschil", "id"),
    "choice": ("keuze", "besluit", "decision"),
    "reason": ("reden", "waarom", "why"),
    "note": ("toelichting", "uitleg", "explanation"),
    "new_code": ("nieuwe code",),
    "new_quote": ("nieuw citaat", "nieuwe passage", "new passage"),
    "new_start": ("nieuw begin",),
    "new_end": ("nieuw einde",),
    "participant": ("deelnemer", "respondent", "case"),
    "summary": ("samenvatting",),
    "version": ("versie",),
}


def _key(header: str) -> str:
    return re.sub(r"[\s_]+", " ", header).strip().casefold()


def match_column(header: Sequence[str], name: str) -> int | None:
    """Return the number of the column that is called ``name`` or one of its aliases."""
    keys = [_key(cell) for cell in header]
    # The first alias that occurs wins, so the order of the aliases is a priority.
    for alias in (_key(name), *_ALIASES[name]):
        if alias in keys:
            return keys.index(alias)
    return None


def match_columns(header: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Return the column of each name that occurs; no column is used twice."""
    column_by_name: dict[str, int] = {}
    # Exact names first: an alias such as "text" must not take the column of another field.
    for exact in (True, False):
        for name in names:
            if name in column_by_name:
                continue
            free = ["" if i in column_by_name.values() else cell for i, cell in enumerate(header)]
            if exact and _key(name) not in map(_key, free):
                continue
            column = match_column(free, name)
            if column is not None:
                column_by_name[name] = column
    return column_by_name


@dataclass(frozen=True, slots=True)
class UsualAttributes:
    """The usual attributes of cases among the names of a table or of another program's file.

    Attributes:
        by_name: The usual attribute (``age_band``) by the name in the file (``leeftijd``).
        rivals: The names in the file that could be one usual attribute, by that attribute; each
            keeps its name, since reading both as one would overwrite a value.
    """

    by_name: Mapping[str, str]
    rivals: Mapping[str, tuple[str, ...]]

    def problems(self, file_name: str) -> tuple[Problem, ...]:
        """Return what a person should check."""
        renamed = [
            f"'{name}' ({usual})"
            for name, usual in self.by_name.items()
            if _key(name) != _key(usual)
        ]
        problems = []
        if renamed:
            message = Message("Read as usual attributes: {names}.", names=", ".join(renamed))
            hint = Message("Give it another name in the file if it is something else.")
            problems.append(Problem(file_name, message, hint))
        for usual, names in self.rivals.items():
            message = Message(
                "{names} could each be the attribute '{usual}'; they keep their names.",
                names=tuple(f"'{name}'" for name in names),
                usual=usual,
            )
            hint = Message("Name one of them '{usual}' in the file to use it as that.", usual=usual)
            problems.append(Problem(file_name, message, hint))
        return tuple(problems)


def find_usual_attributes(names: Sequence[str]) -> UsualAttributes:
    """Return which names of attributes are usual ones in other words."""
    by_name: dict[str, str] = {}
    rivals: dict[str, tuple[str, ...]] = {}
    for usual in Case.USUAL_ATTRIBUTES:
        keys = {_key(usual), *_ALIASES[usual]}
        matches = tuple(dict.fromkeys(name for name in names if _key(name) in keys))
        exact = [name for name in matches if _key(name) == _key(usual)]
        if len(matches) > 1 and not exact:
            rivals[usual] = matches
        elif matches:
            by_name[(exact or matches)[0]] = usual
    return UsualAttributes(by_name, rivals)


def missing_columns(
    file_name: str, missing: Sequence[str], header: Sequence[str]
) -> UnknownColumnsError:
    """Return the error for a table that lacks columns; it names the columns of the table."""
    missing_names = " and ".join(f"'{name}'" for name in missing)
    # In a table without titles the first row is speech, which may be long.
    present_names = ", ".join(cell.strip()[:40] for cell in header if cell.strip()) or "none"
    return UnknownColumnsError(
        Message(
            "'{file_name}' has no column {missing_names}. Columns found: {present_names}. Name "
            "the columns in its first row.",
            file_name=file_name,
            missing_names=missing_names,
            present_names=present_names,
        ),
        header,
        missing,
    )
