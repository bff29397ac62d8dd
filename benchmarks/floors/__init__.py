"""Floors: each a process of its own that does the least for a result, to be timed beside the program."""
