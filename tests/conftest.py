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


def pytest_configure(config: pytest.Config) -> None:
    if config.option.quick:
        settings.load_profile("quick")


@pytest.fixture(scope="session")
def sample_codebook() -> Codebook:
    """The codebook of the sample study, read once: its YAML takes a third of a second."""
    codebook, problems = read_codebook(study.codebook())
    assert problems == ()
    return codebook
