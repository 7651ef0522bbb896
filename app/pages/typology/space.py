"""The dimensions of a typology, and who is in which cell of the property space."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.model.property_space import PropertySpace, TypologyDesign
from qualcode.project import attribute_name, attribute_value

from ... import session
from ...widgets.chart import show_chart
from ...widgets.edit_conflicts import Form, make_form, save_form, typed
from ...widgets.text import escape_markdown, show_heading
from .category_names import cell_titles


def show_space(layer: str) -> None:
    """Show the dimensions to change them, and the property space."""
    _ = session.words()
    design = session.project().themes.typology.design()
    with st.expander(
        _("Dimensions"), expanded=not design.dimensions, icon=":material/view_module:"
    ):
        _show_dimensions(layer)
    if design.dimensions:
        _show_cells(design, session.project().themes.typology.space(layer))
    with st.expander(_("Respondents who resemble each other: a help")):
        _show_clusters(layer)


def _show_dimensions(layer: str) -> None:
    _ = session.words()
    st.caption(
        _(
            "Choose two or three things to compare respondents on. A dimension is the values of an "
            "attribute, a set of codes, or a rule that you write yourself."
        )
    )
    project, labels = session.project(), session.labels()
    typology = project.themes.typology
    design = typology.design()
    _show_text_form(layer)
    show_heading(_("Add a dimension"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name"), key="dimension-name", width=220)
        codes = st.multiselect(
            _("Of these codes"),
            [code.path for code in session.codebook().active],
            format_func=lambda path: labels.get(path, path),
            key="dimension-codes",
            placeholder=_("Choose codes"),
        )
        attributes = dict.fromkeys(
            key for case in project.cases.collect() for key in case.all_attributes()
        )
        attribute = st.selectbox(
            _("or of this attribute"),
            [*attributes],
            index=None,
            format_func=lambda key: attribute_name(key, session.language()),
            placeholder=_("Choose an attribute"),
            key="dimension-attribute",
            width=220,
        )
        if st.button(_("Add it"), disabled=not name.strip() or not (codes or attribute)):
            text = f"{name.strip()}: " + (" | ".join(codes) if codes else f"@{attribute}")
            before = _values(design)
            fields = {**before, "dimensions": (*before["dimensions"], text)}
            save_form(_form(layer), before, fields)
            st.rerun()


def _show_text_form(layer: str) -> None:
    _ = session.words()
    project = session.project()
    design = project.themes.typology.design()
    texts = [dimension.text for dimension in design.dimensions]
    groups = ["", *dict.fromkeys(case.group for case in project.cases.collect() if case.group)]
    with st.form("dimensions", border=False):
        key = f"dimension-texts-{hash(tuple(texts))}"
        st.text_area(
            _("Dimensions, one on a line"),
            value="\n".join(texts),
            help=_(
                "Work: @work – the values of an attribute. Motive: motives/joy | motives/sex – the "
                "codes. Control: little = consequences & !influences/insight; much = * – rules: & "
                "is and, | is or, ! is not, * is everybody else, @work:none is a value."
            ),
            # Streamlit keeps what a field holds; with the dimensions in the key it shows those that
            # were added.
            key=key,
        )
        st.selectbox(
            _("Who can be a type"),
            groups,
            index=groups.index(design.group) if design.group in groups else 0,
            format_func=_group_name,
            key=f"typology-group-{design.group}",
            width=260,
        )
        st.form_submit_button(
            _("Save the dimensions"), type="primary", on_click=_save, args=(design, key, layer)
        )


def _save(design: TypologyDesign, key: str, layer: str) -> None:
    lines = typed(key).splitlines()
    fields = {
        "dimensions": tuple(line.strip() for line in lines if line.strip()),
        "group": str(st.session_state[f"typology-group-{design.group}"]),
    }
    save_form(_form(layer), _values(design), fields)


def _form(layer: str) -> Form:
    _, typology = session.words(), session.project().themes.typology
    return make_form(
        _("Dimensions"),
        {"dimensions": _("Dimensions, one on a line"), "group": _("Who can be a type")},
        lambda: _values(typology.design()),
        lambda values: typology.set_dimensions(values["dimensions"], values["group"], layer),
        texts={"dimensions": "\n".join, "group": _group_name},
        saved=_("The dimensions are saved."),
    )


def _values(design: TypologyDesign) -> dict[str, Any]:
    texts = tuple(dimension.text for dimension in design.dimensions)
    return {"dimensions": texts, "group": design.group}


def _group_name(name: str) -> str:
    _ = session.words()
    return attribute_value("group", name, session.language()) if name else _("everybody")


def _show_cells(design: TypologyDesign, space: PropertySpace) -> None:
    _ = session.words()
    rows = [
        {
            **dict(
                zip(space.dimensions, cell_titles(design.dimensions, cell.categories), strict=True)
            ),
            _("Respondents"): ", ".join(cell.cases) or "–",
            _("Type"): "; ".join(cell.types),
        }
        for cell in space.cells
    ]
    st.dataframe(rows, hide_index=True, height=min(36 * len(rows) + 38, 620))
    count = sum(1 for cell in space.cells if not cell.cases)
    st.caption(_.many("{count} cell is empty.", "{count} cells are empty.", count))
    for case, dimension in space.outside.items():
        st.caption(
            escape_markdown(
                _(
                    "{case} is in no cell: nothing of dimension '{dimension}'.",
                    case=case,
                    dimension=dimension,
                )
            )
        )


def _show_clusters(layer: str) -> None:
    _ = session.words()
    project, labels = session.project(), session.labels()
    codes = st.multiselect(
        _("Compare on these codes"),
        [code.path for code in session.codebook().active],
        format_func=lambda path: labels.get(path, path),
        placeholder=_("all"),
        key="cluster-codes",
    )
    alike = project.themes.typology.cluster(paths=codes, layer=layer)
    if alike.undefined_because:
        st.info(_.translate(alike.undefined_because))
        return
    st.caption(
        _(
            "Only those who can be a type are compared. The further to the left two are joined, "
            "the more alike their codes are; the axis gives the distance. It names no type."
        )
    )
    chart = project.themes.draw_types(alike, language=session.language())
    show_chart(chart, "clusters", _("The tree of respondents"))
