"""Plans: every set that is shown really renews, none is better by brute force, and what a plan says of the days."""

import datetime as dt
import itertools
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.catalogue import Catalogue, ExamOffer, Offer
from rules.engine import evaluate
from rules.folders import cycle_from
from rules.model import ClaimStatus, Exam, Holding, Item, Verdict
from rules.options import Option, options_of
from rules.plan import plan
from rules.plan_model import Aim, Budget, HoldingPlan, Plan, PlannedSet, Standing
from rules.plan_words import alignment_line, price_line, renewal_line, step_line
from rules.program import shipped_programs
from tests.rules.draw import Facts, facts

PROGRAMS = shipped_programs()
TODAY = dt.date(2026, 11, 22)
NONE = Catalogue()
few = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def held(name: str, level: str, earned_on: str, program: str = "cisco", **more: object) -> Holding:
    return replace(Holding(program, name, level, day(earned_on), day(earned_on)), **more)  # type: ignore[arg-type]


def done(name: str, on: str, credits: int, status: str = "earned", program: str = "cisco", **more: object) -> Item:
    item = Item(
        name, program, f"Course {name}", "course", day(on), day(on), day(on), Decimal(credits), ClaimStatus(status)
    )
    return replace(item, **more)  # type: ignore[arg-type]


def offer(title: str, credits: int, price: int | None = None, **more: object) -> Offer:
    values = {"title": title, "program": "cisco", "kind": "course", "credits": credits, "price": price, "source": "x"}
    return Offer.model_validate({**values, "currency": "GBP" if price else None, **more})


def exam(code: str, kind: str | None, price: int | None = None, **more: object) -> ExamOffer:
    values = {"title": f"Exam {code}", "code": code, "program": "cisco", "kind": kind, "price": price, "source": "x"}
    return ExamOffer.model_validate({**values, "currency": "GBP" if price else None, **more})


def catalogue(*rows: Offer | ExamOffer) -> Catalogue:
    offers = tuple(row for row in rows if isinstance(row, Offer))
    return Catalogue(offer=offers, exam=tuple(row for row in rows if isinstance(row, ExamOffer)))


def ask(
    *holdings: Holding,
    items: Sequence[Item] = (),
    exams: Sequence[Exam] = (),
    offers: Catalogue = NONE,
    as_of: dt.date = TODAY,
    by: dt.date | None = None,
    budget: Budget | None = None,
) -> Plan:
    return plan(Standing(tuple(items), tuple(exams), holdings), PROGRAMS, offers, as_of, by=by, budget=budget)


def of(found: Plan, name: str) -> HoldingPlan:
    return next(holding for holding in found.holdings if holding.holding == name)


def aimed(found: HoldingPlan, aim: Aim) -> PlannedSet:
    return next(planned for planned in found.sets if aim in planned.aims)


def titles(planned: PlannedSet) -> list[str]:
    return sorted(title for step in planned.steps for title in [step.title] * step.times)


# ------------------------------------------------------------------------------------- by brute force, with the engine


def known(given: Facts) -> Standing:
    """What the planner may know on the day: nothing recorded or dated later, what waits as if it was earned."""
    items = [item for item in given.items if max(item.completed_on, item.recorded_on) <= given.as_of]
    waiting = {ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.PENDING}
    earned = [
        replace(
            item,
            status=ClaimStatus.EARNED,
            submitted_on=item.submitted_on or (given.as_of if item.status == "draft" else None),
        )
        if item.status in waiting
        else item
        for item in items
    ]
    exams = [one for one in given.exams if max(one.passed_on, one.recorded_on) <= given.as_of]
    return Standing(tuple(earned), tuple(exams), tuple(given.holdings))


