"""Invented people and how a certificate writes them."""

from random import Random

from benchmarks.accuracy.lookalikes.tables import table


def person(random: Random, language: str) -> str:
    """A name of one to seven words, of an origin that is common where the language is spoken."""
    people = table("people")
    origin = people[random.choice(people["mix"][language])]
    pattern = random.choice(origin["patterns"])
    while "{" in pattern:
        pattern = (
            pattern.replace("{g}", random.choice(origin["given"]), 1)
            .replace("{f}", random.choice(origin["family"]), 1)
            .replace("{p}", random.choice(origin["particle"]), 1)
            .replace("{i}", random.choice("ABDEFGHJKLMNPRSTV"), 1)
        )
    return pattern


def written(name: str, form: str, language: str) -> str:
    """The name as this issuer writes names: form = as is, capitals, small, surname (capital surname), comma."""
    if language == "tr" and form in ("capitals", "surname"):
        name = name.replace("i", "İ").replace("ı", "I") if form == "capitals" else name
    first, _, rest = name.partition(" ")
    if form == "capitals":
        return name.upper()
    if form == "small":
        return name.lower() if language != "tr" else name
    if form == "surname" and rest and language != "tr":
        return f"{first} {rest.upper()}"
    if form == "comma" and rest and "," not in name:
        *given, family = name.split()
        return f"{family}, {' '.join(given)}"
    return name
