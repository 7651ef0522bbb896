"""The quick suite, and what tests of several folders share."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import URL, make_url

from qualcode import study
from qualcode.codebooks import read_codebook
from qualcode.model import Codebook

# Tests read English, whatever the language of the machine; tests of Dutch set it themselves.
os.environ["QUALCODE_LANGUAGE"] = "en"

# Tests of backups set a folder themselves: none may fill that of the person who runs the tests.
os.environ["QUALCODE_BACKUPS"] = "off"

# Under nohup the program would rightly outlive the end of its terminal, and tests end it that way.
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# How long an example takes is the machine's affair: under load a limit of time fails by itself.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
settings.register_profile("quick", max_examples=10)
# As many examples as each test asks for: pytest --hypothesis-profile many FILE
settings.register_profile("many", max_examples=10_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick",
        action="store_true",
        help="run what a maintainer runs after each change: not what is marked slow, no browser, "
        "fewer examples of properties, two tests at a time",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Set the options that ``--quick`` stands for, before pytest-xdist reads its own."""
    if config.option.quick:
        config.option.markexpr = config.option.markexpr or "not slow"
        tests = config.rootpath / "tests"
        # To collect a file, and leave all of its tests out, would take seconds in each worker.
        left_out = map(tests.joinpath, SLOW_FILES)
        quick = [tests / name for name in QUICK_FILES]
        config.option.ignore = [
            *(config.option.ignore or ()),
            str(tests / "app"),
            *(str(path) for place in left_out for path in _files_below(place) if path not in quick),
        ]
        # A worker reads the same options: it must not start workers of its own, endlessly.
        is_worker = "PYTEST_XDIST_WORKER" in os.environ
        alone = getattr(config.option, "numprocesses", None) is None and not config.option.usepdb
        if alone and not is_worker:
            config.option.numprocesses = 2
            # What a file of tests prepares for all of them is made once, and not in both workers.
            config.option.dist = "loadfile"


def _files_below(place: Path) -> list[Path]:
    return sorted(place.rglob("test_*.py")) if place.is_dir() else [place]


SLOW_FILES = (
    "cli/",
    "language/test_annotation.py",
    "project/test_archive.py",
    "project/test_blindness_of_verbs.py",
    "project/test_changed_codings.py",
    "project/test_checklists.py",
    "project/test_roles_of_verbs.py",
    "project/test_work_files.py",
    "suggesting/test_quotes.py",
    "test_docs.py",
    "test_exchange.py",
    "test_suggestions.py",
)
"""End-to-end tests: each command is a project made anew; and files with hardly a quick test."""

QUICK_FILES = ("cli/test_path.py", "cli/test_language.py", "cli/test_codebook.py")
"""End-to-end tests that stay in the quick suite: the whole path, and both languages."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        name = item.path.relative_to(config.rootpath / "tests").as_posix()
        if name.startswith(SLOW_FILES) and name not in QUICK_FILES:
            item.add_marker(pytest.mark.slow)


def pytest_configure(config: pytest.Config) -> None:
    if config.option.quick:
        settings.load_profile("quick")
        # Modules, tests and syntax trees stay: to look for garbage among them takes a fifth of the
        # time.
        gc.set_threshold(50_000, 25, 25)


@pytest.fixture(scope="session")
def sample_codebook() -> Codebook:
    """The codebook of the sample study, read once: its YAML takes a third of a second."""
    codebook, problems = read_codebook(study.codebook())
    assert problems == ()
    return codebook


SERVER = "QUALCODE_TEST_POSTGRES"


@pytest.fixture(scope="session")
def server() -> URL:
    """The PostgreSQL server to test on, or a skip that says why there is none."""
    url = os.environ.get(SERVER)
    if url:
        return make_url(url).set(drivername="postgresql+pg8000")
    if os.environ.get("QUALCODE_REQUIRE_POSTGRES") == "1":
        pytest.fail(f"{SERVER} is not set, and QUALCODE_REQUIRE_POSTGRES asks for it")
    pytest.skip(f"no PostgreSQL: {SERVER} is not set")
