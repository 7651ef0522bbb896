"""The last step: see what would change, and replace the names for good."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import session
import streamlit as st
from parts.names import keeping, wording
from parts.names.desk import clear, desk, go, key_folder

from qualcode.project import Replacement


def show() -> None:
    """Draw the step."""
    _ = session.words()
    work = desk()
    if work.told:
        _told(work.told)
        return
    if not work.key.replaced:
        st.info(_("No name was accepted yet. Look for names and review the proposals first."))
        return
    with st.spinner(_("Looking what would change…")):
        changes = _preview()
    _show_changes(changes)
    if changes:
        _ask(len(changes))


def _preview() -> tuple[Replacement, ...]:
    work, project = desk(), session.project()
    now = project.history.revision(), work.key
    if work.preview is None or work.preview[:2] != now:
        work.preview = (*now, project.pseudonyms.preview(work.key))
    return work.preview[2]


def _show_changes(changes: tuple[Replacement, ...]) -> None:
    _ = session.words()
    if not changes:
        st.info(_("None of the accepted names stands in the project any more."))
        return
    texts = Counter(one.where for one in changes)
    places = _.many("{count} place", "{count} places", len(changes))
    inside = _.many("in {count} text", "in {count} texts", len(texts))
    title = _("What would change")
    st.markdown(f"**{title}**: {places} {inside}")
    st.dataframe(
        [
            {
                _("Where"): wording.place(one.where, _),
                _("Before"): f"… {one.before}",
                _("Name"): one.text,
                _("Becomes"): one.role,
                _("After"): f"{one.after} …",
            }
            for one in changes
        ],
        hide_index=True,
        height=min(38 + 36 * len(changes), 320),
    )


def _ask(count: int) -> None:
    _ = session.words()
    work = desk()
    with st.container(border=True):
        st.markdown("#### " + _("Replace them, for good"))
        st.warning(
            _(
                "This is final. Undo does not go back past it, and the imported files are "
                "replaced too. Make a backup first if you may ever need the names."
            ),
            icon=":material/warning:",
        )
        keeping.explain()
        path = keeping.ask_place()
        backup = _ask_backup()
        with st.form("names-replace", border=False, clear_on_submit=True):
            passphrase, same = keeping.ask_passphrase(path)
            originals = st.checkbox(_("Keep the imported files as they were, with the names"))
            agreed = st.checkbox(_("I know that nobody can undo this"))
            partial = not work.left or st.checkbox(
                _.many(
                    "{count} proposal is not decided on: leave it as it is",
                    "{count} proposals are not decided on: leave them as they are",
                    len(work.left),
                )
            )
            label = _.many("Replace {count} place", "Replace {count} places", count)
            if not st.form_submit_button(label, type="primary"):
                return
        if not agreed or not partial:
            st.error(_("Tick the box first: this cannot be undone."), icon=":material/error:")
        elif keeping.keep(path, passphrase, same=same):
            _replace(backup, passphrase, keep_originals=originals)


def _ask_backup() -> Path | None:
    _ = session.words()
    wanted = st.checkbox(
        _("First make an encrypted backup, under the same passphrase"),
        value=True,
        key="names-backup",
    )
    if not wanted:
        return None
    stem = Path(session.project_path()).stem or "study"
    path = st.text_input(
        _("File of the backup"), value=str(key_folder() / f"{stem}-with-names.sealed")
    )
    return Path(path.strip()).expanduser()


def _replace(backup: Path | None, passphrase: str, *, keep_originals: bool) -> None:
    _ = session.words()
    project = session.project()
    with session.guarded(), st.status(_("Replacing…"), expanded=True) as status:
        if backup is not None:
            status.update(label=_("Making the encrypted backup…"))
            project.history.back_up(backup, passphrase)
        status.update(label=_("Replacing the names everywhere…"))
        done = project.pseudonyms.replace(desk().known, keep_originals=keep_originals, partial=True)
        told = _summary(done, project.history.find_copies(), backup)
        session.texts_changed()
        st.session_state.pop("transcript", None)
        clear(told)
        st.rerun()


def _summary(done: Any, older: tuple[Path, ...], backup: Path | None) -> tuple[str, ...]:
    _ = session.words()
    places = _.many("{count} place", "{count} places", done.replaced)
    texts = _.many("in {count} interview", "in {count} interviews", len(done.transcripts))
    lines = [_("Replaced {what}. Every coding still covers its words.", what=f"{places} {texts}")]
    if backup is not None:
        lines.append(_("The backup with the names is {file}.", file=f"`{backup}`"))
    if done.merged and not session.project().rounds.collect_hiding():
        lines.append(
            _.many(
                "{count} coding was withdrawn: it now equals another one of the same coder.",
                "{count} codings were withdrawn: each now equals another one of the same coder.",
                len(done.merged),
            )
        )
    lines += [
        _("{file} may still hold the names: delete it, or keep it encrypted.", file=f"`{one.name}`")
        for one in older
    ]
    return tuple(lines)


def _told(lines: tuple[str, ...]) -> None:
    _ = session.words()
    st.success(lines[0], icon=":material/check_circle:")
    for line in lines[1:]:
        st.markdown(f"- {line}")
    st.write(_("Names that nobody found are still there. Read the texts yourself."))
    with st.container(horizontal=True):
        if st.button(_("Read the interviews"), type="primary"):
            st.switch_page(session.HOME / "views" / "coding.py")
        if st.button(_("Look once more"), icon=":material/refresh:"):
            clear()
            go("find")
