"""Rows of settings, cases, guides, coders and rounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from qualcode.errors import ConflictError, DuplicateError, InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Case, Guide, Role, Round
from qualcode.model.coding import LAYERS
from qualcode.storage.codebooks import read_code_index
from qualcode.storage.history import Change, next_number
from qualcode.storage.json_codec import (
    pack_case,
    pack_guide,
    pack_round,
    unpack_case,
    unpack_guide,
    unpack_round,
)
from qualcode.storage.schema import (
    case_transcripts,
    cases,
    coders,
    codings,
    guides,
    memos,
    rounds,
    settings,
    to_json,
    transcripts,
)
from qualcode.storage.transcripts import current_roles, ids_by_name


def read_setting(connection: Connection, key: str, default: Any) -> Any:
    """Return the value of a setting, or ``default`` if it was never set."""
    row = connection.execute(select(settings.c.value).where(settings.c.key == key)).one_or_none()
    return default if row is None else row.value


def set_setting(change: Change, key: str, value: Any) -> None:
    """Store a setting: any JSON value."""
    before = read_setting(change.connection, key, None)
    change.connection.execute(delete(settings).where(settings.c.key == key))
    change.connection.execute(insert(settings), {"key": key, "value": value})
    change.record("setting.set", key, before, value, final=True)


def set_design(change: Change, key: str, value: Any) -> None:
    """Store what researchers decided on how to publish; undo takes it back."""
    before = read_setting(change.connection, key, None)
    # The same again is no change, and must not become a step of undo.
    if to_json(before) != to_json(value):
        change.record("design.set", key, before, value)
        restore_designs(change, {key: value})


def read_designs(connection: Connection, beginning: str) -> dict[str, Any]:
    """Return the designs whose key begins like this, sorted by key."""
    # A literal prefix: an underscore of a key must not stand for any letter.
    query = select(settings).where(settings.c.key.startswith(beginning, autoescape=True))
    rows = connection.execute(query.order_by(settings.c.key))
    return {row.key: row.value for row in rows}


def current_designs(connection: Connection, keys: Collection[str]) -> dict[str, Any]:
    """Return the designs that there are, by key."""
    query = select(settings).where(settings.c.key.in_(keys))
    return {row.key: row.value for row in connection.execute(query)}


def restore_designs(change: Change, states: Mapping[str, Any]) -> None:
    """Store designs; None removes one."""
    change.connection.execute(delete(settings).where(settings.c.key.in_([*states])))
    rows = [{"key": key, "value": value} for key, value in states.items() if value is not None]
    if rows:
        change.connection.execute(insert(settings), rows)


def add_coder(change: Change, name: str) -> None:
    """Store the name of a coder; a known name changes nothing.

    Raises:
        DuplicateError: A name differs from it only in capitals or spaces: two people would be
            confused, or one person would count as two.
        InvalidValueError: It has no sign, or is the name of a layer.
    """
    if not name.strip():
        raise InvalidValueError("A coder needs a name.")
    names = change.connection.scalars(select(coders.c.name)).all()
    if name not in names:
        if _spoken(name) in LAYERS:
            raise InvalidValueError(
                Message(
                    "'{name}' cannot be the name of a coder: in reports it stands for the work of "
                    "several coders (--layer {layer}). Choose another name.",
                    name=name,
                    layer=_spoken(name),
                )
            )
        alike = next(
            (
                other_name
                for other_name in (*names, CONSENSUS)
                if _spoken(other_name) == _spoken(name)
            ),
            "",
        )
        if alike:
            raise DuplicateError(
                Message(
                    "There is a coder '{alike}', and '{name}' sounds the same: capitals and "
                    "spaces do not make another coder. Did you mean '{alike}'? Someone else "
                    "needs another name.",
                    alike=alike,
                    name=name,
                )
            )
        place = next_number(change.connection, coders.c.position)
        change.connection.execute(insert(coders), {"name": name, "position": place})
        change.record("coder.add", name, after={"name": name}, final=True)


def _spoken(name: str) -> str:
    return " ".join(name.casefold().split())


def read_coders(connection: Connection) -> tuple[str, ...]:
    """Return the people who code, in the order they joined; ``consensus`` is not one."""
    query = select(coders.c.name).where(coders.c.name != CONSENSUS).order_by(coders.c.position)
    return tuple(connection.scalars(query))


def put_cases(change: Change, values: Iterable[Case], removed_names: Iterable[str] = ()) -> None:
    """Store cases, replacing those of the same name; other cases stay.

    Args:
        change: The step that it belongs to.
        values: The cases.
        removed_names: Names of the cases to remove.

    Raises:
        ConflictError: There is a memo on a case to remove.
        UnknownNameError: A case names a transcript that the project does not have.
    """
    new_states = {value.name: pack_case(value) for value in values}
    ids = ids_by_name(change.connection)
    for name, state in new_states.items():
        for transcript in state["transcripts"]:
            if transcript not in ids:
                raise unknown_name(
                    "transcript", transcript, ids, Message("the project (case '{name}')", name=name)
                )
    states = {**dict.fromkeys(removed_names), **new_states}
    _put(change, "case.put", states, current_cases(change.connection, states), restore_cases)
    # Checked when all are stored: two cases may swap their speakers in one step.
    refuse_unclear_speakers(change.connection)


def _put(
    change: Change,
    action: str,
    states: Mapping[str, Any],
    before: Mapping[str, Any],
    restore: Any,
) -> None:
    # Equal states leave no event, so that undo does not stop at a change without effect.
    changed = {name: state for name, state in states.items() if before.get(name) != state}
    for name, state in changed.items():
        change.record(action, name, before.get(name), state)
    restore(change, changed)


def read_cases(connection: Connection) -> tuple[Case, ...]:
    """Return the cases, in the order they were added."""
    names = connection.scalars(select(cases.c.name).order_by(cases.c.position)).all()
    states = current_cases(connection, names)
    return tuple(unpack_case(name, states[name]) for name in names)


def current_cases(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the cases of some names as JSON."""
    name_set = frozenset(names)
    states = {
        row.name: {"attributes": row.attributes, "transcripts": []}
        for row in connection.execute(select(cases))
        if row.name in name_set
    }
    query = (
        select(
            case_transcripts.c.case,
            transcripts.c.name,
            case_transcripts.c.speakers,
            case_transcripts.c.attributes,
        )
        .join(transcripts)
        .order_by(case_transcripts.c.position)
    )
    for row in connection.execute(query):
        if row.case in states:
            states[row.case]["transcripts"].append(row.name)
            if row.speakers or row.attributes:
                detail = {
                    "transcript": row.name,
                    "speakers": row.speakers,
                    "attributes": row.attributes,
                }
                states[row.case].setdefault("participations", []).append(detail)
    return states


