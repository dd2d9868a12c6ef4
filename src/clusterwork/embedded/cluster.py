"""The files of one database cluster on disk: made, checked, configured; nothing runs here."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from clusterwork.embedded.binaries import major_version
from clusterwork.embedded.folders import make_private, server_user
from clusterwork.embedded.kept import Kept, Plan
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

SUPERUSER, OWNER, APP = "postgres", "clusterwork_owner", "clusterwork_app"
BUILTIN_LOCALE_SINCE = 17


class OtherVersion(Problem):
    """The cluster was made by another major version of PostgreSQL."""


class NotYourFolder(Problem):
    """The cluster belongs to another user of this machine."""


class NotCreated(Problem):
    """initdb failed."""


def environment() -> dict[str, str]:
    """All that PostgreSQL's programs see of ours."""
    utf8 = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    return {"PATH": "/usr/bin:/bin", "LC_ALL": utf8}


def ensure_cluster(home: Path, programs: Path, lock: int, *, fsync: bool) -> Path:
    """The cluster's folder under `home`, made when absent.

    Made beside and renamed when whole, so that a start cut short leaves no half cluster.
    Raises OtherVersion, NotYourFolder, NotCreated.
    """
    cluster = home / "cluster"
    if cluster.exists():
        _check(cluster, programs)
        return cluster
    unfinished = home / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    make_private(unfinished, server_user())
    _initdb(unfinished, programs, lock, fsync=fsync)
    unfinished.rename(cluster)
    return cluster


def _check(cluster: Path, programs: Path) -> None:
    user = server_user() or (os.geteuid(), os.getegid())
    if cluster.stat().st_uid != user[0]:
        raise NotYourFolder(
            Message(N_("Another user's database is here: %(folder)s."), {"folder": cluster}),
            next_step=Message(N_("Start as that user, or set CLUSTERWORK_DATA to another folder.")),
        )
    made_by = int((cluster / "PG_VERSION").read_text())
    ours = major_version(programs)
    if made_by != ours:
        raise OtherVersion(
            Message(
                N_("The database in %(folder)s was made by PostgreSQL %(made_by)s."),
                {"folder": cluster, "made_by": made_by},
            ),
            why=Message(N_("PostgreSQL here has the version: %(ours)s."), {"ours": ours}),
            next_step=Message(
                N_("Start it with its own version, or set CLUSTERWORK_DATA to another folder.")
            ),
        )


def _initdb(cluster: Path, programs: Path, lock: int, *, fsync: bool) -> None:
    command = [str(programs / "initdb"), *_initdb_options(cluster, programs, fsync=fsync)]
    log = cluster.parent / "initdb.log"
    with log.open("wb") as output:
        making = Kept(
            Plan(command, stop=signal.SIGKILL, user=server_user()),
            env=environment(),
            output=output,
            cwd=Path("/"),
            pass_fds=[lock],
        )
    if making.wait() != 0:
        said = log.read_text(errors="replace").strip()
        raise NotCreated(
            Message(N_("PostgreSQL could not make a database in %(folder)s."), {"folder": cluster}),
            why=Message(N_("It said: %(said)s"), {"said": said[-500:]}),
        )
    log.unlink()


def _initdb_options(cluster: Path, programs: Path, *, fsync: bool) -> Iterator[str]:
    yield from ("-D", str(cluster), "-U", SUPERUSER, "-E", "UTF8", "--no-instructions")
    yield from ("--auth-local=peer", "--auth-host=reject", "--text-search-config=simple")
    if major_version(programs) >= BUILTIN_LOCALE_SINCE:
        yield from ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    else:
        yield f"--locale={environment()['LC_ALL']}"
    if not fsync:
        yield "--no-sync"


def write_access(home: Path) -> tuple[Path, Path]:
    """The two files that say who may connect: the user who starts, by socket, and nobody else.

    They lie in the starter's own folder, hold no secret, and are written afresh at each start.
    """
    access, names = home / "access.conf", home / "names.conf"
    access.write_text("local all all peer map=clusterwork\n")
    me = pwd.getpwuid(os.geteuid()).pw_name
    names.write_text("".join(f'clusterwork "{me}" {role}\n' for role in (SUPERUSER, OWNER, APP)))
    for file in (access, names):
        file.chmod(0o644)
    return access, names


def server_options(
    cluster: Path, sockets: Path, access: tuple[Path, Path], *, fsync: bool
) -> Iterator[str]:
    """The command line of `postgres`."""
    quoted = str(sockets).replace('"', '""')
    settings = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "hba_file": str(access[0]),
        "ident_file": str(access[1]),
        "timezone": "UTC",
        "log_timezone": "UTC",
        # A failing statement quotes what people wrote.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        **({} if fsync else dict.fromkeys(("fsync", "synchronous_commit"), "off")),
        **({} if fsync else {"full_page_writes": "off"}),
    }
    yield from ("-D", str(cluster))
    for name, value in settings.items():
        yield from ("-c", f"{name}={value}")
