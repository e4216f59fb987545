"""The command line: one file per noun. A command opens one door, makes one call, and says what to show."""

import gc

# A command makes some ten thousand objects that live until it ends: the collector would walk them again and again, a
# tenth of a start. The few that make more are still looked through, now and then.
gc.set_threshold(200_000, 10, 10)

from anju_cli.cli.main import main  # noqa: E402 — only now

__all__ = ["main"]
