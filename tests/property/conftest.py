"""How hard Hypothesis tries.

The default tries the same examples each time, so that a change of the code, and nothing else, changes the verdict.
`pytest tests/property --hypothesis-profile=explore` tries ever new ones, and many more.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "same-each-time",
    max_examples=80,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "explore", settings.get_profile("same-each-time"), derandomize=False, max_examples=3000, print_blob=True
)
settings.load_profile("same-each-time")
