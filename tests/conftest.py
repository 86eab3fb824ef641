"""Drawn examples: the same in each run, so that what is green stays green."""

from hypothesis import HealthCheck, settings

# No example has to be quick: a slow machine is no fault of what is tested. `--hypothesis-profile default` draws others.
settings.register_profile("ours", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")
