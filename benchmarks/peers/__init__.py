"""The contract deal once more, as others would write it: peers for the benchmark.

Every peer takes the same draws and its results are checked against the simulator's before a clock
starts. A peer whose library is not installed is skipped with a note.
"""
