"""Where people sign in, nobody chooses in whose name a table of codings comes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from qualcode.app.hosting import Serving
from qualcode.app.pages.project import program_import
from streamlit.testing.v1 import AppTest

from qualcode.app import server
from qualcode.project import Project
from two_coder_study import make_project

HEAD = "Document name\tCode\tBeginning\tEnd\tSegment\tCreated by\n"
ANNA = "a.jansen@institute.example"


def draw() -> None:
    """Draw the form for a table that was dropped."""
    import io

    import streamlit as st
    from qualcode.app.pages.project import program_import

    file = io.BytesIO(st.session_state["table"])
    file.name = "segments.csv"
    program_import._show_table(file, "maxqda")


@pytest.fixture(params=[True, False], ids=["served", "alone"])
def form(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    path = make_project(tmp_path)
    serving = Serving(("coding.example",), {ANNA: "anna"}, user_header="x-user")
    launch = server.Launch(str(path), "anna", "en", serving=serving if request.param else None)
    monkeypatch.setattr(server, "_launched", [launch])
    monkeypatch.setattr(program_import.auth, "identity", lambda: ANNA)
    st.cache_resource.clear()
    yield AppTest.from_function(draw, default_timeout=60)
    st.cache_resource.clear()


def imported(form: AppTest, coder: str) -> list[str]:
    """Import a table of a coder; return the errors on the page."""
    form.session_state["table"] = f"{HEAD}A1\tPlezier\t2\t2\tHet is leuk\t{coder}\n".encode()
    form.run()
    next(one for one in form.button if one.label == "Import these codings").click().run()
    assert not form.exception
    return [one.value for one in form.error]


def stored(tmp_path: Path) -> tuple[set[str], set[str]]:
    """Return who is a coder, and who coded."""
    with Project.open(tmp_path / "study.qualcode", as_coder="anna") as project:
        return set(project.rounds.coders()), {c.coder for c in project.codings.collect()}


@pytest.mark.parametrize("form", [True], indirect=True)
def test_who_signed_in_has_no_choice_and_brings_in_their_own_work_only(
    form: AppTest, tmp_path: Path
) -> None:
    (error,) = imported(form, "bram")
    assert "signed in as anna, and this is work of bram" in error
    assert stored(tmp_path) == (set(), set())
    assert list(form.text_input) == []
    assert imported(form, "") == []
    assert stored(tmp_path) == ({"anna"}, {"anna"})


@pytest.mark.parametrize("form", [False], indirect=True)
def test_a_table_that_is_refused_leaves_no_coder_behind(form: AppTest, tmp_path: Path) -> None:
    form.session_state["table"] = b"Nothing\tknown\n1\t2\n"
    form.run()
    form.text_input[0].set_value("carla").run()
    next(one for one in form.button if one.label == "Import these codings").click().run()
    assert stored(tmp_path) == (set(), set())
    assert imported(form, "") == []
    assert stored(tmp_path) == ({"carla"}, {"carla"})
