"""Who uses a data folder: one lock, held by every process of the running server together."""

from __future__ import annotations

import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

NAME = "in-use"
LAST_ONE_ENDING_S = 30.0


class FolderInUse(Problem):
    """Another running Clusterwork has this data folder."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The starter's process id, and the folder of its server's socket ("" until it listens)."""

    pid: int
    socket_folder: str = ""

    def is_alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


def take(folder: Path) -> int:
    """Lock `folder`; the descriptor to hand on to the server. Raises FolderInUse.

    A server whose starter was killed may still be ending: waits for that.
    """
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + LAST_ONE_ENDING_S
    while not _locked(descriptor):
        holder = holder_of(folder)
        if (holder and holder.is_alive()) or time.monotonic() > until:
            os.close(descriptor)
            raise _in_use(folder, holder)
        time.sleep(0.05)
    write(descriptor, Holder(os.getpid()))
    return descriptor


def write(descriptor: int, holder: Holder) -> None:
    """Note who holds the lock."""
    text = json.dumps(asdict(holder)).encode()
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text, 0)


def holder_of(folder: Path) -> Holder | None:
    """What the last one to take the lock noted; it may have ended since."""
    try:
        return Holder(**json.loads((folder / NAME).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def is_held(folder: Path) -> bool:
    """Whether any process holds the lock."""
    try:
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _in_use(folder: Path, holder: Holder | None) -> FolderInUse:
    pid = holder.pid if holder else "?"
    return FolderInUse(
        Message(
            N_("Another Clusterwork is using this data folder: %(folder)s."), {"folder": folder}
        ),
        why=Message(N_("It was started by this process: %(pid)s."), {"pid": pid}),
        next_step=Message(N_("Stop it, or set CLUSTERWORK_DATA to another folder.")),
    )
