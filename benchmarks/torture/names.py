"""File names that strangers choose: each file is taken, whatever it is called, and none leaves its folder."""

import os
import random
import unicodedata
from pathlib import Path

from benchmarks.torture.house import fresh
from benchmarks.torture.papers import Fate, Press
from benchmarks.torture.promises import Count, check, check_by_command, files

LONG = "ü" * 125 + "x.pdf"  # 255 bytes
NAMES: tuple[str | bytes, ...] = (
    "two\nlines.pdf",
    "tab\tand\rreturn.pdf",
    "..\\..\\windows.pdf",
    "..%2f..%2fpercent.pdf",
    "...pdf",
    "right \u202efdp.exe.pdf",
    "\u2066isolated\u2069 \u200f.pdf",
    "zero\u200bwidth\ufeff.pdf",
    LONG,
    "x" * 255,
    "x" * 251 + ".pdf",
    "certificate 🎓👩‍🎓🏴‍☠️.pdf",
    b"no text \xff\xfe\x80.pdf",
    b"\xed\xa0\x80 surrogate.pdf",
    "-rf.pdf",
    "--help",
    "trailing dot.pdf.",
    "trailing space.pdf ",
    " leading space.pdf",
    "$(touch owned).pdf",
    "`id`;rm -rf *.pdf",
    "quote'\"quote.pdf",
    "\x1b[2J\x1b]0;owned\x07.pdf",
    "CON.pdf",
    "aux",
    "a.pdf.why.txt",
    "a.pdf",
    "A.PDF",
    "A.pdf",
    "{{7*7}}<script>alert(1)</script>.pdf",
    "=HYPERLINK(1).pdf",
    "'; DROP TABLE document; --.pdf",
    "%s%n%x.pdf",
    unicodedata.normalize("NFC", "Zertifikat für Übung é.pdf"),
    unicodedata.normalize("NFD", "Zertifikat für Übung é.pdf"),
    "İstanbul ı.pdf",
    "i̇stanbul i.pdf",
    "straße.pdf",
    "STRASSE.pdf",
    "*?.pdf",
    "no ending",
    "two  spaces.pdf",
    "two spaces.pdf",
)
FOLDERS = (b"", b"Ada Example", b"..hidden not", b"\xff\xff", b"a\nb", b"-d", b"x/" * 30)


def names(folder: Path, chance: random.Random, rounds: int) -> Count:
    """Every name with each of the three fates, at the top and in a folder, then all of them once more."""
    count = Count()
    for number in range(rounds):
        house, press = fresh(folder), Press(chance)
        for name in NAMES:
            for place, fate in enumerate((Fate.RECORDED, Fate.REVIEW, Fate.REJECTED)):
                raw = os.fsencode(name)
                inside = FOLDERS[(place + number) % len(FOLDERS)] if place else b""
                path = inside + b"/" + raw if inside else raw
                if len(os.fsencode(house.inbox / os.fsdecode(path))) < 3000:
                    house.drop(press.certificate(fate), path)
                    count.faults += 1
        before = set(house.root.iterdir())
        for _ in range(2):
            done = house.run("ingest")
            if done.code not in (0, 1) or "Traceback" in done.err:
                count.breach(f"names, round {number}", f"it ended with {done.code}: {done.err[-600:]}")
        if set(house.root.iterdir()) != before:
            count.breach(f"names, round {number}", "something was made beside the house")
        outside = [path for path in files(house.home) if not path.is_relative_to(house.home)]
        if outside:
            count.breach(f"names, round {number}", f"{outside} left its folder")
        check(house, count, f"names, round {number}")
        check_by_command(house, count, f"names, round {number}")
        count.rounds += 1
        count.dropped += len(house.dropped)
    return count
