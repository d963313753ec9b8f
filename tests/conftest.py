"""What holds for all tests."""

from hypothesis import settings

# A deadline would test the machine: how fast something is, is measured by the benchmarks.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")
