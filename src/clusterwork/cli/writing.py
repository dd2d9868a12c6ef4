"""Files that a command leaves behind: checked before the work, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def can_write(*paths: Path) -> None:
    """That the folders are there and may be written to, before any search; else `BadTable`."""
    for path in paths:
        folder = path.parent
        if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
            raise _nowhere(path)


def _nowhere(path: Path) -> Exception:
    """The refusal; its room takes a second to load, so only when it is needed."""
    from clusterwork.formation.tables import BadTable
    from clusterwork.kernel.messages import N_, Message

    return BadTable(
        str(path),
        Message(N_("It cannot be written there.")),
        Message(N_("Name a file in a folder that exists and that you may write to.")),
    )


def write_whole(path: Path, text: str) -> None:
    """All or nothing: a new file beside it, then put in its place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        fresh.chmod(0o666 & ~umask)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