def verdicts(standing: Standing, options: Iterable[Option], on: dt.date) -> dict[str, Verdict]:
    chosen = list(options)
    items = [option.item(option.first_day) for option in chosen if not option.exam]
    exams = [option.passed(option.first_day) for option in chosen if option.exam]
    found = evaluate((*standing.items, *items), (*standing.exams, *exams), standing.holdings, PROGRAMS, on, on)
    return {verdict.holding: verdict for verdict in found}


def renews(standing: Standing, options: Sequence[Option], name: str) -> bool:
    return name in renewed_by(standing, options)


def renewed_by(standing: Standing, options: Sequence[Option]) -> set[str]:
    on = max(option.first_day for option in options)
    before, after = verdicts(standing, (), on), verdicts(standing, options, on)
    return {name for name in after if after[name].anchor_on != before[name].anchor_on}


def subsets(options: Sequence[Option], most: int) -> Iterable[tuple[Option, ...]]:
    return itertools.chain.from_iterable(itertools.combinations(options, size) for size in range(1, most + 1))


def without_one(options: Sequence[Option]) -> Iterable[tuple[Option, ...]]:
    return itertools.combinations(options, len(options) - 1)


def as_planned(planned: PlannedSet, options: Sequence[Option]) -> list[Option]:
    """The options that the steps of a set are, each once, on the days of the plan."""
    left, chosen = list(options), []
    for step in planned.steps:
        for _ in range(step.times):
            what = (step.title, step.kind, step.holding, step.credits)
            found = next(one for one in left if (one.title, one.kind, one.holding, one.credits) == what)
            left.remove(found)
            chosen.append(replace(found, first_day=step.from_day))
    return chosen


def as_given(given_facts: Facts) -> Standing:
    return Standing(tuple(given_facts.items), tuple(given_facts.exams), tuple(given_facts.holdings))


@st.composite
def small_catalogues(draw: st.DrawFn, as_of: dt.date) -> Catalogue:
    days = st.sampled_from((None, None, as_of, as_of + dt.timedelta(days=30), as_of + dt.timedelta(days=200)))
    rows: list[Offer | ExamOffer] = []
    for number in range(draw(st.integers(0, 4))):
        begins, ends = draw(days), draw(days)
        within = {
            "valid_from": begins,
            "valid_until": ends if begins is None or ends is None or ends >= begins else None,
        }
        price = draw(st.sampled_from((None, 0, 10, 20, 50)))
        rows.append(offer(f"Offer {'abcd'[number]}", draw(st.sampled_from((4, 10, 15, 30, 40, 64))), price, **within))
    for kind in ("associate", "concentration", "core", "expert"):
        for number in range(draw(st.integers(0, 1))):
            rows.append(exam(f"{kind}-{number}", kind, draw(st.sampled_from((None, 30, 60)))))
    return catalogue(*rows)


@few
@given(st.data())
def test_every_set_renews_and_no_subset_of_the_catalogue_is_shorter_cheaper_or_earlier(data: st.DataObject) -> None:
    given_facts = data.draw(facts("cisco"))
    as_of = given_facts.as_of
    offers = data.draw(small_catalogues(as_of))
    standing = known(given_facts)
    everything = options_of(PROGRAMS["cisco"], given_facts.holdings, offers, as_of)
    options = [option for option in everything if not option.name.endswith("2")]  # two exams of a kind are enough here
    priced = [option for option in options if option.price is not None]
    by_trying = {some: renewed_by(standing, some) for some in {*subsets(options, 2), *subsets(priced, len(priced))}}
    found = plan(as_given(given_facts), PROGRAMS, offers, as_of)
    opened = {
        one.name: (cycle_from(now, one, PROGRAMS["cisco"]) or dt.date.max) <= as_of
        for one in standing.holdings
        for now in [verdicts(standing, (), as_of)[one.name]]
    }
    for holding in found.holdings:
        name = holding.holding
        if not opened[name]:
            continue  # nothing counts for it today, and the options above are tried on their first days
        mine = [some for some, renewed in by_trying.items() if name in renewed]
        for planned in holding.sets:
            assert planned.proven
            assert name in renewed_by(standing, as_planned(planned, everything))
        if holding.sets:
            size = sum(step.times for step in aimed(holding, Aim.FEWEST).steps)
            assert size <= min(map(len, mine), default=size)
            prices = [sum(option.price or 0 for option in some) for some in mine if {*some} <= {*priced}]
            shown = [sum(planned.price.values()) for planned in holding.sets if Aim.CHEAPEST in planned.aims]
            assert shown == ([min(prices)] if prices else [])
            sooner = min((max(option.first_day for option in some) for some in mine), default=dt.date.max)
            assert aimed(holding, Aim.EARLIEST).finished_on <= sooner
        elif holding.waits is None or not holding.waits.renews:
            assert not mine
    if all(opened.values()):
        goals = {one.holding for one in found.holdings if one.waits is None or not one.waits.renews}
        reached = [goals & {renewal.holding for renewal in planned.renewals} for planned in found.together]
        assert max(map(len, reached), default=0) >= max((len(goals & some) for some in by_trying.values()), default=0)


