"""Two small fits with a prior: which candidate is meant (a soft choice), and whether the chosen one is right."""

from collections.abc import Callable, Sequence

import numpy
import numpy.typing
from scipy.optimize import minimize

from benchmarks.accuracy.observing import Choice, Signs
from extractors.weights import Worth

Numbers = numpy.typing.NDArray[numpy.float64]


def fit_choice(choices: Sequence[tuple[Choice, float]], prior: Worth, ridge: float) -> Worth:
    """The worth of each sign that makes the right candidates likeliest, held to `prior` by `ridge`.

    A choice weighs as much as is said beside it. Multinomial logit with absence (score 0) among the alternatives.
    """
    names = sorted(prior)
    used = [(choice, weight) for choice, weight in choices if choice.rows]
    # Every choice begins with the row of absence, which has no signs and scores 0.
    rows = numpy.concatenate([_matrix(({"bias": 0.0}, *choice.rows), names) for choice, _ in used])
    added = numpy.concatenate([(0.0, *choice.added) for choice, _ in used])
    right = numpy.concatenate([(not any(choice.right), *choice.right) for choice, _ in used])
    counts = numpy.array([len(choice.rows) + 1 for choice, _ in used])
    starts = numpy.concatenate([[0], counts.cumsum()[:-1]])
    weight = numpy.array([one for _, one in used])
    rows[starts] = 0.0

    def loss(values: Numbers) -> tuple[float, Numbers]:
        scores = rows @ values + added
        chances = numpy.exp(scores - numpy.maximum.reduceat(scores, starts).repeat(counts))
        chances /= numpy.add.reduceat(chances, starts).repeat(counts)
        hit = numpy.maximum(numpy.add.reduceat(chances * right, starts), 1e-300)
        drawn = (chances * right / hit.repeat(counts) - chances) * weight.repeat(counts)
        return -float((weight * numpy.log(hit)).sum()), -(drawn @ rows)

    return _fit(loss, names, prior, ridge)


def fit_trust(rows: Sequence[tuple[Signs, bool, float]], prior: Worth, ridge: float) -> Worth:
    """The worth of each sign that foretells best whether a value is right. Logistic regression held to `prior`."""
    names = sorted(prior)
    matrix = _matrix([signs for signs, _, _ in rows], names)
    right = numpy.array([float(one) for _, one, _ in rows])
    weight = numpy.array([one for _, _, one in rows])

    def loss(values: Numbers) -> tuple[float, Numbers]:
        scores = matrix @ values
        total = float((weight * (numpy.logaddexp(0.0, scores) - right * scores)).sum())
        return total, (weight * (1 / (1 + numpy.exp(-scores)) - right)) @ matrix

    return _fit(loss, names, prior, ridge)


def _fit(loss: Callable[[Numbers], tuple[float, Numbers]], names: Sequence[str], prior: Worth, ridge: float) -> Worth:
    start = numpy.array([prior[name] for name in names])

    def held(values: Numbers) -> tuple[float, Numbers]:
        total, slope = loss(values)
        return total + ridge / 2 * float(((values - start) ** 2).sum()), slope + ridge * (values - start)

    found = minimize(held, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(value), 3) for name, value in zip(names, found.x, strict=True)}


def _matrix(rows: Sequence[Signs], names: Sequence[str]) -> Numbers:
    return numpy.array([[1.0 if name == "bias" else row.get(name, 0.0) for name in names] for row in rows])
