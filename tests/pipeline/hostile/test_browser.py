"""A page in a real browser: even where an escape is missed, it runs nothing and asks for nothing."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.report import render
from tests.pipeline.hostile.attacks import ATTACKS
from tests.pipeline.hostile.world import world

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
GUARD = '<meta http-equiv="Content-Security-Policy"'


@pytest.mark.skipif(BROWSER is None, reason="no Chromium; test_exits.py looks at every element of the pages")
def test_a_browser_runs_nothing_and_asks_for_nothing(tmp_path: Path) -> None:
    with listening() as (address, asked):
        everything = " ".join(attack[:300] for attack in ATTACKS.values()).encode("utf-8", "replace").decode()
        page = render(world(everything.replace("http://127.0.0.1:9", address)).batch)
        missed = (
            f"<script>document.title='ran'</script><script src={address}/script></script>"
            f"<img src={address}/image onerror=\"document.title='ran'\"><link rel=stylesheet href={address}/style>"
            f"<style>@import url({address}/import)</style><iframe src={address}/frame></iframe>"
        )
        raw = page.replace("<main>", f"<main>{missed}")
        assert GUARD in raw and missed in raw
        assert "title>ran<" not in as_opened(tmp_path / "guarded.html", raw)
        assert asked == []
        # Without the guard the same page does it all: the browser would have told.
        assert "title>ran<" in as_opened(tmp_path / "open.html", raw.replace(GUARD, "<meta"))
        assert {"/script", "/image", "/style", "/import", "/frame"} <= set(asked)


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine and the paths it was asked for."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    # A browser opens connections ahead and leaves them idle: one thread would wait for the first for ever.
    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def as_opened(path: Path, page: str) -> str:
    """The page as a browser has it after everything on it has happened."""
    path.write_text(page, encoding="utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={path.with_suffix('.profile')}")
    command = [str(BROWSER), *options, "--dump-dom", path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