SMALL = {
    "atlassian": (
        held("H", "acp", "2025-01-10", "atlassian"),
        (("course", 10), ("local_event", 10), ("global_event", 30), ("course", 40)),
    ),
    "isc2": (
        held("H", "cissp", "2024-06-01", "isc2"),
        (("group_a", 30), ("group_b", 30), ("group_b", 60), ("group_a", 60)),
    ),
    "comptia": (
        held("H", "security_plus", "2024-06-01", "comptia"),
        (("training", 10), ("training", 25), ("fee", 0)),
    ),
}


@few
@given(st.sampled_from(sorted(SMALL)).flatmap(lambda name: st.tuples(
    st.just(name),
    st.lists(st.tuples(st.integers(0, len(SMALL[name][1]) - 1), st.sampled_from((0, 5, 10, 40))), max_size=7),
    st.lists(st.integers(0, len(SMALL[name][1]) - 1), max_size=4),
)))  # fmt: skip
def test_caps_minimums_and_facts_are_planned_as_cheaply_as_trying_everything(
    drawn: tuple[str, list[tuple[int, int]], list[int]],
) -> None:
    name, offered, already = drawn
    holding, kinds = SMALL[name]
    rows = [
        offer(f"Offer {'abcdefgh'[n]}", kinds[kind][1], price, program=name, kind=kinds[kind][0])
        for n, (kind, price) in enumerate(offered)
    ]
    items = [
        replace(done(f"i{n}", "2026-06-01", kinds[kind][1], program=name), kind=kinds[kind][0])
        for n, kind in enumerate(already)
    ]
    standing = Standing(tuple(items), (), (holding,))
    if verdicts(standing, (), TODAY)["H"].renewed:
        return  # its next cycle opens later, and the options below are tried today
    priced = [o for o in options_of(PROGRAMS[name], [holding], catalogue(*rows), TODAY) if o.price is not None]
    mine = [some for some in subsets(priced, len(priced)) if renews(standing, some, "H")]
    found = of(ask(holding, items=items, offers=catalogue(*rows)), "H")
    shown = [sum(planned.price.values()) for planned in found.sets if Aim.CHEAPEST in planned.aims]
    assert shown == ([min(sum(option.price or 0 for option in some) for some in mine)] if mine else [])


@few
@given(facts("atlassian"))
def test_sets_of_what_a_program_values_by_itself_renew(given_facts: Facts) -> None:
    standing = known(given_facts)
    options = options_of(PROGRAMS["atlassian"], given_facts.holdings, NONE, given_facts.as_of)
    for holding in plan(as_given(given_facts), PROGRAMS, NONE, given_facts.as_of).holdings:
        for planned in holding.sets:
            chosen = as_planned(planned, options)
            assert holding.holding in renewed_by(standing, chosen)
            if len(chosen) > 1:  # nothing can be left out
                assert not any(renews(standing, [*less], holding.holding) for less in without_one(chosen))


