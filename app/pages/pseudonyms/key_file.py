"""The key file of names: opened and stored with a passphrase that the app never keeps."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.project import NameKey

from ... import session
from ...widgets import passphrases
from ...widgets.notices import errors_shown, notify
from .state import key_folder, review_state


def explain() -> None:
    """Explain the key file."""
    _ = session.words()
    st.caption(
        _(
            "The key leads from each role back to the name. It is a file outside the folder of "
            "the project, encrypted with your passphrase. Four or five words that do not belong "
            "together make a good one. Nobody can recover a lost passphrase."
        )
    )


def ask_place() -> Path:
    """Ask for the path of the key file; outside a form, so that the answer takes effect at once."""
    _ = session.words()
    work = review_state()
    work.key_path = st.text_input(_("File of the key"), value=work.key_path, key="names-key-path")
    return Path(work.key_path.strip()).expanduser()


def ask_passphrase(path: Path) -> tuple[str, bool]:
    """Ask for the passphrase, twice for a new key; return it, and whether both were the same."""
    _ = session.words()
    if path.is_file():
        return passphrases.passphrase_field(_("Passphrase"), "key"), True
    return passphrases.new_passphrase_fields("key")


def open_key() -> None:
    """Let the reader open an existing key file."""
    _ = session.words()
    explain()
    path = ask_place()
    if not path.is_file():
        st.caption(_("There is no such file yet. A new key is made when you keep decisions."))
        return
    with st.form("names-open-key", border=False, clear_on_submit=True):
        passphrase = passphrases.passphrase_field(_("Passphrase"), "open-key")
        if st.form_submit_button(_("Open the key")):
            with errors_shown():
                review_state().stored_key = session.project().pseudonyms.open_key(path, passphrase)
                _warn_of_another(review_state().stored_key)
                review_state().scan = None
                st.rerun()


def _warn_of_another(key: NameKey) -> None:
    _ = session.words()
    if key.project != session.project().info.name:
        notify(_("Note: this key was made for “{name}”.", name=key.project))


def store_key(path: Path, passphrase: str, *, typed_alike: bool) -> bool:
    """Store all decisions in the key file; tell whether it was possible."""
    work, project = review_state(), session.project()
    if not typed_alike:
        passphrases.refuse_different()
        return False
    if path.parent == key_folder():
        _make(path.parent)
    # Set first: if anything below fails, the page must go on saying that they are unkept.
    work.unkept = True
    with errors_shown():
        # The file may hold decisions of another window; storing must not lose them.
        before = project.pseudonyms.open_key(path, passphrase)
        work.stored_key = before.with_entries((*work.stored_key.entries, *work.decided.values()))
        project.pseudonyms.save_key(work.stored_key, path, passphrase)
        work.unkept = False
    return not work.unkept


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        # Keeping the key there then fails, with a sentence that says why.
        return


def bar() -> None:
    """Show how many decisions are not stored yet, with a button to store them."""
    _ = session.words()
    work = review_state()
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
        passphrase, typed_alike = ask_passphrase(path)
        if st.form_submit_button(_("Keep"), type="primary") and store_key(
            path, passphrase, typed_alike=typed_alike
        ):
            notify(_("Kept in {file}", file=path))
            st.rerun()
