"""One file a verb; each holds `command`."""
