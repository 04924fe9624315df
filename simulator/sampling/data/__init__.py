"""Numbers worked out beforehand, and the scripts that did."""
