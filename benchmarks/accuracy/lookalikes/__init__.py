"""Drawn look-alikes of certificates from issuers nobody has seen: text PDFs with their truth, the same for a seed."""

from benchmarks.accuracy.lookalikes.generator import Lookalike, Truth, lookalike
from benchmarks.accuracy.lookalikes.issuer import ISSUERS

__all__ = ["ISSUERS", "Lookalike", "Truth", "lookalike"]
