"""Whether agreement differs between rounds, groups of respondents, coders, or over the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from qualcode.model import AgreementContrast, ContrastRow
from qualcode.project import attribute_name, attribute_value

from ... import session
from ...widgets.notices import errors_shown
from .view import AgreementView, figure_text, translated

Choice = dict[str, Any] | None
"""What to compare, as the arguments of the project's verb; None where there is no choice yet."""


def show_contrast(view: AgreementView) -> None:
    """Let the reader choose what to compare, and show the difference per code."""
    _ = session.words()
    kinds: dict[str, Callable[[AgreementView], Choice]] = {
        _("Two rounds"): _choose_rounds,
        _("Two groups"): _choose_groups,
        _("Another pair"): _choose_coders,
        _("First and last"): lambda _view: {"halves": True},
    }
    chosen = st.segmented_control(
        _("Compare"), list(kinds), default=next(iter(kinds)), required=True, key="contrast-kind"
    )
    options = kinds[str(chosen or next(iter(kinds)))](view)
    if options is None:
        return
    with errors_shown():
        contrast = session.project().agreement.contrast(
            view.report.coders, unit=view.unit.value, **options
        )
        _show_rows(contrast, str(options.get("by", "")))


def _choose_rounds(view: AgreementView) -> Choice:
    _ = session.words()
    coders = {*view.report.coders}
    rounds = session.project().rounds.collect()
    # A round without names is of all coders, so it fits any of them.
    names = [round_.name for round_ in rounds if not round_.coders or coders <= {*round_.coders}]
    if len(names) < 2:
        st.info(_("To compare before and after, these coders need two rounds."))
        return None
    with st.container(horizontal=True):
        first = st.selectbox(_("First round"), names, key="contrast-first")
        second = st.selectbox(_("Second round"), names, index=1, key="contrast-second")
    return {"rounds": (str(first), str(second))}


def _choose_groups(_view: AgreementView) -> Choice:
    _ = session.words()
    cases = session.project().cases
    values_by_name = {
        name: sorted(set(filter(None, cases.values_of(name).values())))
        for name in dict.fromkeys(n for case in cases.collect() for n in case.all_attributes())
    }
    names = [name for name, values in values_by_name.items() if len(values) > 1]
    if not names:
        st.info(_("To compare groups, respondents need an attribute with two values."))
        return None
    language = session.language()
    with st.container(horizontal=True):
        by = str(
            st.selectbox(
                _("Attribute"),
                names,
                format_func=lambda name: attribute_name(name, language),
                key="contrast-attribute",
            )
        )
        first, second = (
            st.selectbox(
                label,
                values_by_name[by],
                index=place,
                format_func=lambda value: attribute_value(by, value, language),
                # Another attribute has other values: with its own key the field does not keep one
                # of the old.
                key=f"contrast-{place}-{by}",
            )
            for place, label in enumerate((_("First group"), _("Second group")))
        )
    return {"by": by, "values": (str(first), str(second))}


def _choose_coders(view: AgreementView) -> Choice:
    _ = session.words()
    coders = {coding.coder for coding in session.project().codings.collect()}
    names = sorted(coders | {*view.report.coders})
    if len(names) < 3:
        st.info(_("To compare pairs of coders, a third coder is needed."))
        return None
    chosen = st.multiselect(_("The other pair"), names, max_selections=2, key="contrast-coders")
    return {"other_coders": tuple(chosen)} if len(chosen) == 2 else None


def _show_rows(contrast: AgreementContrast, by: str) -> None:
    """Show the difference per code; ``by`` names the attribute of the groups, if it is of those."""
    _ = session.words()
    labels, language = session.labels(), session.language()
    first, second = (
        attribute_value(by, name, language) if by else translated(name) for name in contrast.names
    )
    rows = [
        {
            _("Code"): labels.get(row.code, row.code) or _("All"),
            first: figure_text(row.first),
            # The space keeps the columns apart where both sides have one name: a row has no key
            # twice.
            f"{second} ": figure_text(row.second),
            _("Difference"): figure_text(row.difference),
            _("p, corrected (Holm)"): _p_value(row),
            _("Bear in mind"): translated(_reason(row)),
        }
        for row in contrast.rows
    ]
    st.dataframe(rows, hide_index=True, height="content")
    st.caption(
        _(
            "Alpha per code; over all codes the pooled kappa. {shared} interviews are in both: "
            "those are paired.",
            shared=contrast.shared,
        )
    )


def _p_value(row: ContrastRow) -> str:
    # The row of all codes is one test, so there is nothing to correct for.
    value = row.p_adjusted if row.code else row.p_value
    return "–" if value is None else session.words().number(value, 3)


def _reason(row: ContrastRow) -> str:
    figure = row.difference
    return figure.undefined_because or ("" if figure.interval else figure.detail)
