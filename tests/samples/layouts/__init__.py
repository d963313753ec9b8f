"""The kinds of pages that can be drawn, by name."""

from tests.samples.layouts import cisco, lines, placed, platforms
from tests.samples.slip import Layout

LAYOUTS: dict[str, Layout] = {
    "cisco-digital-learning": cisco.digital_learning,
    "cisco-networking-academy": cisco.networking_academy,
    "atlassian-university": platforms.atlassian,
    "coursera": platforms.coursera,
    "udemy": platforms.udemy,
    "linkedin-learning": platforms.linkedin,
    "placed": placed.placed,
    "diploma": lines.diploma,
    "sheet": lines.sheet,
    "badge": lines.badge,
    "letter": lines.letter,
}
