"""`python -m tests.samples [name…]` redraws all samples, or those whose name holds one of the words."""

import sys

from tests.samples.case import load_cases
from tests.samples.draw import draw


def main(words: list[str]) -> None:
    for case in load_cases():
        if not words or any(word in case.name for word in words):
            data = draw(case)
            changed = not case.file.exists() or case.file.read_bytes() != data
            if changed:
                case.file.write_bytes(data)
            print(f"{case.name}{case.file.suffix}: {len(data) // 1024} KiB{', redrawn' if changed else ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