def restore_cases(change: Change, states: Mapping[str, Any]) -> None:
    """Restore cases; None removes a case."""
    connection = change.connection
    ids = ids_by_name(connection)
    stored_names = set(connection.scalars(select(cases.c.name)))
    for name, state in states.items():
        # Links are rewritten as a whole, because their order counts.
        connection.execute(delete(case_transcripts).where(case_transcripts.c.case == name))
        if state is None:
            _refuse_noted(connection, "case", name)
            connection.execute(delete(cases).where(cases.c.name == name))
            continue
        # Updated and not written anew: a case keeps its place in the order of joining.
        if name in stored_names:
            values = {"attributes": state["attributes"]}
            connection.execute(update(cases).where(cases.c.name == name).values(values))
        else:
            place = next_number(connection, cases.c.position)
            row = {"name": name, "position": place, "attributes": state["attributes"]}
            connection.execute(insert(cases), row)
        _link(connection, name, state, ids)


def _refuse_noted(connection: Connection, kind: str, name: str) -> None:
    columns = memos.c
    about = columns.target_kind == kind, columns.target == name, columns.withdrawn_at.is_(None)
    if connection.execute(select(columns.id).where(*about).limit(1)).first():
        raise ConflictError(
            Message(
                "The {kind} '{name}' cannot be taken back: there is a memo on it. Withdraw it "
                "first.",
                kind=kind,
                name=name,
            )
        )


