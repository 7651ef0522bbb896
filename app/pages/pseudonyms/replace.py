"""The last step: preview the changes and replace the names permanently."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.project import Replacement

from ... import session
from ...page_links import open_page
from ...widgets.notices import errors_shown
from . import key_file, labels
from .state import clear_state, go_to_step, key_folder, review_state


def show() -> None:
    """Draw the step."""
    _ = session.words()
    work = review_state()
    if work.summary:
        _show_summary(work.summary)
        return
    if not work.key.replaced:
        st.info(_("No name was accepted yet. Look for names and review the proposals first."))
        return
    with st.spinner(_("Looking what would change…")):
        changes = _preview_changes()
    _show_changes(changes)
    if changes:
        _replace_form(len(changes))


def _preview_changes() -> tuple[Replacement, ...]:
    work, project = review_state(), session.project()
    now = project.history.revision(), work.key
    # Computed once for a revision and key: it searches every text of the project.
    if work.preview is None or work.preview[:2] != now:
        work.preview = (*now, project.pseudonyms.preview(work.key))
    return work.preview[2]


def _show_changes(changes: tuple[Replacement, ...]) -> None:
    _ = session.words()
    if not changes:
        st.info(_("None of the accepted names stands in the project any more."))
        return
    texts = Counter(change.where for change in changes)
    places = _.many("{count} place", "{count} places", len(changes))
    inside = _.many("in {count} text", "in {count} texts", len(texts))
    title = _("What would change")
    st.markdown(f"**{title}**: {places} {inside}")
    st.dataframe(
        [
            {
                _("Where"): labels.place(change.where, _),
                _("Before"): f"… {change.before}",
                _("Name"): change.text,
                _("Becomes"): change.role,
                _("After"): f"{change.after} …",
            }
            for change in changes
        ],
        hide_index=True,
        height=min(38 + 36 * len(changes), 320),
    )


def _replace_form(count: int) -> None:
    _ = session.words()
    work = review_state()
    with st.container(border=True):
        st.markdown("## " + _("Replace them, for good"))
        st.warning(
            _(
                "This is final. Undo does not go back past it, and the imported files are "
                "replaced too. Make a backup first if you may ever need the names."
            ),
            icon=":material/warning:",
        )
        key_file.explain()
        path = key_file.ask_place()
        backup = _backup_field()
        with st.form("names-replace", border=False, clear_on_submit=True):
            passphrase, typed_alike = key_file.ask_passphrase(path)
            originals = st.checkbox(_("Keep the imported files as they were, with the names"))
            agreed = st.checkbox(_("I know that nobody can undo this"))
            partial = not work.undecided or st.checkbox(
                _.many(
                    "{count} proposal is not decided on: leave it as it is",
                    "{count} proposals are not decided on: leave them as they are",
                    len(work.undecided),
                )
            )
            label = _.many("Replace {count} place", "Replace {count} places", count)
            if not st.form_submit_button(label, type="primary"):
                return
        if not agreed or not partial:
            st.error(_("Tick the box first: this cannot be undone."), icon=":material/error:")
        elif key_file.store_key(path, passphrase, typed_alike=typed_alike):
            _replace(backup, passphrase, keep_originals=originals)


def _backup_field() -> Path | None:
    _ = session.words()
    with_backup = st.checkbox(
        _("First make an encrypted backup, under the same passphrase"),
        value=True,
        key="names-backup",
    )
    if not with_backup:
        return None
    stem = Path(session.project_path()).stem or "study"
    path = st.text_input(
        _("File of the backup"), value=str(key_folder() / f"{stem}-with-names.sealed")
    )
    return Path(path.strip()).expanduser()


def _replace(backup: Path | None, passphrase: str, *, keep_originals: bool) -> None:
    _ = session.words()
    project = session.project()
    with errors_shown(), st.status(_("Replacing…"), expanded=True) as status:
        if backup is not None:
            status.update(label=_("Making the encrypted backup…"))
            project.history.back_up(backup, passphrase)
        status.update(label=_("Replacing the names everywhere…"))
        replacement = project.pseudonyms.replace(
            review_state().stored_key,
            keep_originals=keep_originals,
            partial=True,
        )
        summary = _summary(replacement, project.history.find_copies(), backup)
        session.reload_transcripts()
        # An interview may be called otherwise now: its name can hold a respondent's name.
        st.session_state.pop("transcript", None)
        clear_state(summary)
        st.rerun()


def _summary(replacement: Any, older: tuple[Path, ...], backup: Path | None) -> tuple[str, ...]:
    _ = session.words()
    places = _.many("{count} place", "{count} places", replacement.replaced)
    texts = _.many("in {count} interview", "in {count} interviews", len(replacement.transcripts))
    lines = [_("Replaced {what}. Every coding still covers its words.", what=f"{places} {texts}")]
    if backup is not None:
        lines.append(_("The backup with the names is {file}.", file=f"`{backup}`"))
    # In an open blind round the number would reveal something of the other coder's work.
    if replacement.merged and not session.project().rounds.collect_hiding():
        lines.append(
            _.many(
                "{count} coding was withdrawn: it now equals another one of the same coder.",
                "{count} codings were withdrawn: each now equals another one of the same coder.",
                len(replacement.merged),
            )
        )
    lines += [
        _(
            "{file} may still hold the names: delete it, or keep it encrypted.",
            file=f"`{path.name}`",
        )
        for path in older
    ]
    return tuple(lines)


def _show_summary(lines: tuple[str, ...]) -> None:
    _ = session.words()
    st.success(lines[0], icon=":material/check_circle:")
    for line in lines[1:]:
        st.markdown(f"- {line}")
    st.write(_("Names that nobody found are still there. Read the texts yourself."))
    with st.container(horizontal=True):
        if st.button(_("Read the interviews"), type="primary"):
            open_page("coding")
        if st.button(_("Look once more"), icon=":material/refresh:"):
            clear_state()
            go_to_step("find")
