"""Files under a passphrase: the key of names, and encrypted backups.

Owns the form of such files; the ciphers are those of the ``cryptography`` library. A lost
passphrase cannot be recovered by anyone.
"""

from qualcode.encryption.container import PASSPHRASE_LENGTH, is_sealed, seal, unseal
from qualcode.encryption.name_keys import read_name_key, write_name_key

__all__ = [
    "PASSPHRASE_LENGTH",
    "is_sealed",
    "read_name_key",
    "seal",
    "unseal",
    "write_name_key",
]