@few
@given(facts("cisco"), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(given_facts: Facts, shuffle: random.Random) -> None:
    rows: list[Offer | ExamOffer] = [offer(f"Offer {letter}", 15, 10) for letter in "abc"]
    rows += [offer("Big", 40, None), exam("c", "core", 60), exam("n", "concentration", 30)]

    def planned() -> str:
        return plan(as_given(given_facts), PROGRAMS, catalogue(*rows), given_facts.as_of).model_dump_json()

    first = planned()
    for some in (rows, given_facts.items, given_facts.exams, given_facts.holdings):
        shuffle.shuffle(some)  # type: ignore[arg-type]
    assert planned() == first


# -------------------------------------------------------------------------------------------------------- one by one

CCNA = held("CCNA", "associate", "2024-01-22")
CCNP = held("CCNP", "professional", "2024-06-01")
SHOP = catalogue(
    offer("Big", 40, 500),
    offer("Middle", 24, 200),
    offer("Free hour", 6, 0),
    offer("Garden", 15, 0, valid_until=day("2027-01-20")),
    exam("C-1", "core", 400),
)


def test_fewest_cheapest_and_without_an_exam_are_told_apart() -> None:
    found = of(ask(CCNP, offers=SHOP, items=[done("a", "2026-03-01", 12)]), "CCNP")
    assert titles(aimed(found, Aim.FEWEST)) == ["Exam C-1"]
    assert titles(aimed(found, Aim.FEWEST_WITHOUT_EXAM)) == ["Big", "Free hour", "Middle"]
    assert aimed(found, Aim.CHEAPEST).price == {"GBP": 400}
    assert found.missing["ce_only"] == {"credits": 68}


def test_an_exam_that_renews_alone_shows_the_credits_it_loses() -> None:
    found = of(ask(CCNP, offers=SHOP, items=[done("a", "2026-03-01", 12)]), "CCNP")
    [renewal] = aimed(found, Aim.FEWEST).renewals
    assert (renewal.path, renewal.lost_credits, renewal.lost_days) == ("exam_core1", 12, 191)
    assert "12 counted so far are not needed and do not roll over" in renewal_line(renewal)


def test_a_lower_certification_is_renewed_by_what_renews_a_higher_one_where_that_is_shorter() -> None:
    """75 of 80 for the higher one: 6 credits renew both, while the lower one alone still lacks 30."""
    items = [done("a", "2025-03-01", 75)]
    low = held("CCNA", "associate", "2025-06-01")
    found = of(ask(low, CCNP, offers=SHOP, items=items), "CCNA")
    assert titles(aimed(found, Aim.CHEAPEST)) == ["Free hour"]
    assert {renewal.holding for renewal in aimed(found, Aim.CHEAPEST).renewals} == {"CCNA", "CCNP"}


def test_a_budget_and_a_day_leave_out_what_does_not_fit() -> None:
    later = offer("Later", 30, 10, valid_from=day("2027-01-10"))
    shop = catalogue(*SHOP.offers, later)
    assert aimed(of(ask(CCNA, offers=shop), "CCNA"), Aim.CHEAPEST).price == {"GBP": 10}
    early = of(ask(CCNA, offers=shop, by=day("2026-12-31")), "CCNA")
    assert aimed(early, Aim.CHEAPEST).price == {"GBP": 200}
    tight = of(ask(CCNA, offers=shop, by=day("2026-12-31"), budget=Budget(amount=Decimal(199))), "CCNA")
    assert tight.sets == () and "No set of the catalogue" in (tight.note or "")


def test_with_a_budget_the_shortest_set_is_the_shortest_one_within_it() -> None:
    shop = catalogue(
        offer("Dear", 30, 100), offer("Half", 20, 30), offer("Part", 10, 30), offer("Bit", 10, 5), offer("Dot", 10, 5)
    )
    found = of(ask(CCNA, offers=shop, budget=Budget(amount=Decimal(60), currency="GBP")), "CCNA")
    assert len(titles(aimed(found, Aim.FEWEST))) == 2
    assert aimed(found, Aim.FEWEST).price == {"GBP": 35}


def test_prices_are_never_converted() -> None:
    shop = catalogue(offer("Pounds", 30, 10), offer("Dollars", 30, 5, currency="USD"), offer("More pounds", 30, 20))
    found = of(ask(CCNA, offers=shop), "CCNA")
    assert [planned.price for planned in found.sets if Aim.CHEAPEST in planned.aims] == [{"GBP": 10}, {"USD": 5}]
    only = of(ask(CCNA, offers=shop, budget=Budget(amount=Decimal(50), currency="USD")), "CCNA")
    assert {*aimed(only, Aim.FEWEST).price} == {"USD"}


def test_a_course_that_counts_already_is_not_proposed_again() -> None:
    items = [done("a", "2026-03-01", 24, course="MIDDLE")]
    found = of(ask(CCNA, offers=catalogue(offer("Middle", 24, 1), offer("Other", 24, 90)), items=items), "CCNA")
    assert titles(aimed(found, Aim.CHEAPEST)) == ["Other"]


def test_at_most_as_many_events_are_proposed_as_the_cap_leaves() -> None:
    acp = held("ACP", "acp", "2025-01-10", "atlassian")
    events = [replace(done(f"e{n}", f"2026-0{n}-01", 10, program="atlassian"), kind="local_event") for n in (1, 2, 3)]
    shop = catalogue(*(offer(f"Meetup {n}", 10, 0, program="atlassian", kind="local_event") for n in range(6)))
    found = of(ask(acp, items=events, offers=shop), "ACP")
    spared = aimed(found, Aim.FEWEST_WITHOUT_EXAM)
    assert sum(step.times for step in spared.steps if step.kind == "local_event") <= 1
    assert sum(step.times * step.credits for step in spared.steps) == 70


def test_what_waits_counts_and_says_by_when_it_must_be_submitted() -> None:
    draft = done("a", "2026-11-01", 30, "draft", submitted_on=None)
    found = of(ask(CCNA, items=[draft], offers=SHOP), "CCNA")
    assert found.waits and found.waits.renews and found.sets == ()
    assert found.waits.submit_by == day("2027-01-22")
    assert "What waits renews it once it is earned; submit it by 22 January 2027." in (found.note or "")


def test_a_draft_whose_window_has_closed_is_no_help() -> None:
    draft = done("a", "2026-08-01", 30, "draft", submitted_on=None)
    found = of(ask(CCNA, items=[draft], offers=SHOP), "CCNA")
    assert found.waits is None and titles(aimed(found, Aim.FEWEST)) == ["Exam C-1"]


def test_finishing_the_last_activity_on_a_day_keeps_the_months_of_the_older_one() -> None:
    """The thread: the last one obtained, 14 months after the first, gains 10 of 24 months."""
    one, other = (held(n, "acp", on, "atlassian") for n, on in (("A", "2024-01-10"), ("B", "2025-03-10")))
    found = ask(one, other, as_of=day("2025-11-22"))
    [keeps] = found.alignments
    assert (keeps.keeps, keeps.on_or_after, keeps.every_step) == ("A", day("2026-01-10"), False)
    assert [(gain.holding, gain.gained_months, gain.of_months) for gain in keeps.gains] == [
        ("A", 24, 24),
        ("B", 10, 24),
    ]
    assert alignment_line(keeps) == (
        "Finish the last activity on or after 10 January 2026 to keep A's months; B then gains 10 of 24 months."
    )


def test_where_a_part_already_renews_one_of_them_every_activity_must_wait() -> None:
    low, high = held("ACA", "aca", "2024-01-10", "atlassian"), held("ACP", "acp", "2024-02-10", "atlassian")
    found = ask(low, high, as_of=day("2025-12-22"))
    keeps = next(line for line in found.alignments if line.keeps == "ACA")
    assert keeps.every_step and {gain.gained_months for gain in keeps.gains} == {23, 24}


def test_the_one_set_that_renews_most_joins_the_programs() -> None:
    acp = held("ACP", "acp", "2025-01-10", "atlassian")
    found = ask(CCNA, CCNP, acp, offers=SHOP)
    most, spared = found.together
    assert most.aims == (Aim.MOST,) and spared.aims == (Aim.MOST_WITHOUT_EXAM,)
    for planned in found.together:
        assert {renewal.holding for renewal in planned.renewals} == {"CCNA", "CCNP", "ACP"}


def test_with_a_budget_it_renews_as_many_as_can_be_paid() -> None:
    acp = held("ACP", "acp", "2025-01-10", "atlassian")
    shop = catalogue(*SHOP.offers, offer("Course A", 100, 150, program="atlassian", kind="course"))
    [planned] = ask(CCNA, CCNP, acp, offers=shop, budget=Budget(amount=Decimal(160))).together
    assert ({renewal.holding for renewal in planned.renewals}, price_line(planned)) == ({"ACP"}, "150 GBP")
    [planned] = ask(CCNA, CCNP, acp, offers=shop, budget=Budget(amount=Decimal(360))).together
    assert {renewal.holding for renewal in planned.renewals} == {"ACP", "CCNA"}


@pytest.mark.parametrize(
    ("holding", "said"),
    [
        (held("CCNA", "associate", "2020-01-01"), "can no longer be renewed"),
        (held("CCNA", "associate", "2024-06-01", retired=True), "retired"),
        (held("CCNA", "associate", "2027-06-01"), "not held yet"),
        (held("CCST", "entry", "2025-07-14"), "never expires"),
    ],
)
def test_what_cannot_be_renewed_says_why(holding: Holding, said: str) -> None:
    [found] = ask(holding, offers=SHOP).holdings
    assert found.sets == () and said in (found.note or "")


def test_an_exam_is_planned_for_the_first_day_of_its_window() -> None:
    acp = held("ACP", "acp", "2025-01-10", "atlassian")
    step = aimed(of(ask(acp), "ACP"), Aim.FEWEST).steps[0]
    assert (step.exam, step.holding, step.from_day) == (True, "ACP", TODAY)
    step = aimed(of(ask(acp, as_of=day("2026-03-01")), "ACP"), Aim.FEWEST).steps[0]
    assert step.from_day == day("2026-10-10")


def test_what_happens_if_nothing_is_done() -> None:
    acp = held("ACP", "acp", "2025-01-10", "atlassian")
    found = of(ask(acp, items=[done("a", "2026-03-01", 20, program="atlassian")]), "ACP")
    assert found.if_nothing == (
        "If nothing is done, it is suspended from 10 January 2027 and expires on 10 April 2027, in 139 days; "
        "the 20 CE units counted so far lapse with it."
    )


def test_an_early_renewal_throws_days_away_and_says_until_when_it_can_wait() -> None:
    found = of(ask(CCNP, offers=SHOP), "CCNP")
    [renewal] = aimed(found, Aim.FEWEST_WITHOUT_EXAM).renewals
    assert (renewal.gained_months, renewal.of_months, renewal.lost_days) == (29, 36, 191)
    assert renewal.finish_by == day("2027-06-01")


def test_a_set_that_needs_an_ending_offer_must_be_finished_by_its_last_day_only_if_all_of_it_ends() -> None:
    shop = catalogue(offer("Ends", 15, 0, valid_until=day("2026-12-24")), offer("Stays", 15, 0))
    [renewal] = aimed(of(ask(CCNA, offers=shop), "CCNA"), Aim.CHEAPEST).renewals
    assert renewal.finish_by == day("2027-01-22")
    shop = catalogue(offer("Ends", 30, 0, valid_until=day("2026-12-24")))
    [renewal] = aimed(of(ask(CCNA, offers=shop), "CCNA"), Aim.CHEAPEST).renewals
    assert renewal.finish_by == day("2026-12-24")


def test_an_offer_that_has_ended_is_not_proposed() -> None:
    shop = catalogue(offer("Ended", 30, 0, valid_until=TODAY - dt.timedelta(days=1)))
    assert not any(Aim.CHEAPEST in planned.aims for planned in of(ask(CCNA, offers=shop), "CCNA").sets)


def test_a_step_in_words() -> None:
    acp = held("ACP", "acp", "2025-01-10", "atlassian")
    spared = aimed(of(ask(acp), "ACP"), Aim.FEWEST_WITHOUT_EXAM)
    assert [step_line(step, "CE units") for step in spared.steps] == [
        "7 × course: 10 CE units each, price not known",
        "attending a global event: 30 CE units, price not known",
    ]
    assert price_line(spared) == "8 of unknown price"


# ------------------------------------------------------------------------------------------------- the other programs


def test_a_fee_that_a_way_asks_for_is_a_step_and_the_old_expiry_loses_no_days() -> None:
    holding = held("Security+", "security_plus", "2024-06-01", "comptia")
    items = [replace(done("a", "2026-01-10", 40, program="comptia"), kind="training")]
    shop = catalogue(offer("Ten hours", 10, 0, program="comptia", kind="training"))
    found = of(ask(holding, items=items, offers=shop), "Security+")
    spared = aimed(found, Aim.FEWEST_WITHOUT_EXAM)
    assert titles(spared) == ["Ten hours", "the CE fees of the cycle, paid in full"]
    [renewal] = spared.renewals
    assert (renewal.expires_on, renewal.gained_months, renewal.lost_days) == (day("2030-06-01"), 36, 0)


def test_a_minimum_of_a_kind_is_reached_with_that_kind() -> None:
    holding = held("CISSP", "cissp", "2024-06-01", "isc2")
    shop = catalogue(
        *(offer(f"A{n}", 30, 100, program="isc2", kind="group_a") for n in range(4)),
        *(offer(f"B{n}", 30, 0, program="isc2", kind="group_b") for n in range(4)),
    )
    found = of(ask(holding, offers=shop), "CISSP")
    assert titles(aimed(found, Aim.CHEAPEST)) == ["A0", "A1", "A2", "B0"]


def test_the_courses_that_an_accreditation_requires_are_its_steps() -> None:
    holding = held("Sales", "accreditation", "2025-03-01", "atlassian", required_courses=("Selling One", "Selling Two"))
    found = of(ask(holding, offers=catalogue(offer("Selling Two", 10, 5, program="atlassian"))), "Sales")
    assert titles(aimed(found, Aim.FEWEST)) == ["Selling One", "Selling Two"]


def test_an_exam_of_a_program_of_its_own_names_its_holding_and_waits_for_its_window() -> None:
    holding = held("Administrator", "role", "2026-05-10", "microsoft", expires_on=day("2027-05-10"))
    [step] = aimed(of(ask(holding), "Administrator"), Aim.FEWEST).steps
    assert (step.title, step.holding, step.from_day) == ("assessment exam", "Administrator", TODAY)
    [step] = aimed(of(ask(holding, as_of=day("2026-06-01")), "Administrator"), Aim.FEWEST).steps
    assert step.from_day == day("2026-11-10")


def test_a_minimum_of_years_to_come_is_not_planned_and_said_to_be_so() -> None:
    holding = held("CISA", "certified", "2025-01-01", "isaca")
    found = ask(holding, offers=catalogue(offer("Long", 120, 0, program="isaca", kind="education")))
    assert of(found, "CISA").sets == () and "No set of the catalogue" in (of(found, "CISA").note or "")
    assert "Minimums of years to come cannot be met today and are not planned." in found.limits
