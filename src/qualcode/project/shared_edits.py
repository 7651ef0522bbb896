"""A form that shows what is stored, and saves it whole: nobody's change in between is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcode.errors import EditConflictError
from qualcode.messages import Message
from qualcode.model import merge_values

if TYPE_CHECKING:
    from qualcode.project.project import Project


def save_edit(
    project: Project,
    as_read: Mapping[str, Any],
    fields: Mapping[str, Any],
    *,
    read: Callable[[], Mapping[str, Any] | None],
    save: Callable[[Mapping[str, Any]], object],
    name: str,
    titles: Mapping[str, str],
) -> None:
    """Save what somebody changed in a form, with what others stored since it was drawn.

    Read and saved in one step, so that nobody writes in between.

    Args:
        project: Where it is stored, as the person who saves it sees it.
        as_read: The values that the form showed, by field.
        fields: The values that it holds now.
        read: Gives the values that are stored; None if there is no such thing any more.
        save: Stores values of the fields, by a verb of the project.
        name: What the thing is called: "type 'Night worker'".
        titles: What the fields are called.

    Raises:
        EditConflictError: somebody else changed one of the fields since, or removed the thing;
            nothing is changed.
    """
    with project.history.step():
        stored = read()
        if stored is None:
            text = Message(
                "Somebody removed or renamed this since you opened it: {name}. Nothing is saved; "
                "copy what you want to keep.",
                name=name,
            )
            raise EditConflictError(text, None, fields)
        merged, conflicts = merge_values(as_read, stored, fields)
        if conflicts:
            named = [
                replace(conflict, title=titles.get(conflict.field, conflict.field))
                for conflict in conflicts
            ]
            text = Message(
                "Somebody changed this since you opened it: {name}, in a field that you changed "
                "too: {field}. Nothing is saved. Choose which text to keep.",
                name=name,
                field=named[0].title,
            )
            raise EditConflictError(text, stored, merged, named)
        save(merged)
