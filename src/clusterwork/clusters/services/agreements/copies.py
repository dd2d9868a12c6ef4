"""Keeping a signed copy: a PDF or a picture, of at most 10 MB, known by its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import puremagic

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import SignedCopy
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

LARGEST_MB = 10
LARGEST = LARGEST_MB * 1024 * 1024
TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}
SAME = {".jpeg": ".jpg", ".jfif": ".jpg", ".jpe": ".jpg"}


class CopyTooLarge(Problem):
    """A file that is larger than a signed copy may be."""


class CopyOfAnotherKind(Problem):
    """A file that is neither a PDF nor a picture."""


@dataclass(frozen=True)
class Upload:
    """A file as it arrived."""

    name: str
    content: bytes


def keep_copy(person: Person, upload: Upload) -> SignedCopy:
    """The copy, once looked at. Raises `CopyTooLarge`, `CopyOfAnotherKind`."""
    check_size(len(upload.content))
    return SignedCopy.objects.create(
        name=_plain(upload.name),
        media_type=type_of(upload.content),
        content=upload.content,
        sha256=hashlib.sha256(upload.content).hexdigest(),
        uploaded_by=person,
    )


def check_size(size: int) -> None:
    """Raises `CopyTooLarge`."""
    if size > LARGEST:
        raise CopyTooLarge(
            Message(N_("The file is larger than %(most)s megabytes."), {"most": LARGEST_MB}),
            why=Message(N_("It has %(size)s megabytes."), {"size": f"{size / 1024 / 1024:.1f}"}),
            next_step=Message(
                N_("Scan it again in black and white or with fewer dots, and upload that.")
            ),
        )


def type_of(content: bytes) -> str:
    """The media type, by what the file begins with and not by its name.

    Raises `CopyOfAnotherKind`.
    """
    try:
        found = puremagic.from_string(content)
    except (puremagic.PureError, ValueError):
        found = ""
    media_type = TYPES.get(SAME.get(found, found))
    if media_type is None:
        raise CopyOfAnotherKind(
            Message(N_("The file is neither a PDF nor a picture.")),
            why=Message(N_("A signed copy is a PDF, a JPEG or a PNG, known by its content.")),
            next_step=Message(N_("Scan or photograph the signed page, and upload that.")),
        )
    return media_type


def _plain(name: str) -> str:
    """The file's name without folders or characters that a header cannot carry."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>;')
    return kept.strip()[-255:] or "signed"
