"""Where do numbers come from? Named streams, quantile tables, correlation."""
