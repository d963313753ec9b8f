"""A program that nobody shipped, written as `docs/add-a-program.md` says: one file, no Python."""

from rules.program import load_program
from rules.scenario import differences, run_scenario

ACME = """
id = "acme"
name = "Acme recertification"
verified_on = 2026-11-22
credited = "automatically"
credit_units = ["points", "point"]

[[version]]
id = "acme-1"
from = 2020-01-01
clause = "ACME"
last_day = "exclusive"
allocation = "accumulate_to_highest"
cascade = "same_level_and_below"
repeat = "allowed"
entry_after_expiry = "accepted"
[version.exam]
kinds = ["written"]
match = "any"
[version.because]
not_active = "ACME"
outside_cycle = "ACME"
repeat = "ACME"
over_cap = "ACME"
offer_ended = "ACME"
submitted_late = "ACME"
entered_after_expiry = "ACME"
status = "ACME"
unknown_then = "ACME"
future = "ACME"
surplus = "ACME"
renewed = "ACME"
cascaded = "ACME"
retired = "ACME"
entry_before_activity = "ACME"
balance = "ACME"
[version.level.engineer]
name = "Engineer"
rank = 1
validity = { days = 365 }
grace = { days = 30 }
clause = "ACME"
[[version.level.engineer.path]]
id = "points"
name = "20 points"
clause = "ACME"
credits = 20
[version.kind.talk]
name = "talk"
clause = "ACME"
value = 7.5
[[version.cap]]
kinds = ["talk"]
max_uses = 3
clause = "ACME"

[clause.ACME]
text = "All of it."
source = "acme.example"

[[example]]
name = "three talks renew, days are counted as days, and the entry may come after the end"
clause = "ACME"
as_of = 2025-06-01
[[example.holding]]
program = "acme"
name = "Acme Engineer"
level = "engineer"
earned_on = 2024-01-31
[[example.item]]
id = "a"
program = "acme"
course = "Talk"
kind = "talk"
completed_on = 2024-05-01
[[example.item]]
id = "b"
program = "acme"
course = "Talk"
kind = "talk"
completed_on = 2024-06-01
[[example.item]]
id = "c"
program = "acme"
course = "Talk"
kind = "talk"
completed_on = 2025-02-10
entered_on = 2025-05-30
[example.expect."Acme Engineer"]
renewed = true
anchor_on = 2025-02-10
suspends_on = 2026-02-10
expires_on = 2026-03-12
previous = { suspends_on = 2025-01-30, expires_on = 2025-03-01 }
"""


def test_one_file_is_enough() -> None:
    program = load_program(ACME, "acme.toml")
    (example,) = program.examples
    assert differences(example, run_scenario(example, {"acme": program})) == []
