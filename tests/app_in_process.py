"""The app's pages in the process of the test, without a browser."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode.frontend import launching

APP = Path(__file__).parents[1] / "app"


@contextmanager
def opened(
    path: Path, monkeypatch: pytest.MonkeyPatch, coder: str = "anna", language: str = "en"
) -> Iterator[AppTest]:
    """Open a project in the app's pages until the block ends."""
    monkeypatch.setattr(launching, "_launched", [launching.Launch(str(path), coder, language)])
    monkeypatch.setattr(sys, "path", [str(APP), *sys.path])
    st.cache_resource.clear()
    st.cache_data.clear()
    yield AppTest.from_file(str(APP / "main.py"), default_timeout=120)
    st.cache_resource.clear()
    st.cache_data.clear()


def show(app: AppTest, page: str) -> AppTest:
    """Go to a page and wait until its long work is done."""
    app.run()
    app.switch_page(f"views/{page}.py")
    return settled(app)


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
