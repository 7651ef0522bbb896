"""A sealed file opens with its passphrase only, whole or not at all."""

import json

import pytest

from qualcode.encryption import (
    container,
    decrypt,
    encrypt,
    is_encrypted,
    read_name_key,
    write_name_key,
)
from qualcode.errors import InvalidValueError, UnreadableFileError
from qualcode.pseudonyms import NameEntry, NameKey, NameKind

SECRET = "vier losse woorden samen"
KEY = NameKey(
    "study",
    (NameEntry("Fatima", NameKind.PERSON, "[zus 1]"), NameEntry("Mark", NameKind.PERSON, "")),
)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are derived at little cost here: it takes a second otherwise."""
    monkeypatch.setattr(container, "_COST", 2**4)


def test_a_key_of_names_comes_back_and_does_not_show_its_names() -> None:
    sealed = write_name_key(KEY, SECRET)
    assert is_encrypted(sealed)
    assert b"Fatima" not in sealed
    assert read_name_key(sealed, SECRET, "names.key") == KEY


def test_another_passphrase_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="does not open"):
        decrypt(encrypt(b"x", SECRET), SECRET + "!", "names.key")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="at least 8"):
        encrypt(b"x", "kort")


@pytest.mark.parametrize(
    "passphrase",
    [
        *(
            "12345678",
            "aaaaaaaaaaaaaaaa",
            "wachtwoord",
            "Wachtwoord123!",
            "welkom2026",
            "qwertyuiop",
        ),
        *(
            "Interview2026",
            "anna1990",
            "utrecht 2026",
            "P@ssw0rd2026",
            "geheim geheim",
            "zomer2026!",
        ),
    ],
)
def test_a_passphrase_that_is_easily_guessed_is_refused(passphrase: str) -> None:
    with pytest.raises(InvalidValueError, match="easily guessed"):
        encrypt(b"x", passphrase)
    # A key that an earlier version made with it still opens, and can be saved again.
    sealed = write_name_key(KEY, passphrase, accept_weak=True)
    assert read_name_key(sealed, passphrase, "names.key") == KEY


@pytest.mark.parametrize(
    "passphrase",
    [
        SECRET,
        "paard batterij nietje juist",
        "k7#dPq2vX!mz",
        "é" * 3 + " täfel fiets öl",
        "x" * 40 + "lang genoeg en meer dan 72 tekens samen, dat mag ook",
    ],
)
def test_a_passphrase_of_words_that_do_not_belong_together_is_taken(passphrase: str) -> None:
    assert decrypt(encrypt(b"x", passphrase), passphrase, "x") == b"x"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"{}", b"[]", b"\xff\n", b'{"file": "qualcode sealed"}'],
)
def test_another_file_is_refused(data: bytes) -> None:
    assert not is_encrypted(data) or data == b'{"file": "qualcode sealed"}'
    with pytest.raises(UnreadableFileError, match="no file that qualcode encrypted"):
        decrypt(data, SECRET, "x")


def test_a_cost_that_would_eat_the_memory_is_refused() -> None:
    head, rest = encrypt(b"x", SECRET).split(b"\n", 1)
    costly = json.dumps(json.loads(head) | {"n": 2**40}).encode() + b"\n" + rest
    with pytest.raises(UnreadableFileError):
        decrypt(costly, SECRET, "x")


def test_pieces_that_were_cut_off_swapped_or_changed_do_not_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(container, "_CHUNK_BYTES", 4)
    sealed = encrypt(b"twelve bytes", SECRET)
    head, one, two, three = sealed.split(b"\n")[:4]
    assert decrypt(sealed, SECRET, "x") == b"twelve bytes"
    for parts in ((one, two), (two, one, three), (one, three), (), (one, two, three, three)):
        with pytest.raises(UnreadableFileError, match="damaged"):
            decrypt(b"\n".join((head, *parts)) + b"\n", SECRET, "x")


def test_empty_bytes_come_back_empty() -> None:
    assert decrypt(encrypt(b"", SECRET), SECRET, "x") == b""


def test_something_else_under_the_passphrase_is_no_key_of_names() -> None:
    with pytest.raises(UnreadableFileError, match="no key of names"):
        read_name_key(encrypt(b'{"what": "backup"}', SECRET), SECRET, "x")
