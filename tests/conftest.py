"""The quick suite, and what tests of several folders share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from qualcode import study
from qualcode.codebooks import read_codebook
from qualcode.model import Codebook

# Tests read English, whatever the language of the machine; tests of Dutch set it themselves.
os.environ["QUALCODE_LANGUAGE"] = "en"

settings.register_profile("quick", max_examples=10, deadline=None)


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
        config.option.ignore = [*(config.option.ignore or ()), str(config.rootpath / "tests/app")]
        # A worker reads the same options: it must not start workers of its own, endlessly.
        is_worker = "PYTEST_XDIST_WORKER" in os.environ
        alone = getattr(config.option, "numprocesses", None) is None and not config.option.usepdb
        if alone and not is_worker:
            config.option.numprocesses = 2


SLOW_FILES = (
    "cli/",
    "project/test_blindness_of_verbs.py",
    "project/test_work_files.py",
    "suggesting/test_quotes.py",
    "test_docs.py",
    "test_exchange.py",
    "test_suggestions.py",
)
"""End-to-end tests: each command is a project made anew, so a folder of them takes a minute."""

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


@pytest.fixture(scope="session")
def sample_codebook() -> Codebook:
    """The codebook of the sample study, read once: its YAML takes a third of a second."""
    codebook, problems = read_codebook(study.codebook())
    assert problems == ()
    return codebook
