"""A PostgreSQL cluster of the benchmark's own: made in a temporary folder, reached by a socket in it, then removed."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from .system import limit_memory

USER = "bench"
OWNERS = "postgres", "nobody"  # who runs the server where root, whom it refuses, starts the benchmark
START_SECONDS = 30
STOP_SECONDS = 10


class NotAvailableError(Exception):
    """Why there is no PostGIS here."""


def connect(folder):
    """A connection to the cluster in a folder; each statement is its own transaction."""
    import psycopg2

    connection = psycopg2.connect(host=str(folder), user=USER, dbname="postgres")
    connection.autocommit = True
    return connection


@contextlib.contextmanager
def cluster():
    """Start a cluster with PostGIS; yield its folder, and the versions; stop and remove it.

    Raises
    ------
    NotAvailableError : PostgreSQL, PostGIS or the Python driver is missing, or the server does not start
    """
    programs = _programs()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="zone-bench-"))
    server = None
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        _make(programs, folder, owner)
        server = _start(programs, folder, owner)
        yield str(folder), _prepare(folder)
    finally:
        if server:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _programs():
    """The folder of the newest PostgreSQL's programs."""
    try:
        import psycopg2  # noqa: F401
    except ImportError:
        raise NotAvailableError("the Python driver psycopg2 is not installed") from None
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    other = shutil.which("initdb")
    if not found and not other:
        raise NotAvailableError("PostgreSQL is not installed")
    return (found[-1] if found else Path(other)).parent


def _owner():
    """Whom the server runs as, in the words of `subprocess`; nothing where that is whoever started the benchmark."""
    if os.getuid() != 0:
        return {}
    for name in OWNERS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NotAvailableError("PostgreSQL refuses to run as root, and there is no other user")


def _make(programs, folder, owner):
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"],
        capture_output=True, text=True, cwd="/", check=False, **owner,
    )
    if made.returncode:
        raise NotAvailableError(f"initdb failed: {made.stderr.strip()}")


def _start(programs, folder, owner):
    options = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off", "logging_collector": "off"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", *settings],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        preexec_fn=limit_memory, **owner,
    )
    try:
        _await(server, folder)
    except BaseException:
        _stop(server)
        raise
    return server


def _await(server, folder):
    import psycopg2

    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            connect(folder).close()
            return
        except psycopg2.OperationalError:
            time.sleep(0.1)
    raise NotAvailableError("PostgreSQL did not start")


def _prepare(folder):
    """Create what the benchmark needs; return the versions in words."""
    import psycopg2

    with connect(folder) as connection, connection.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION postgis")
        except psycopg2.Error:
            raise NotAvailableError("PostGIS is not installed") from None
        cursor.execute("CREATE TABLE line (id serial PRIMARY KEY, geog geography)")
        cursor.execute("SELECT postgis_lib_version(), postgis_geos_version(), current_setting('server_version')")
        postgis, geos, server = cursor.fetchone()
        return f"PostGIS {postgis} (GEOS {geos.split('-')[0]}) in PostgreSQL {server.split()[0]}"


def _stop(server):
    """Stop by process id: fast; where a query does not listen, at once with all its processes."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(STOP_SECONDS)
            return
