"""What `make setup` does where Debian packages are missing; apt itself is a stand-in that writes down its orders."""

import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = Path(__file__).parent.parent / ".ci" / "packages"
TOOLS = ("bash", "env", "mktemp", "rm", "tail", "true")


def run(folder: Path, **stand_ins: str) -> tuple[int, str, str]:
    """Run `packages run` with only a few tools and the stand-ins on the PATH; returns its code, words, orders."""
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (folder / tool).symlink_to(found)
    for name, body in stand_ins.items():
        script = folder / name.replace("_", "-")
        script.write_text(f"#!/bin/bash\n{body}\n")
        script.chmod(0o755)
    done = subprocess.run(
        [str(folder / "bash"), str(PACKAGES), "run"],
        env={"PATH": str(folder), "ORDERS": str(folder / "orders")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    orders = folder / "orders"
    return done.returncode, done.stdout + done.stderr, orders.read_text() if orders.exists() else ""


ONLY_RUSSIAN_MISSING = '[ "${@: -1}" = tesseract-ocr-rus ] || echo -n installed'
APT = 'echo "$@" >>"$ORDERS"'


def test_nothing_missing_is_silence(tmp_path: Path) -> None:
    assert run(tmp_path, dpkg_query="echo -n installed", apt_get=APT) == (0, "", "")


def test_root_installs_what_is_missing_and_updates_first(tmp_path: Path) -> None:
    code, said, orders = run(tmp_path, dpkg_query=ONLY_RUSSIAN_MISSING, apt_get=APT, id="echo 0")
    assert code == 0
    assert "tesseract-ocr-rus" in said
    update, install = orders.splitlines()
    assert update.endswith("update")
    assert install.endswith("install -y --no-install-recommends tesseract-ocr-rus")


def test_somebody_with_sudo_installs_through_it(tmp_path: Path) -> None:
    code, _, orders = run(
        tmp_path,
        dpkg_query=ONLY_RUSSIAN_MISSING,
        apt_get=APT,
        id="echo 1000",
        sudo='[ "$1" = -n ] && exit 0; exec "$@"',
    )
    assert code == 0
    assert "tesseract-ocr-rus" in orders


@pytest.mark.parametrize("sudo", [{}, {"sudo": "exit 1"}])
def test_somebody_without_rights_gets_the_exact_command(tmp_path: Path, sudo: dict[str, str]) -> None:
    code, said, orders = run(tmp_path, dpkg_query=ONLY_RUSSIAN_MISSING, apt_get=APT, id="echo 1000", **sudo)
    assert (code, orders) == (1, "")
    assert said.strip().endswith("apt-get update && apt-get install tesseract-ocr-rus")
    assert len(said.strip().splitlines()) == 1


def test_an_installation_that_fails_says_why(tmp_path: Path) -> None:
    failing = APT + '\ncase "$*" in *install*) echo "E: no such package"; exit 100;; esac'
    code, said, _ = run(tmp_path, dpkg_query=ONLY_RUSSIAN_MISSING, apt_get=failing, id="echo 0")
    assert code == 1
    assert "E: no such package" in said
