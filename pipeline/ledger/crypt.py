"""Keys of subjects: sealing payloads (AES-256-GCM) and hashing what must be found again without being readable."""

import base64
import binascii
import hmac
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


def new_id() -> str:
    """A random id for a subject, an activity, a claim or an exam: 32 hex digits."""
    return secrets.token_hex(16)


def new_key() -> bytes:
    """A random key of 256 bits."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, plain: bytes, place: str) -> str:
    """The ciphertext of `plain` in base64, nonce first. It opens only with the same key and the same `place`."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, place.encode())).decode("ascii")


def unseal(key: bytes, sealed: str, place: str) -> bytes:
    """What was sealed. Raises ValueError for a wrong key, a wrong place or a changed ciphertext."""
    try:
        data = base64.b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], place.encode())
    except (binascii.Error, InvalidTag) as error:
        raise ValueError("the payload does not open with its key") from error


def keyed_hash(key: bytes, text: str) -> str:
    """HMAC-SHA-256 in hex under a key derived from `key`, so that the sealing key has one use."""
    derived = hmac.digest(key, b"recert duplicate keys", "sha256")
    return hmac.digest(derived, text.encode(), "sha256").hex()
