"""What holds for all tests."""

import signal

from hypothesis import settings

# A first call compiles, and machines are shared: how long one example takes tells nothing.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# Shells start what goes on in the background deaf to Ctrl-C, which some tests are about.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