def _link(
    connection: Connection, case: str, state: Mapping[str, Any], ids: Mapping[str, int]
) -> None:
    details = {detail["transcript"]: detail for detail in state.get("participations", ())}
    for place, name in enumerate(state["transcripts"]):
        if name not in ids:
            raise ConflictError(
                Message(
                    "Case '{case}' cannot come back: transcript '{name}' is no longer there.",
                    case=case,
                    name=name,
                )
            )
        detail = details.get(name, {"speakers": [], "attributes": []})
        row = {
            "case": case,
            "transcript_id": ids[name],
            "position": place,
            "speakers": detail["speakers"],
            "attributes": detail["attributes"],
        }
        connection.execute(insert(case_transcripts), row)


def refuse_unclear_speakers(connection: Connection) -> None:
    """Refuse a speaker who is nobody, an interviewer, or two cases at once.

    Raises:
        UnknownNameError: A case is a speaker that its transcript does not have.
        ConflictError: Two cases are the same speaker, or a case is an interviewer.
    """
    links = connection.execute(
        select(case_transcripts, transcripts.c.name)
        .join(transcripts)
        .where(case_transcripts.c.speakers != [])
        .order_by(case_transcripts.c.transcript_id, case_transcripts.c.case)
    ).all()
    roles = current_roles(connection, {link.name for link in links})
    case_by_speaker: dict[tuple[str, str], str] = {}
    for link in links:
        for label in link.speakers:
            if label not in roles[link.name]:
                where = Message("transcript '{name}'", name=link.name)
                raise unknown_name("speaker", label, roles[link.name], where)
            first = case_by_speaker.setdefault((link.name, label), link.case)
            if first != link.case:
                raise ConflictError(
                    Message(
                        "Speaker '{label}' of transcript '{name}' cannot be both '{case}' and "
                        "'{case_2}': a speaker is one person.",
                        label=label,
                        name=link.name,
                        case=first,
                        case_2=link.case,
                    )
                )
            if roles[link.name][label] == Role.INTERVIEWER:
                raise ConflictError(
                    Message(
                        "Speaker '{label}' of transcript '{name}' is an interviewer, so "
                        "'{case}' cannot be that speaker. Change the role first.",
                        label=label,
                        name=link.name,
                        case=link.case,
                    )
                )


def put_guide(change: Change, guide: Guide) -> None:
    """Store a guide, replacing one of the same name."""
    states = {guide.name: pack_guide(guide)}
    _put(change, "guide.put", states, current_guides(change.connection, states), restore_guides)


def read_guides(connection: Connection) -> tuple[Guide, ...]:
    """Return the guides, in the order they were added."""
    query = select(guides.c.guide).order_by(guides.c.position)
    return tuple(unpack_guide(packed) for packed in connection.scalars(query))


