"""The folders that Clusterwork writes to, made when absent; changes no existing folder's rights."""

from __future__ import annotations

import os
import pwd
import sys
import tempfile
from pathlib import Path

NAMED_BY = "CLUSTERWORK_DATA"
LONGEST_SOCKET_FOLDER = 85  # bytes; with "/.s.PGSQL.5432" just under 100, the limit is 103 to 107


def data_folder() -> Path:
    """The folder for all that this installation keeps, made with mode 0700 when absent."""
    named = os.environ.get(NAMED_BY)
    return make_private((Path(named).expanduser() if named else _usual_folder()).resolve())


def _usual_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "clusterwork"
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "clusterwork"


def make_private(folder: Path, user: tuple[int, int] | None = None) -> Path:
    """`folder`, made for its owner alone when absent; `user` is the owner's (user, group) id."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        if user:
            os.chown(folder, *user)
    return folder


def server_user() -> tuple[int, int] | None:
    """(user, group) id that PostgreSQL runs as: nobody when we are root, else None for us.

    PostgreSQL refuses to run as root.
    """
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return nobody.pw_uid, nobody.pw_gid


def socket_folder(cluster: Path) -> tuple[Path, list[str]]:
    """Where the socket goes, and what to remove afterwards.

    The cluster's own folder, unless its path is too long for a socket or has a comma, at which
    PostgreSQL's library splits hosts: then a new one with mode 0700 among the temporary files.
    """
    if len(os.fsencode(cluster)) <= LONGEST_SOCKET_FOLDER and "," not in str(cluster):
        return cluster, []
    temporary = tempfile.gettempdir()
    fits = len(os.fsencode(temporary)) + len("/clusterwork-12345678") <= LONGEST_SOCKET_FOLDER
    folder = Path(tempfile.mkdtemp(prefix="clusterwork-", dir=temporary if fits else "/tmp"))  # noqa: S108
    if user := server_user():
        os.chown(folder, *user)
    return folder, [str(folder)]
