"""Which code belongs to which level of the level figure: the researcher's choice."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from qualcode.model import Code, LevelPlan
from qualcode.model.figure import NOWHERE
from qualcode.project import attribute_value

from ... import session
from ...widgets.edit_conflicts import is_waiting, make_form, save_form, typed
from ...widgets.edited_tables import forget_edits, rows_to_edit
from ...widgets.text import distinct_names

_TABLE = "level-places"


def show_plan() -> None:
    """Show the levels and the place of each code, to change them."""
    _ = session.words()
    with st.expander(_("Levels, and which code belongs where"), icon=":material/layers:"):
        st.caption(
            _(
                "What you choose for a theme holds for its codes. A code that you do not place is "
                "where its level in the codebook says."
            )
        )
        plan = session.project().themes.figures.levels()
        _show_names(plan)
        _show_places(plan)


def _show_names(plan: LevelPlan) -> None:
    _ = session.words()
    names = _level_names(plan)
    with st.form("level-names", border=False):
        key = f"level-names-{hash(plan.levels)}"
        st.text_input(_names_title(), value=", ".join(names.values()), key=key)
        st.form_submit_button(_("Save the levels"), on_click=_save_names, args=(plan, key))


def _names_title() -> str:
    _ = session.words()
    return _("Names of the levels, from the person outwards, with commas between them")


def _save_names(plan: LevelPlan, key: str) -> None:
    _, figures = session.words(), session.project().themes.figures
    levels_by_name = {name: level for level, name in _level_names(plan).items()}
    names = [part.strip() for part in typed(key).split(",") if part.strip()]
    # A name that is only the translation of a level of the codebook stays that level.
    levels = tuple(levels_by_name.get(name, name) for name in names)
    form = make_form(
        _("Levels"),
        {"levels": _names_title()},
        lambda: {"levels": figures.levels().levels},
        lambda values: figures.name_levels(values["levels"]),
        saved=_("The levels are saved."),
    )
    save_form(form, {"levels": plan.levels}, {"levels": levels})


def _level_names(plan: LevelPlan) -> dict[str, str]:
    language = session.language()
    return {level: attribute_value("level", level, language) for level in plan.levels}


def _show_places(plan: LevelPlan) -> None:
    _ = session.words()
    book, labels = session.codebook(), session.labels()
    codes = [code for code in book.codes if not code.retired]
    as_above, names = _("as the codebook says"), _place_names(plan)
    titles = distinct_names([labels.get(code.path, code.path) for code in codes])
    rows = [
        {
            _("Code"): title if "/" not in code.path else f"– {title}",
            _("Your choice"): names[plan.places[code.id]] if code.id in plan.places else as_above,
            _("Level in the figure"): names[plan.level_of(code, book)],
        }
        for code, title in zip(codes, titles, strict=True)
    ]
    (rows, plan, codes), key = rows_to_edit(_TABLE, (rows, plan, codes))
    st.data_editor(
        rows,
        hide_index=True,
        disabled=[_("Code"), _("Level in the figure")],
        column_config={
            _("Your choice"): st.column_config.SelectboxColumn(
                options=[as_above, *names.values()], required=True
            )
        },
        height=min(36 * len(rows) + 38, 420),
        key=key,
    )
    st.button(
        _("Save the places"), key="save-places", on_click=_save_places, args=(plan, codes, key)
    )


def _save_places(plan: LevelPlan, codes: list[Code], key: str) -> None:
    _ = session.words()
    project, labels = session.project(), session.labels()
    figures = project.themes.figures
    levels = {name: level for level, name in _place_names(plan).items()}
    changes: dict[int, dict[str, str]] = st.session_state[key]["edited_rows"]
    fields = {
        codes[row].id: levels.get(cells[_("Your choice")])
        for row, cells in changes.items()
        if _("Your choice") in cells
    }

    def save(places: Mapping[str, str | None]) -> None:
        paths = {code.id: code.path for code in project.codebook.get().codes}
        for code, level in places.items():
            figures.place([paths[code]], level)

    names = _place_names(plan)
    as_above = _("as the codebook says")
    form = make_form(
        _("Levels, and which code belongs where"),
        {code.id: labels.get(code.path, code.path) for code in codes},
        lambda: figures.levels().places,
        save,
        texts={
            code.id: lambda level: names.get(level, level) if level is not None else as_above
            for code in codes
        },
        saved=_("The places are saved."),
    )
    if save_form(form, plan.places, fields) or is_waiting(form):
        forget_edits(_TABLE)


def _place_names(plan: LevelPlan) -> dict[str, str]:
    _ = session.words()
    return {NOWHERE: _("not in the figure"), **_level_names(plan)}
