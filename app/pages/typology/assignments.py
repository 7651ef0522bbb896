"""Who is which type: each coder's own, their agreement, and what the team settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.model import CONSENSUS
from qualcode.model.property_space import TypeAssignment, TypeComparison

from ... import session
from ...widgets.edit_conflicts import make_form, save_form, typed
from ...widgets.notices import notify
from ...widgets.requirements import require_coder
from ...widgets.text import escape_markdown, show_heading


def show_assignments(layer: str) -> None:
    """Show the coder's assignments to change them, and how far two coders agree."""
    _ = session.words()
    require_coder()
    typology = session.project().themes.typology
    if not typology.design().types:
        st.info(_("No types were defined yet. Define them under Types."))
        return
    st.caption(
        _(
            "Each coder assigns on their own. What others assigned is shown once no blind round is "
            "open."
        )
    )
    assignments = typology.assignments()
    _show_form(assignments)
    if st.button(
        _("Give everybody without a type those of their cells"),
        help=_("A start to go on from: you change what does not fit."),
    ):
        new_assignments = typology.assign_from_space(layer)
        notify(_.many("{count} type assigned.", "{count} types assigned.", len(new_assignments)))
        st.rerun()
    _show_table(assignments)
    people = [name for name in typology.assigned_by() if name != CONSENSUS]
    # Agreement on types is a kappa, which compares two.
    if len(people) == 2:
        _show_comparison(typology.compare(people))


def _show_form(assignments: Sequence[TypeAssignment]) -> None:
    _ = session.words()
    project = session.project()
    design = project.themes.typology.design()
    cases = {case.name: case for case in project.cases.collect()}
    case = str(st.selectbox(_("Respondent"), [*cases], key="assign-case", width=260))
    can_be = design.group in {"", cases[case].group}
    waves = sorted({p.attributes.get("wave", "") for p in cases[case].participations} - {""})
    wave = ""
    if waves:
        wave = str(
            st.selectbox(
                _("In wave"),
                ["", *waves],
                format_func=lambda name: name or _("all"),
                key="assign-wave",
                width=260,
            )
        )
    names = [case_type.name for case_type in design.types]
    stored = _values(assignments, case, wave)
    settled = _values(_settled(), case, wave)
    if settled != _values((), case, wave):
        st.caption(_("Your team decided: {types}", types=escape_markdown(_types_text(settled))))
    # Drawn anew for another coder, after undo, and after a change in another window.
    key = f"assign-{hash((session.view(), case, wave, *stored.items()))}"
    with st.form(key, border=False):
        for field, title in _titles().items():
            if field == "reason":
                st.text_input(title, value=stored[field], key=f"{key}-{field}")
            # Only some respondents can be a type; professionals, for example, describe one.
            elif field == "describes" or can_be:
                st.multiselect(
                    title,
                    names,
                    default=[name for name in stored[field] if name in names],
                    placeholder=_("none"),
                    key=f"{key}-{field}",
                )
        st.checkbox(_("We decided this together: it holds for the team"), key=f"{key}-settled")
        st.form_submit_button(
            _("Save"), type="primary", on_click=_save, args=(case, wave, stored, settled, key)
        )


def _titles() -> dict[str, str]:
    _ = session.words()
    return {"is": _("Is"), "describes": _("Describes, without being one"), "reason": _("Why")}


def _values(assignments: Sequence[TypeAssignment], case: str, wave: str) -> dict[str, Any]:
    of_case = [a for a in assignments if (a.case, a.wave) == (case, wave)]
    return {
        "is": tuple(a.type for a in of_case if not a.describes),
        "describes": tuple(a.type for a in of_case if a.describes),
        "reason": next((a.reason for a in of_case if a.reason), ""),
    }


def _settled() -> tuple[TypeAssignment, ...]:
    """Return what the team settled, where no blind round hides it."""
    project = session.project()
    if project.rounds.collect_hiding():
        return ()
    return project.themes.typology.assignments(CONSENSUS)


def _types_text(values: Mapping[str, Any]) -> str:
    _ = session.words()
    described = [_("describes {type}", type=name) for name in values["describes"]]
    return ", ".join((*values["is"], *described)) or _("none")


def _save(
    case: str, wave: str, stored: Mapping[str, Any], settled: Mapping[str, Any], key: str
) -> None:
    _, typology = session.words(), session.project().themes.typology
    is_settled = bool(st.session_state[f"{key}-settled"])
    as_read = settled if is_settled else stored
    fields: dict[str, Any] = {"reason": typed(f"{key}-reason")}
    # Who can be no type is not asked whether they are one.
    asked = [field for field in ("is", "describes") if f"{key}-{field}" in st.session_state]
    fields |= {field: tuple(st.session_state[f"{key}-{field}"]) for field in asked}

    def read() -> Mapping[str, Any]:
        return _values(_settled() if is_settled else typology.assignments(), case, wave)

    def save(values: Mapping[str, Any]) -> None:
        for field in asked:
            typology.assign(
                case,
                values[field],
                describes=field == "describes",
                wave=wave,
                reason=values["reason"],
                settled=is_settled,
            )

    save_form(make_form(case, _titles(), read, save, saved=_("Saved.")), as_read, fields)


def _show_table(assignments: Sequence[TypeAssignment]) -> None:
    _ = session.words()
    rows = [
        {
            _("Type"): case_type.name,
            _("Target group"): case_type.target,
            _("Is"): ", ".join(
                f"{a.case} ({a.wave})" if a.wave else a.case
                for a in assignments
                if a.type == case_type.name and not a.describes
            ),
            _("Describes it"): ", ".join(
                a.case for a in assignments if a.type == case_type.name and a.describes
            ),
        }
        for case_type in session.project().themes.typology.design().types
    ]
    st.dataframe(rows, hide_index=True)


def _show_comparison(comparison: TypeComparison) -> None:
    _ = session.words()
    first, second = comparison.coders
    show_heading(_("Agreement on the types"))
    rows = [
        {
            _("Type"): row.type or _("all types"),
            _("Both"): row.both,
            first: row.first_only,
            second: row.second_only,
            _("Neither"): row.neither,
            _("Kappa"): _.number(row.kappa, 2)
            if row.kappa is not None
            else _.translate(row.undefined_because or ""),
        }
        for row in comparison.rows
    ]
    st.dataframe(rows, hide_index=True)
    if comparison.differ:
        names = escape_markdown(", ".join(comparison.differ))
        st.caption(_("You differ on {cases}. Resolve it above, together.", cases=names))
