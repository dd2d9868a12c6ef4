"""PNG files packed as well as they can be: the engine packs for speed, three times as large."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import pack, unpack

SIGNATURE = 8
DATA, END = b"IDAT", b"IEND"


def packed(picture: bytes) -> bytes:
    """The same picture, pixel by pixel, in fewer bytes."""
    parts = list(_parts(picture))
    pixels = zlib.decompress(b"".join(content for kind, content in parts if kind == DATA))
    kept = [(kind, content) for kind, content in parts if kind not in (DATA, END)]
    written = [*kept, (DATA, zlib.compress(pixels, 9)), (END, b"")]
    return picture[:SIGNATURE] + b"".join(_part(kind, content) for kind, content in written)


def _parts(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = SIGNATURE
    while at < len(picture):
        (length,) = unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _part(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))
