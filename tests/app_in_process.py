"""The app's pages in the process of the test, without a browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from qualcode.app import server


@contextmanager
def opened(
    path: Path, monkeypatch: pytest.MonkeyPatch, coder: str = "anna", language: str = "en"
) -> Iterator[AppTest]:
    """Open a project in the app's pages until the block ends."""
    monkeypatch.setattr(server, "_launched", [server.Launch(str(path), coder, language)])
    st.cache_resource.clear()
    st.cache_data.clear()
    yield AppTest.from_file(str(server.SCRIPT), default_timeout=120)
    st.cache_resource.clear()
    st.cache_data.clear()


def show(app: AppTest, page: str) -> AppTest:
    """Go to a page and wait until its long work is done."""
    app.run()
    return settled(open_page(app, page))


def open_page(app: AppTest, page: str) -> AppTest:
    """Go to a page, as the reader does who follows its link; it is drawn by the next run."""
    # AppTest itself only knows pages that are files.
    app._page_hash = calc_hash(page)
    return app


def settled(app: AppTest) -> AppTest:
    """Draw the page, again while long work runs on it."""
    app.run()
    for _ in range(300):
        if not any((one.key or "").startswith("stop-") for one in app.button):
            break
        time.sleep(0.2)
        app.run()
    else:
        raise AssertionError("long work does not end")
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    """Return the words on the page."""
    shown = [*app.markdown, *app.caption, *app.info, *app.warning, *app.success, *app.subheader]
    return "\n".join(str(one.value) for one in shown)
