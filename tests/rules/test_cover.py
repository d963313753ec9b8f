"""The search for covering sets against trying every subset."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.cover import NOTHING, Cover, Order, Piece, TooLarge, Weight

PRICES = st.sampled_from((None, 0, 5, 10, 20))


@st.composite
def pools(draw: st.DrawFn) -> list[Piece]:
    shown = draw(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4), st.integers(0, 3), PRICES), max_size=7))
    return [
        Piece(f"p{number}", group, (first, second), None if price is None else Decimal(price))
        for number, (group, first, second, price) in enumerate(shown)
    ]


def weight_of(pieces: tuple[Piece, ...]) -> Weight:
    weight = NOTHING
    for piece in pieces:
        weight = weight.plus(piece.weight)
    return weight


def by_trying(
    pool: list[Piece], needs: tuple[int, int], cap: int, order: Order, budget: Decimal | None
) -> list[object]:
    """The ranks of all subsets that reach the needs, best first."""
    found = []
    for size in range(len(pool) + 1):
        for chosen in combinations(pool, size):
            reached = all(sum(piece.worth[place] for piece in chosen) >= need for place, need in enumerate(needs))
            within = budget is None or (
                sum(p.price or 0 for p in chosen) <= budget and all(p.price is not None for p in chosen)
            )
            if reached and within and sum(piece.group == "a" for piece in chosen) <= cap:
                found.append(weight_of(chosen).rank(order))
    return sorted(found)


@given(
    pools(),
    st.tuples(st.integers(0, 6), st.integers(0, 4)),
    st.integers(0, 3),
    st.sampled_from(Order),
    st.sampled_from((None, Decimal(15), Decimal(30))),
)
def test_the_first_choice_is_the_best_of_all_subsets(
    pool: list[Piece], needs: tuple[int, int], cap: int, order: Order, budget: Decimal | None
) -> None:
    tried = by_trying(pool, needs, cap, order, budget)
    first = next(Cover(pool, needs, {"a": cap}, order, budget).choices(), None)
    assert (first and first[0]) == (tried[0] if tried else None)


@given(pools(), st.tuples(st.integers(0, 6), st.integers(0, 4)), st.sampled_from(Order))
def test_choices_reach_the_needs_and_never_get_better(pool: list[Piece], needs: tuple[int, int], order: Order) -> None:
    named = {piece.name: piece for piece in pool}
    ranks = []
    for rank, names in Cover(pool, needs, {"a": 2}, order).choices():
        chosen = [named[name] for name in names]
        assert len(set(names)) == len(names) and sum(piece.group == "a" for piece in chosen) <= 2
        assert all(sum(piece.worth[place] for piece in chosen) >= need for place, need in enumerate(needs))
        ranks.append(rank)
    assert ranks == sorted(ranks)


@given(pools(), st.randoms(use_true_random=False))
def test_the_order_of_the_pool_never_matters(pool: list[Piece], random: object) -> None:
    shuffled = pool[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (list(Cover(rows, (4, 2), {"b": 1}, Order.CHEAPEST).choices()) for rows in (pool, shuffled))
    assert one == other


def test_a_pool_with_too_many_combinations_is_refused() -> None:
    pool = [Piece(f"p{n}", f"g{n}", (2**n % 251 + 1, 3**n % 241 + 1), None) for n in range(200)]
    with pytest.raises(TooLarge):
        Cover(pool, (9_000, 9_000), {}, Order.FEWEST)
