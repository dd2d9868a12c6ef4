"""Import work that may take longer than a page can wait: kept in the data folder, done by a job.

An errand reads an uploaded file, or loads what somebody has confirmed. Its folder holds
`about.json` and, until it is read, the file. It touches no table: imports do.
"""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message

READ, LOAD = "read", "load"
WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
STOP = "stop"
KEPT_S = 24 * 60 * 60
LOADS = uuid.UUID("5f0c6a52-0f6d-4f0e-9a37-2f5a2a3a9b10")  # names the errand of each confirmed run


@dataclass
class Uploader:
    """Who asked for the errand, as the audit record names them."""

    pk: Any
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Errand:
    """One piece of work and how far it is; `done` and `total` are bytes of the file.

    `trouble` holds the sentences `what`, `why`, `next_step` of what went wrong, as kept JSON.
    `more` is what rooms above need to know of their own files.
    """

    token: str
    kind: str
    who_id: int | None
    who: str
    file_name: str = ""
    source: str = ""
    as_at: str = ""
    complete: bool = False
    run_id: int | None = None
    accept_good_rows: bool = False
    state: str = WAITING
    done: int = 0
    total: int = 0
    trouble: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def by(self) -> Uploader:
        """The actor of the import."""
        return Uploader(self.who_id, self.who)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (DONE, FAILED)

    @property
    def file(self) -> Path:
        """Where the uploaded file lies until it is read."""
        return folder_of(self.token) / "file"

    @property
    def day(self) -> date | None:
        """The day as at which the file's facts hold, where somebody said it."""
        return date.fromisoformat(self.as_at) if self.as_at else None


def keep_upload(chunks: Iterable[bytes], about: Errand) -> Errand:
    """Stores an uploaded file in the data folder; it is removed once it has been read."""
    sweep()
    errand = write(about)
    with errand.file.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
    return write(replace(errand, total=errand.file.stat().st_size))


def new_token() -> str:
    """A name that nobody can guess."""
    return str(uuid.uuid4())


def token_of_load(run_id: int) -> str:
    """The one errand by which a confirmed import is loaded."""
    return str(uuid.uuid5(LOADS, str(run_id)))


def folder_of(token: str) -> Path:
    """The errand's folder in the data folder."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(uuid.UUID(token))


def write(errand: Errand) -> Errand:
    """Keeps how the errand stands; readers see the old or the new state, never half of one."""
    folder = folder_of(errand.token)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"about.{uuid.uuid4().hex}"
    fresh.write_text(json.dumps(asdict(errand)))
    fresh.replace(folder / "about.json")
    return errand


def find(token: str) -> Errand | None:
    """The errand of that name, or None."""
    try:
        return Errand(**json.loads((folder_of(token) / "about.json").read_text()))
    except FileNotFoundError:
        return None


def errand_with(token: str) -> Errand:
    """The errand of that name; raises `NotThere`."""
    if errand := find(token):
        return errand
    raise NotThere(
        Message(N_("This upload is no longer kept.")),
        next_step=Message(N_("Look for it among the past imports, or upload the file again.")),
    )


def ask_to_stop(token: str) -> None:
    """Lets the reading of an upload end at the next look; loading is not stopped half-way."""
    (folder_of(errand_with(token).token) / STOP).touch()


def is_to_stop(token: str) -> bool:
    """Whether somebody has asked to stop."""
    return (folder_of(token) / STOP).exists()


def forget_file(errand: Errand) -> None:
    """Removes the uploaded file."""
    errand.file.unlink(missing_ok=True)


def sweep() -> None:
    """Removes what has lain for a day, so that an upload that was left does not stay."""
    home = Path(settings.MEDIA_ROOT) / "imports"
    for folder in home.iterdir() if home.is_dir() else ():
        if time.time() - folder.stat().st_mtime > KEPT_S:
            shutil.rmtree(folder, ignore_errors=True)
