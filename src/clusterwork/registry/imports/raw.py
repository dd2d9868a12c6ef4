"""Lines of a file as they come, gzip or plain, with its hash and its position; knows no columns."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

GZIP_MAGIC = b"\x1f\x8b"
LONGEST_LINE = 1 << 20  # bytes; the longest line of an official file has a few thousand
UNPACKED_FREE = 10_000_000  # bytes that any packed file may hold,
UNPACKED_TIMES = 100  # and how many times its own size beyond them,
UNPACKED_MOST = 500_000_000  # but never more than this
FOREIGN = {
    b"PK\x03\x04": N_("It is a ZIP archive or an Excel workbook."),
    b"\xd0\xcf\x11\xe0": N_("It is an old Excel workbook."),
    b"%PDF": N_("It is a PDF document."),
    b"\xff\xfe": N_("It is written in UTF-16."),
    b"\xfe\xff": N_("It is written in UTF-16."),
}
SAVE_AS_CSV = Message(
    N_("Save it as CSV (UTF-8), or take the CSV file out of the archive, and try again.")
)


class FileUnreadable(Problem):
    """The file as a whole can't be read, so none of it was loaded."""


class FileMissing(FileUnreadable):
    """There is no such file, or it may not be opened."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(N_("The file can't be opened: %(name)s."), {"name": name}),
            next_step=Message(N_("Check its name and folder, and that you may read it.")),
        )


class NotATable(FileUnreadable):
    """The file is of another kind than CSV."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            Message(N_("The file is not a CSV table: %(name)s."), {"name": name}),
            why=Message(kind),
            next_step=SAVE_AS_CSV,
        )


class FileCutShort(FileUnreadable):
    """The compressed file ends before it should, or is damaged."""

    def __init__(self, name: str, line: int) -> None:
        self.line = line
        super().__init__(
            Message(
                N_("The file is cut short or damaged after line %(line)s: %(name)s."),
                {"line": line, "name": name},
            ),
            why=Message(N_("It was probably not downloaded or copied to its end.")),
            next_step=Message(N_("Download it again and try once more. Nothing was loaded.")),
        )


class LineTooLong(FileUnreadable):
    """A line is longer than any row of a register."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(
            Message(
                N_("A line of the file is too long to be a row. Line: %(line)s. File: %(name)s."),
                {"line": line, "name": name},
            ),
            next_step=SAVE_AS_CSV,
        )


class UnpacksToTooMuch(FileUnreadable):
    """The compressed file holds far more than a register has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(
                N_("The compressed file holds more than any register: %(name)s."), {"name": name}
            ),
            next_step=Message(N_("Choose the file that you downloaded.")),
        )


class _Hashing(io.RawIOBase):
    """A binary file that hashes what is read from it."""

    def __init__(self, inner: BinaryIO) -> None:
        self.inner, self.digest, self.position = inner, hashlib.sha256(), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self.inner.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.digest.update(chunk)
        self.position += len(chunk)
        return len(chunk)


class RawFile:
    """One pass over a file: `lines()` once, then `sha256` is that of the file as it lies.

    `position` and `size` count bytes as they lie (compressed where the file is).
    """

    def __init__(self, source: Path | BinaryIO, name: str = "") -> None:
        self.name = name or (source.name if isinstance(source, Path) else "")
        self._file = _open(source)
        self.size = self._file.seek(0, io.SEEK_END)
        self._file.seek(0)
        self._hashing = _Hashing(self._file)
        self.line = 0

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self._hashing.position

    @property
    def sha256(self) -> str:
        """Hash of the bytes read so far, in hexadecimal."""
        return self._hashing.digest.hexdigest()

    def lines(self) -> Iterator[bytes]:
        """The lines with their ends; raises `FileUnreadable` where the file can't be read."""
        buffered = io.BufferedReader(self._hashing, 1 << 16)
        start = buffered.peek(4)[:4]
        self._refuse_foreign(start)
        packed = start.startswith(GZIP_MAGIC)
        stream: BinaryIO = gzip.GzipFile(fileobj=buffered) if packed else buffered  # type: ignore[assignment]
        most = min(UNPACKED_FREE + UNPACKED_TIMES * self.size, UNPACKED_MOST)
        unpacked = 0
        try:
            while raw := stream.readline(LONGEST_LINE + 1):
                self.line += 1
                unpacked += len(raw)
                if len(raw) > LONGEST_LINE:
                    raise LineTooLong(self.name, self.line)
                if packed and unpacked > most:
                    raise UnpacksToTooMuch(self.name)
                yield raw
        except (EOFError, OSError, zlib.error) as error:
            raise FileCutShort(self.name, self.line) from error

    def _refuse_foreign(self, start: bytes) -> None:
        for magic, kind in FOREIGN.items():
            if start.startswith(magic):
                raise NotATable(self.name, kind)


def is_packed(file: Path) -> bool:
    """Whether the file is compressed, by how it starts."""
    with file.open("rb") as opened:
        return opened.read(len(GZIP_MAGIC)) == GZIP_MAGIC


def _open(source: Path | BinaryIO) -> BinaryIO:
    if not isinstance(source, Path):
        source.seek(0)
        return source
    try:
        return source.open("rb")
    except OSError as error:
        raise FileMissing(source.name) from error
