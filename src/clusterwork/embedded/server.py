"""The embedded PostgreSQL server: started, made ready with its roles, stopped."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from clusterwork.embedded import lock
from clusterwork.embedded.binaries import programs_folder
from clusterwork.embedded.cluster import (
    APP,
    OWNER,
    SUPERUSER,
    ensure_cluster,
    environment,
    server_options,
    write_access,
)
from clusterwork.embedded.folders import make_private, server_user, socket_folder
from clusterwork.embedded.kept import Kept, Plan
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

DATABASE = "clusterwork"
READY_WITHIN_S = 60.0
STOP_WITHIN_S = 30.0


class ServerDidNotStart(Problem):
    """PostgreSQL ended, or did not answer in time."""


class Server:
    """A running server; a context manager that stops it. Only this user of the machine gets in."""

    def __init__(self, sockets: Path, kept: Kept | None, log: Path) -> None:
        self.sockets, self.kept, self.log = sockets, kept, log

    @classmethod
    def start(cls, folder: Path, *, fsync: bool = True, remove: bool = False) -> Self:
        """Start the server of the data folder `folder`, making its database when absent.

        With `remove` the folder is deleted when the server has ended, however it ended.
        Raises FolderInUse, OtherVersion, NotYourFolder, NotCreated, NoPostgresPrograms,
        ServerDidNotStart.
        """
        programs = programs_folder()
        home = make_private(make_private(folder.absolute()) / "postgresql")
        held = lock.take(home)
        try:
            server = cls._launch(home, programs, held, fsync=fsync, remove=remove)
        finally:
            os.close(held)
        try:
            server._make_ready()
        except BaseException:
            server.stop()
            raise
        return server

    @classmethod
    def _launch(cls, home: Path, programs: Path, held: int, *, fsync: bool, remove: bool) -> Self:
        cluster = ensure_cluster(home, programs, held, fsync=fsync)
        # All its processes share the lock, so that a pid left by a killed server says nothing.
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        sockets, temporary = socket_folder(cluster)
        options = server_options(cluster, sockets, write_access(home), fsync=fsync)
        plan = Plan(
            [str(programs / "postgres"), *options],
            stop=signal.SIGINT,
            force=signal.SIGQUIT,
            grace_s=STOP_WITHIN_S,
            user=server_user(),
            remove=[*temporary, *([str(home.parent)] if remove else [])],
        )
        log = home / "postgresql.log"
        with log.open("ab") as output:
            kept = Kept(plan, env=environment(), output=output, cwd=Path("/"), pass_fds=[held])
        lock.write(held, lock.Holder(os.getpid(), str(sockets)))
        return cls(sockets, kept, log)

    @classmethod
    def running(cls, folder: Path) -> Self | None:
        """The server that another process has started on `folder`, if any; never stopped by us."""
        home = folder.absolute() / "postgresql"
        holder = lock.holder_of(home)
        if not holder or not holder.socket_folder or not lock.is_held(home):
            return None
        return cls(Path(holder.socket_folder), None, home / "postgresql.log")

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """`postgresql://role@/database?host=...`, good for psycopg and for DATABASE_URL."""
        where = urlencode({"host": str(self.sockets), "port": 5432}, quote_via=quote)
        return f"postgresql://{role}@/{database}?{where}"

    def environment(self) -> dict[str, str]:
        """The two variables by which the settings find the server."""
        return {"DATABASE_URL": self.url(APP), "DATABASE_OWNER_URL": self.url(OWNER)}

    def stop(self) -> None:
        """End the server and wait until it has ended. May be called again."""
        if self.kept:
            self.kept.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _make_ready(self) -> None:
        with self._connect_when_ready() as connection:
            _ensure_role(connection, OWNER, "LOGIN CREATEDB")
            _ensure_role(connection, APP, "LOGIN")
            _ensure_database(connection)

    def _connect_when_ready(self) -> psycopg.Connection:
        until = time.monotonic() + READY_WITHIN_S
        url = self.url(SUPERUSER, "postgres")
        while True:
            try:
                return psycopg.connect(url, autocommit=True, connect_timeout=5)
            except psycopg.OperationalError as error:
                running = self.kept is not None and self.kept.is_running()
                if not running or time.monotonic() > until:
                    raise self._did_not_start() from error
            time.sleep(0.02)

    def _did_not_start(self) -> ServerDidNotStart:
        said = self.log.read_text(errors="replace").strip() if self.log.exists() else ""
        return ServerDidNotStart(
            Message(N_("The database server did not start.")),
            why=Message(N_("It said: %(said)s"), {"said": said[-500:]}),
            next_step=Message(N_("Its log is in this file: %(log)s."), {"log": self.log}),
        )


def _ensure_role(connection: psycopg.Connection, name: str, rights: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if not found:
        statement = f"CREATE ROLE {name} {rights}"  # both are constants of ours
        connection.execute(sql.SQL(statement))


def _ensure_database(connection: psycopg.Connection) -> None:
    known = "SELECT 1 FROM pg_database WHERE datname = %s"
    if not connection.execute(known, [DATABASE]).fetchone():
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(DATABASE), sql.Identifier(OWNER)
            )
        )
