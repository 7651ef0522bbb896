"""The key of names: opened and kept with a passphrase that is asked each time, and held nowhere."""

from __future__ import annotations

from pathlib import Path

import session
import streamlit as st
from parts import passphrases
from parts.names.desk import desk, key_folder

from qualcode.project import NameKey


def explain() -> None:
    """Tell what the key is."""
    _ = session.words()
    st.caption(
        _(
            "The key leads from each role back to the name. It is a file outside the folder of "
            "the project, encrypted with your passphrase. Four or five words that do not belong "
            "together make a good one. Nobody can recover a lost passphrase."
        )
    )


def ask_place() -> Path:
    """Ask where the key is or is to be; drawn outside a form, so that its answer shows."""
    _ = session.words()
    work = desk()
    work.key_path = st.text_input(_("File of the key"), value=work.key_path, key="names-key-path")
    return Path(work.key_path.strip()).expanduser()


def ask_passphrase(path: Path) -> tuple[str, bool]:
    """Ask the passphrase, twice for a new key; return it and whether both were the same."""
    _ = session.words()
    if path.is_file():
        return passphrases.ask(_("Passphrase"), "key"), True
    return passphrases.ask_new("key")


def open_key() -> None:
    """Let the reader open a key that is there."""
    _ = session.words()
    explain()
    path = ask_place()
    if not path.is_file():
        st.caption(_("There is no such file yet. A new key is made when you keep decisions."))
        return
    with st.form("names-open-key", border=False, clear_on_submit=True):
        passphrase = passphrases.ask(_("Passphrase"), "open-key")
        if st.form_submit_button(_("Open the key")):
            with session.guarded():
                desk().known = session.project().pseudonyms.open_key(path, passphrase)
                _warn_of_another(desk().known)
                desk().scan = None
                st.rerun()


def _warn_of_another(key: NameKey) -> None:
    _ = session.words()
    if key.project != session.project().info.name:
        session.flash(_("Mind: this key was made for “{name}”.", name=key.project))


def keep(path: Path, passphrase: str, *, same: bool) -> bool:
    """Put all decisions in the key; tell whether that was done."""
    work, project = desk(), session.project()
    if not same:
        passphrases.refuse_different()
        return False
    if path.parent == key_folder():
        _make(path.parent)
    work.unkept = True
    with session.guarded():
        before = project.pseudonyms.open_key(path, passphrase)
        work.known = before.with_entries((*work.known.entries, *work.decided.values()))
        project.pseudonyms.save_key(work.known, path, passphrase)
        work.unkept = False
    return not work.unkept


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        # Keeping the key there then fails, with a sentence that says why.
        return


def bar() -> None:
    """Show how many decisions are not kept yet, with a way to keep them."""
    _ = session.words()
    work = desk()
    if not work.unkept:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(
            _.many(
                "{count} decision is not in the key yet.",
                "{count} decisions are not in the key yet.",
                len(work.decided),
            ),
            width="stretch",
        )
        if st.button(_("Keep in the key"), icon=":material/key:"):
            st.dialog(_("Keep the decisions in the key"), width="medium")(_keep_dialog)()


def _keep_dialog() -> None:
    _ = session.words()
    explain()
    path = ask_place()
    with st.form("names-keep", border=False, clear_on_submit=True):
        passphrase, same = ask_passphrase(path)
        if st.form_submit_button(_("Keep"), type="primary") and keep(path, passphrase, same=same):
            session.flash(_("Kept in {file}", file=path))
            st.rerun()
