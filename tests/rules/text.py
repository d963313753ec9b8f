"""The texts of the shipped programs, for tests that change a word in them."""

from pathlib import Path

PROGRAMS = Path(__file__).parent.parent.parent / "rules" / "programs"
CISCO = (PROGRAMS / "cisco.toml").read_text(encoding="utf-8")


def enabled(version: str, text: str = CISCO) -> str:
    """Another reading enabled, and the versions that begin on its day or later disabled."""
    others = ("cisco-2020-02-24", "cisco-2023-11-28", "cisco-2025-07-15")
    for other in others:
        text = text.replace(f'id = "{other}"\n', f'id = "{other}"\nenabled = false\n')
    return text.replace(
        f'id = "{version}"\nfrom = 2020-02-24\nenabled = false\n', f'id = "{version}"\nfrom = 2020-02-24\n'
    )
