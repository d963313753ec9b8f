"""How many facts are drawn: hypothesis's usual number, or few where every mutant is tried (`make mutate`)."""

from hypothesis import HealthCheck, settings

settings.register_profile("few", max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
