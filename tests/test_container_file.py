"""The file that makes an image of the app: what it copies is what the program is made of."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES = (ROOT / "docs" / "server" / "Containerfile").read_text("utf-8").splitlines()
COPIED = {
    name for line in LINES if line.startswith("COPY ") for name in line.split()[1:-1]
}  # fmt: skip


def test_the_image_holds_all_that_the_program_is_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["force-include"], *(name.split("/")[0] for name in wheel["packages"])}
    needed |= {"pyproject.toml", project["project"]["readme"]}
    assert needed <= COPIED


def test_the_image_takes_no_data_along() -> None:
    """Somebody's project may lie in the folder in which the image is made."""
    assert not COPIED & {".", "./", "*"}
    assert all((ROOT / name).exists() for name in COPIED)