def current_guides(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the guides of some names as JSON."""
    rows = connection.execute(select(guides).where(guides.c.name.in_(names)))
    return {row.name: row.guide for row in rows}


def restore_guides(change: Change, states: Mapping[str, Any]) -> None:
    """Restore guides; None removes a guide."""
    _upsert(change.connection, guides, guides.c.guide, states)


def put_round(change: Change, value: Round) -> None:
    """Store a round, replacing one of the same name.

    Raises:
        UnknownNameError: It names an unknown coder, transcript or version of the codebook.
    """
    connection = change.connection
    people = set(connection.scalars(select(coders.c.name)))
    where = Message("the project (round '{name}')", name=value.name)
    for kind, names, known_names in (
        ("coder", value.coders, people),
        ("transcript", value.transcripts, set(ids_by_name(connection))),
    ):
        for name in names:
            if name not in known_names:
                raise unknown_name(kind, name, known_names - {CONSENSUS}, where)
    versions = read_code_index(connection).versions
    if versions and value.codebook_version not in versions:
        listed = [str(version) for version in versions]
        raise unknown_name("codebook version", str(value.codebook_version), listed, where)
    states = {value.name: pack_round(value)}
    _put(change, "round.put", states, current_rounds(connection, states), restore_rounds)


def read_rounds(connection: Connection) -> tuple[Round, ...]:
    """Return the rounds, in the order they were added."""
    query = select(rounds.c.round).order_by(rounds.c.position)
    return tuple(unpack_round(packed) for packed in connection.scalars(query))


def current_rounds(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the rounds of some names as JSON."""
    rows = connection.execute(select(rounds).where(rounds.c.name.in_(names)))
    return {row.name: row.round for row in rows}


def hand_in(change: Change, name: str, coder: str) -> Round:
    """Record that a coder handed in a round, and return it; the last coder closes it.

    Raises:
        ConflictError: The coder handed it in already.
        UnknownNameError: There is no such round, or the coder is not in it.
    """
    round_ = _round_of(change.connection, name, coder)
    if coder in round_.handed_in:
        raise ConflictError(
            Message("{coder} handed in round '{name}' already.", coder=coder, name=name)
        )
    handed_in = tuple(c for c in round_.coders if c == coder or c in round_.handed_in)
    changed = replace(round_, handed_in=handed_in, closed=handed_in == round_.coders)
    restore_rounds(change, {name: pack_round(changed)})
    # Final: undoing it would give back sight of others' work and the right to change one's own.
    change.record("hand_in.add", name, after={"coder": coder}, final=True)
    return changed


def reopen(change: Change, name: str, coder: str, reason: str) -> Round:
    """Reopen a round for a coder who handed it in, and return it.

    Raises:
        ConflictError: The coder did not hand it in.
        UnknownNameError: There is no such round, or the coder is not in it.
    """
    round_ = _round_of(change.connection, name, coder)
    if coder not in round_.handed_in:
        raise ConflictError(
            Message("{coder} did not hand in round '{name}': it is open.", coder=coder, name=name)
        )
    handed_in = tuple(c for c in round_.handed_in if c != coder)
    changed = replace(round_, handed_in=handed_in, closed=False)
    restore_rounds(change, {name: pack_round(changed)})
    # The report counts rounds reopened after everybody had handed in: blindness was over then.
    details = {"coder": coder, "reason": reason, "all_had_handed_in": round_.closed}
    change.record("hand_in.reopen", name, after=details, final=True)
    return changed


def _round_of(connection: Connection, name: str, coder: str) -> Round:
    round_by_name = {round_.name: round_ for round_ in read_rounds(connection)}
    if name not in round_by_name:
        raise unknown_name("round", name, round_by_name, "the project")
    if coder not in round_by_name[name].coders:
        raise unknown_name(
            "coder", coder, round_by_name[name].coders, Message("round '{name}'", name=name)
        )
    return round_by_name[name]


def restore_rounds(change: Change, states: Mapping[str, Any]) -> None:
    """Restore rounds; None removes a round.

    Raises:
        ConflictError: A round to remove has codings.
    """
    for name in (name for name, state in states.items() if state is None):
        within = codings.c.round == name, codings.c.withdrawn_at.is_(None)
        coding = change.connection.scalar(select(codings.c.id).where(*within).limit(1))
        _refuse_noted(change.connection, "round", name)
        if coding is not None:
            raise ConflictError(
                Message(
                    # Not how many: they may be of others, and the round blind.
                    "Round '{name}' cannot be taken back: codings were made in it. Withdraw those "
                    "first.",
                    name=name,
                )
            )
    _upsert(change.connection, rounds, rounds.c.round, states)


def _upsert(connection: Connection, table: Any, column: Any, states: Mapping[str, Any]) -> None:
    stored_names = set(connection.scalars(select(table.c.name)))
    for name, state in states.items():
        same_name = table.c.name == name
        if state is None:
            connection.execute(delete(table).where(same_name))
        elif name in stored_names:
            connection.execute(update(table).where(same_name).values({column.name: state}))
        else:
            place = next_number(connection, table.c.position)
            row = {"name": name, "position": place, column.name: state}
            connection.execute(insert(table), row)
