"""The app is ``qualcode.app`` in a checkout, an editable installation and a wheel alike."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from app_process import cookie, free_port, start

ROOT = Path(__file__).parents[2]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
DRAW = """
import importlib.util, json, sys
from streamlit.testing.v1 import AppTest
from qualcode.app import server
drawn = AppTest.from_file(str(server.SCRIPT), default_timeout=60).run()
pages = sys.modules["qualcode.app.navigation"].__file__
print(json.dumps([pages, drawn.title[0].value, len(drawn.exception)]))
print(json.dumps([name for name in ("app", "session") if importlib.util.find_spec(name)]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an installation from a wheel puts in site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site-packages of an editable installation."""
    folder = tmp_path_factory.mktemp("editable")
    subprocess.run(
        [*PIP, "install", "--no-deps", "--ignore-installed", "--prefix", folder, "-e", ROOT],
        check=True,
    )
    return next(folder.rglob("*.pth")).parent


@pytest.fixture(params=["checkout", "editable", "wheel"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the app's modules must come from; Python finds the package there."""
    if request.param == "checkout":
        monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
        return ROOT / "app"
    site: Path = request.getfixturevalue(request.param)
    # Before the installation that the tests themselves run in, as site would add them.
    added = [path.read_text().strip() for path in site.glob("*.pth")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([*added, str(site)]))
    return ROOT / "app" if added else site / "qualcode" / "app"


@pytest.mark.slow
def test_the_pages_are_found_under_one_name(where: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", DRAW], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    drawn, global_names = map(json.loads, run.stdout.splitlines())
    assert drawn == [str(where / "navigation.py"), "qualcode", 0]
    assert global_names == []


@pytest.mark.slow
@pytest.mark.usefixtures("where")
def test_the_browser_gets_the_scripts_of_the_components(tmp_path: Path) -> None:
    port = free_port()
    process = start(port, tmp_path)
    try:
        for name in ("coder.js", "coder.css"):
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                place = f"/_stcore/bidi-components/qualcode.coder/{name}"
                connection.request("GET", place, headers={"Cookie": cookie(port)})
                assert connection.getresponse().status == 200
    finally:
        process.terminate()
        process.wait(60)


@pytest.mark.slow
def test_a_wheel_puts_one_package_in_site_packages(wheel: Path) -> None:
    folders = {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")}
    assert folders == {"qualcode"}
    assert not list(wheel.rglob("__pycache__"))
