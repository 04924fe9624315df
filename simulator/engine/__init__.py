"""How many paths are run: compiling a scenario into a program, blocks, threads, replay."""
