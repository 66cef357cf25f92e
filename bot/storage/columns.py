"""Column types: moments in UTC, and text and JSON that lie encrypted in the database."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Keys:
    """The encryption keys of this process: set once by the composition root, newest first."""

    _fernet: MultiFernet | None = None
    _keys: tuple[bytes, ...] = ()

    @classmethod
    def use(cls, keys: list[bytes]) -> None:
        """Encrypt with the first key; decrypt with any of them."""
        cls._keys = tuple(keys)
        cls._fernet = MultiFernet([Fernet(key) for key in keys])

    @classmethod
    def all(cls) -> list[bytes]:
        """The keys in use, newest first."""
        return list(cls._keys)

    @staticmethod
    def name_of(key: bytes) -> str:
        """A name for a key that tells nothing of it."""
        return sha256(b"name of " + key).hexdigest()[:16]

    @classmethod
    def fernet(cls) -> MultiFernet:
        """The cipher; raises RuntimeError before `use`."""
        if cls._fernet is None:
            raise RuntimeError("no encryption key: call Keys.use first")
        return cls._fernet


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encrypted(TypeDecorator[Any]):
    """A JSON value (text included) that lies encrypted in the database."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return Keys.fernet().encrypt(json.dumps(value, ensure_ascii=True).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(Keys.fernet().decrypt(bytes(value)))


class EncryptedBytes(TypeDecorator[bytes]):
    """A file's content that lies encrypted in the database."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else Keys.fernet().encrypt(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else Keys.fernet().decrypt(bytes(value))
