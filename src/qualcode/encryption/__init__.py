"""Encrypts files with a passphrase: the key of names, and backups.

Defines the format of such files; the ciphers are those of the ``cryptography`` library. Nobody
can recover a lost passphrase.
"""

from qualcode.encryption.container import decrypt, encrypt, is_encrypted
from qualcode.encryption.name_keys import read_name_key, write_name_key
from qualcode.encryption.passphrase_strength import PASSPHRASE_LENGTH, refuse_weak

__all__ = [
    "PASSPHRASE_LENGTH",
    "decrypt",
    "encrypt",
    "is_encrypted",
    "read_name_key",
    "refuse_weak",
    "write_name_key",
]
