"""A real PostgreSQL for the tests: the one named in RECERT_TEST_DATABASE, or one of our own in a temporary folder."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = "-c listen_addresses='' -c fsync=off -c max_connections=40 -c shared_buffers=16MB"


@contextmanager
def new_schema() -> Iterator[str]:
    """The URL of an empty schema, which is all that a test sees of the server."""
    server = make_url(os.environ.get("RECERT_TEST_DATABASE") or _own_server())
    if server.drivername == "postgresql":
        server = server.set(drivername="postgresql+psycopg")
    name = f"recert_{uuid.uuid4().hex}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        yield server.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


@cache
def _own_server() -> str:
    """Start a server of our own, once per process, and stop it at the end."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="recert-postgres-"))
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    if user is not None:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=60)

    def stop() -> None:
        run(str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    initdb = ("-D", str(folder / "data"), "-U", "recert", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    run(str(binaries / "initdb"), *initdb)
    log = ("-l", str(folder / "log"), "-o", f"{SETTINGS} -k {folder}")
    run(str(binaries / "pg_ctl"), "-D", str(folder / "data"), *log, "-w", "-t", "30", "start")
    atexit.register(stop)
    url = URL.create("postgresql+psycopg", username="recert", database="postgres", query={"host": str(folder)})
    return url.render_as_string()


def _binaries() -> Path:
    """The folder of the server's programs, the newest version found."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).parent
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    assert found, (
        "PostgreSQL is missing: run `apt-get install postgresql`, or set RECERT_TEST_DATABASE to a server's URL."
    )
    return found[-1].parent
