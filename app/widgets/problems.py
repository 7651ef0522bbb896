"""Problems in data, shown on the page."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from qualcode.errors import Problem
from qualcode.translation import Translator

from .text import escape_markdown


def show_problems(problems: Iterable[Problem], _: Translator) -> None:
    """Show problems in data, folded: the import lost nothing because of them."""
    # Once each: several files may have the same trouble.
    listed = tuple(dict.fromkeys(problems))
    if not listed:
        return
    label = _.many("{count} thing to look at", "{count} things to look at", len(listed))
    with st.expander(label, icon=":material/info:"):
        for problem in listed:
            where, message, hint = map(_.translate, (problem.where, problem.message, problem.hint))
            st.markdown(f"- **{escape_markdown(where)}**: {escape_markdown(f'{message} {hint}')}")
