"""What somebody else changed since a form was drawn: both texts, and the choice between them.

Every form that shows what is stored, and saves it whole, saves through :func:`save_form`, in its
callback: then the values are those that were typed, and `as_read` is what the form was drawn from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from qualcode.errors import EditConflictError, LossError, QualcodeError
from qualcode.model import FieldConflict, FrozenMap, LocalText
from qualcode.project import save_edit

from .. import session
from .notices import notify, tell_error
from .text import escape_markdown

_MINE, _THEIRS, _MERGED = "mine", "theirs", "merged"
_WHOLE = {"color"}
"""Fields of which no value can be made of two others."""

SaveForm = Callable[[Any, Mapping[str, Any]], object]
"""Saves fields of a form that was drawn from a value; raises EditConflictError."""


def field_text(value: object) -> str:
    """Return the value of a field as people read and type it."""
    if isinstance(value, FrozenMap):
        return "\n".join(f"{key}: {', '.join(values)}" for key, values in value.items())
    if isinstance(value, tuple):
        return ", ".join(field_text(part) for part in value)
    return "" if value is None else str(value)


def read_field(like: object, text: str) -> Any:
    """Return the value that a typed text means, of the same kind as another one."""
    if isinstance(like, FrozenMap):
        pairs = (line.partition(":") for line in text.split("\n"))
        return FrozenMap(
            {
                key.strip(): _split_list(values)
                for key, _colon, values in pairs
                if key.strip() and _split_list(values)
            }
        )
    # Terms of both sides stand on two lines until somebody joins them.
    return _split_list(text.replace("\n", ",")) if isinstance(like, tuple) else text.strip()


def _split_list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


@dataclass(frozen=True, slots=True)
class Form:
    """A form of something that others can change too.

    Attributes:
        name: What the thing is called, as people read it.
        save: Saves it.
        texts: The value of a field as people read it, where that is not its text itself. Of such a
            field one side is kept, and no third value is made.
        saved: The notice after saving; ``""`` for the usual one.
        ask_loss: Asks before something is lost; is given what would be, and what was to be saved.
    """

    name: str
    save: SaveForm
    texts: Mapping[str, Callable[[Any], str]] = FrozenMap()
    saved: str = ""
    ask_loss: Callable[[LossError, Any, Mapping[str, Any]], None] | None = None


def make_form(
    name: str,
    titles: Mapping[str, str],
    read: Callable[[], Mapping[str, Any] | None],
    save: Callable[[Mapping[str, Any]], object],
    *,
    texts: Mapping[str, Callable[[Any], str]] = FrozenMap(),
    saved: str = "",
    ask_loss: Callable[[LossError, Any, Mapping[str, Any]], None] | None = None,
) -> Form:
    """Return a form of values in the project; see :func:`qualcode.project.save_edit`."""

    def save_values(as_read: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
        save_edit(
            session.project(), as_read, fields, read=read, save=save, name=name, titles=titles
        )

    return Form(name, save_values, texts, saved, ask_loss)


def typed(key: str) -> str:
    """Return what was typed in a text field."""
    # A browser ends lines in its own way, which is no change of the text.
    return str(st.session_state[key] or "").replace("\r\n", "\n")


def save_form(form: Form, as_read: Any, fields: Mapping[str, Any]) -> bool:
    """Save a form, or keep both sides until it is chosen what to save.

    Args:
        form: The form.
        as_read: What it was drawn from.
        fields: The values that it holds now, by field.

    Returns:
        Whether it was saved.
    """
    _ = session.words()
    try:
        form.save(as_read, fields)
    except EditConflictError as error:
        keep_conflict(form, error)
    except LossError as error:
        if form.ask_loss is None:
            tell_error(error)
        else:
            form.ask_loss(error, as_read, fields)
    except QualcodeError as error:
        tell_error(error)
    else:
        # Kept until then: a refusal must not take away what was chosen.
        _waiting().pop(form.name, None)
        notify(form.saved or _("Saved"))
        return True
    return False


def is_waiting(form: Form) -> bool:
    """Tell whether somebody is to choose between two texts of a form."""
    return form.name in _waiting()


def keep_conflict(form: Form, error: EditConflictError) -> None:
    """Keep both sides, to draw them on top of the page."""
    _waiting()[form.name] = (form, error)


def _waiting() -> dict[str, tuple[Form, EditConflictError]]:
    # Another coder, or another project, in this window has nothing to choose here.
    waiting: dict[str, tuple[Form, EditConflictError]] = st.session_state.setdefault(
        f"edit-conflicts-{session.view()}", {}
    )
    return waiting


def show_conflicts() -> None:
    """Draw both sides of what two people changed, if there is any."""
    for place, (form, error) in enumerate([*_waiting().values()]):
        with st.container(border=True, key=f"edit-conflict-{place}" if place else "edit-conflict"):
            if error.stored is None:
                _show_removed(form, error)
            else:
                _show_choice(form, error)


def _save_chosen(form: Form, stored: Any, fields: Mapping[str, Any]) -> None:
    save_form(form, stored, fields)


def _forget(form: Form) -> None:
    _waiting().pop(form.name, None)


def _show_removed(form: Form, error: EditConflictError) -> None:
    _ = session.words()
    st.warning(escape_markdown(_.translate(str(error))), icon=":material/warning:")
    for field, value in error.fields.items():
        text = value.get(session.language(), "") if isinstance(value, LocalText) else value
        if words := _field_text(form, field, text):
            st.text(words)
    st.button(_("Close"), key=f"close-{form.name}", on_click=_forget, args=(form,))


def _show_choice(form: Form, error: EditConflictError) -> None:
    _ = session.words()
    name = escape_markdown(form.name)
    st.markdown(_("**{code}** was changed by two people at once.", code=name))
    st.caption(_("Nothing you changed is saved yet. Choose what to keep."))
    fields: dict[str, Any] = dict(error.fields)
    is_chosen = True
    for conflict in error.conflicts:
        choice = _choose(form, conflict)
        if choice is None:
            is_chosen = False
            continue
        value = choice[0]
        field, _dot, language = conflict.field.partition(".")
        is_local = isinstance(fields.get(field), LocalText)
        if is_local:
            fields[field] = LocalText.of({**fields[field], language: value})
        else:
            fields[conflict.field] = value
    with st.container(horizontal=True):
        st.button(
            _("Save what I chose"),
            type="primary",
            disabled=not is_chosen,
            on_click=_save_chosen,
            args=(form, error.stored, fields),
            key=f"save-chosen-{form.name}",
        )
        st.button(_("Do not save"), key=f"drop-chosen-{form.name}", on_click=_forget, args=(form,))


def _choose(form: Form, conflict: FieldConflict) -> tuple[Any] | None:
    """Draw both sides of one field; return the chosen value, None if none was chosen yet."""
    _ = session.words()
    sides_hash = hash((str(conflict.new_text), str(conflict.stored_text)))
    key = f"conflict-{form.name}-{conflict.field}-{sides_hash}"
    st.markdown(f"**{escape_markdown(_.translate(conflict.field_name))}**")
    author = conflict.author or _("Somebody else")
    when = f", {_.moment(conflict.at)}" if conflict.at else ""
    sides = ((_("You"), conflict.new_text), (f"{author}{when}", conflict.stored_text))
    for column, (heading, value) in zip(st.columns(2), sides, strict=True):
        with column:
            st.caption(escape_markdown(heading))
            st.text(_field_text(form, conflict.field, value) or _("(empty)"))
    labels = {_MINE: _("Mine"), _THEIRS: _("Theirs"), _MERGED: _("A text made of both")}
    if conflict.field in {*_WHOLE, *form.texts}:
        del labels[_MERGED]
    choice = st.radio(
        _("Keep"),
        list(labels),
        format_func=labels.__getitem__,
        index=None,
        horizontal=True,
        key=key,
    )
    if choice == _MERGED:
        joined = f"{field_text(conflict.new_text)}\n{field_text(conflict.stored_text)}"
        text = st.text_area(_("Text to save"), value=joined, height="content", key=f"{key}-merged")
        return (read_field(conflict.new_text, text),)
    values = {_MINE: conflict.new_text, _THEIRS: conflict.stored_text}
    return (values[choice],) if choice else None


def _field_text(form: Form, field: str, value: Any) -> str:
    return form.texts.get(field, field_text)(value)
