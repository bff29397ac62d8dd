"""What the program promises about speed and memory, measured as ratios in one run: `python -m benchmarks`.

Every row stands beside a floor (the least that any program would have to do for the same result) or a peer,
timed in turn with it in the same run, so that a slower machine or a busy hour moves both. See docs/benchmarks.md.
"""
