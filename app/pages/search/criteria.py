"""What to search for: words, how they are compared, filters, and searches that the team keeps."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import FrozenMap, Hit, SavedSearch, SearchMode

from ... import session
from ...attribution import find_cases
from ...widgets.filter_row import attribute_filter, filter_row, filter_select
from ...widgets.notices import notify

# Of the choice of codes: everything, only coded, not coded at all; else `with …` and `without …`.
_ANY, _UNCODED = "", "uncoded"
_KEYS = ("words", "mode", "code", "who", "group", "interviews")


def _key(name: str) -> str:
    return f"search-{name}"


def show_saved() -> None:
    """Show the kept searches, each as a button that fills in the form."""
    _ = session.words()
    saved = session.project().suggestions.collect_searches()
    if not saved:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption(_("Kept searches"), width="content")
        for search in saved:
            st.button(
                search.name,
                key=f"saved-{search.name}",
                icon=":material/bookmark:",
                on_click=_fill_in,
                args=(search,),
            )


def _fill_in(search: SavedSearch) -> None:
    code = f"+{search.code[0]}" if search.code else _ANY
    if search.without:
        # The form leaves out one code or all themes, so several can only mean the latter.
        code = _UNCODED if len(search.without) > 1 else f"-{search.without[0]}"
    group = next((f"{key}={value}" for key, value in search.where.items()), "")
    values = (search.words, search.mode.value, code, search.everyone, group, search.transcripts)
    st.session_state.update({_key(name): v for name, v in zip(_KEYS, values, strict=True)})


def show_form() -> SavedSearch:
    """Show the field for words and the filters; return the search, without a name yet."""
    _ = session.words()
    modes = {"forms": _("word forms"), "exact": _("exact"), "pattern": _("pattern")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            _("Words"),
            key=_key("words"),
            label_visibility="collapsed",
            placeholder=_("werkdruk OF (druk NABIJ werk)"),
            icon=":material/search:",
        )
        mode = st.segmented_control(
            _("Compare words by"),
            list(modes),
            default="forms",
            required=True,
            format_func=modes.__getitem__,
            label_visibility="collapsed",
            key=_key("mode"),
        )
    with filter_row("search"):
        everyone = _who_select()
        key, value = attribute_filter(_key("group"), width=240)
        code, without = _code_select()
        names = [text.name for text in session.project().transcripts.collect()]
        interviews = st.multiselect(
            _("Interview"),
            names,
            key=_key("interviews"),
            width=240,
            label_visibility="collapsed",
            placeholder=_("Interview: all"),
        )
    return SavedSearch(
        "-",
        words.strip(),
        SearchMode(mode or "forms"),
        code,
        without,
        FrozenMap({key: value} if key else {}),
        tuple(interviews),
        everyone,
    )


def _who_select() -> bool:
    _ = session.words()
    labels = {False: _("Who: respondents"), True: _("Who: everyone, interviewers too")}
    return bool(
        st.selectbox(
            _("Who"),
            list(labels),
            format_func=labels.__getitem__,
            label_visibility="collapsed",
            key=_key("who"),
            width=220,
        )
    )


def _code_select() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Let the reader choose codes that hits must have, or must not have."""
    _ = session.words()
    book = session.codebook()
    titles = {code.path: code.title(session.language()) for code in book.active}
    labels = {_UNCODED: _("not coded yet")}
    labels |= {f"-{path}": _("none of {code}", code=title) for path, title in titles.items()}
    labels |= {f"+{path}": _("only {code}", code=title) for path, title in titles.items()}
    chosen = filter_select(
        _("Code"), list(labels), _key("code"), width=320, name=lambda key: labels.get(key, key)
    )
    if chosen == _UNCODED:
        # A theme stands for all codes below it, so that not coded at all is: none of the themes.
        return (), tuple(path for path in titles if "/" not in path)
    return ((chosen[1:],), ()) if chosen[:1] == "+" else ((), (chosen[1:],) if chosen else ())


def show_counts(search: SavedSearch, hits: Sequence[Hit]) -> None:
    """Say how many places there are, in how many interviews, of how many people; offer to keep."""
    _ = session.words()
    interviews = {hit.transcript for hit in hits}
    people = {case.name for hit in hits for case in find_cases(hit.transcript, hit.span)}
    parts = [_.many("{count} place", "{count} places", len(hits))]
    if hits:
        parts.append(_.many("{count} interview", "{count} interviews", len(interviews)))
    if people:
        parts.append(_.many("{count} respondent", "{count} respondents", len(people)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" · ".join(parts), width="content")
        with st.popover(_("Keep this search"), icon=":material/bookmark_add:"):
            st.text_input(_("Name"), max_chars=120, key=_key("name"))
            st.button(_("Keep"), type="primary", on_click=_keep, args=(search,))
            _show_removal()


def _show_removal() -> None:
    _ = session.words()
    saved = [search.name for search in session.project().suggestions.collect_searches()]
    if saved:
        name = st.selectbox(_("Kept searches"), saved, key=_key("remove"))
        st.button(_("Remove"), on_click=_remove, args=(str(name),))


def _keep(search: SavedSearch) -> None:
    _ = session.words()
    name = str(st.session_state.get(_key("name"), "")).strip()
    values = (search.words, search.mode, search.code, search.without, search.where)
    try:
        search_to_keep = SavedSearch(name, *values, search.transcripts, search.everyone)
        session.project().suggestions.save_search(search_to_keep)
    except QualcodeError as error:
        notify(_.translate(str(error)))
    else:
        notify(_("The project keeps this search as “{name}”.", name=name))


def _remove(name: str) -> None:
    try:
        session.project().suggestions.remove_search(name)
    except QualcodeError as error:
        notify(session.words().translate(str(error)))
