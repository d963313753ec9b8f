"""Invented course titles that read like real ones."""

from random import Random

from benchmarks.accuracy.lookalikes.tables import words

# Letters before or after the topic of a course number, as colleges write them.
_DEPARTMENTS = ("CS", "BUS", "MATH", "ENG", "NUR", "DS")


def title(random: Random, language: str) -> str:
    """One to some fifteen words, on one line."""
    tables = words(language)
    if random.random() < 0.3:
        return random.choice(tables["titles"])
    topic, second, third = random.sample(tables["topics"], 3)
    code = f"{random.choice(_DEPARTMENTS)}{random.randint(100, 499)}"
    return random.choice(tables["patterns"]).format(
        t=topic, u=second, w=third, code=code, year=random.randint(2018, 2025)
    )
