"""A second kind of drawn certificates, made apart from the look-alikes and fitted to by nothing: a guard.

Other phrases, layouts, names and titles; half of them are pictures, some noisy or askew. None is in the fit of the
weights, so that what is gained on the look-alikes can be held against what is gained here.
"""

from benchmarks.accuracy.strangers.drawing import STRANGERS, Stranger, stranger

__all__ = ["STRANGERS", "Stranger", "stranger"]
