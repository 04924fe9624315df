"""What holds for all tests."""

from hypothesis import settings

# A first call compiles, and machines are shared: how long one example takes tells nothing.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
