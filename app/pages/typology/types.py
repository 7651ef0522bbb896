"""The types of a typology: name, definition, cells and target group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.model.property_space import CaseType, TypologyDesign

from ... import session
from ...widgets.edit_conflicts import make_form, save_form, typed
from ...widgets.notices import notify
from ...widgets.text import escape_markdown
from .category_names import cell_titles


def show_types(layer: str) -> None:
    """Show the types to change them, and a form for a new one."""
    _ = session.words()
    del layer
    design = session.project().themes.typology.design()
    if not design.types:
        st.info(_("No types were defined yet. Join cells of the property space into types here."))
    for case_type in design.types:
        title = f"{case_type.name} · {case_type.target}" if case_type.target else case_type.name
        with st.expander(escape_markdown(title)):
            _show_form(case_type, design)
    with st.expander(_("A new type"), expanded=not design.types, icon=":material/add:"):
        _show_form(CaseType(""), design)


def _show_form(case_type: CaseType, design: TypologyDesign) -> None:
    _ = session.words()
    # Drawn anew for another coder, after undo, and after a change in another window.
    made_count = 0 if case_type.name else st.session_state.get("types-made", 0)
    key = f"type-{hash((session.view(), case_type, made_count))}"
    combinations = _combinations(design)
    chosen = [cell for cell in case_type.cells if cell in combinations]
    with st.form(key, border=False):
        titles = _titles()
        st.text_input(titles["name"], value=case_type.name, key=f"{key}-name")
        st.text_area(titles["definition"], value=case_type.definition, key=f"{key}-definition")
        st.multiselect(
            titles["cells"],
            combinations,
            default=chosen,
            format_func=lambda cell: " · ".join(cell_titles(design.dimensions, cell)),
            placeholder=_("Choose cells"),
            key=f"{key}-cells",
        )
        st.text_input(titles["target"], value=case_type.target, key=f"{key}-target")
        # Cells with * were written on the command line; they stay.
        patterns = tuple(cell for cell in case_type.cells if cell not in combinations)
        st.form_submit_button(
            _("Save the type"), type="primary", on_click=_save, args=(case_type, key, patterns)
        )
    if case_type.name and st.button(_("Remove the type"), key=f"{key}-remove"):
        session.project().themes.typology.remove_type(case_type.name)
        notify(_("The type is removed; undo brings it back."))
        st.rerun()


def _combinations(design: TypologyDesign) -> list[tuple[str, ...]]:
    cells: list[tuple[str, ...]] = [()]
    for dimension in design.dimensions:
        cells = [(*cell, category.name) for cell in cells for category in dimension.categories]
    return cells if design.dimensions else []


def _titles() -> dict[str, str]:
    _ = session.words()
    return {
        "name": _("Name"),
        "definition": _("What its respondents have in common"),
        "cells": _("Cells of the property space"),
        "target": _("Target group"),
    }


def _save(case_type: CaseType, key: str, patterns: tuple[tuple[str, ...], ...]) -> None:
    _ = session.words()
    name = typed(f"{key}-name").strip()
    fields = {
        "name": name,
        "definition": typed(f"{key}-definition"),
        "cells": (*patterns, *st.session_state[f"{key}-cells"]),
        "target": typed(f"{key}-target").strip(),
    }
    # A new type gets a name that a colleague may have given meanwhile: then it is that type.
    before = case_type if case_type.name else CaseType(name)
    form = make_form(
        before.name,
        _titles(),
        lambda: _read(before.name, is_new=not case_type.name),
        lambda values: _store(before.name, values),
        texts={"cells": _cells_text},
        saved=_("The type is saved."),
    )
    if save_form(form, _values(before), fields) and not case_type.name:
        # Another key empties the form of a new type.
        st.session_state["types-made"] = st.session_state.get("types-made", 0) + 1


def _values(case_type: CaseType) -> dict[str, Any]:
    return {
        "name": case_type.name,
        "definition": case_type.definition,
        "cells": case_type.cells,
        "target": case_type.target,
    }


def _read(name: str, *, is_new: bool) -> dict[str, Any] | None:
    types = {t.name: t for t in session.project().themes.typology.design().types}
    if name in types:
        return _values(types[name])
    return _values(CaseType(name)) if is_new else None


def _store(name: str, values: Mapping[str, Any]) -> None:
    session.project().themes.typology.set_type(
        name,
        definition=values["definition"],
        cells=values["cells"],
        target=values["target"],
        new_name=values["name"],
    )


def _cells_text(cells: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(" · ".join(cell) for cell in cells)
