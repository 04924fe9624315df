"""What came out? Tables and risk measures of a finished run, each estimate with its error.

Nothing is imported here; the doors are the modules `result`, `estimate`, `raw` and `store`.
"""
