"""The papers of the yearly evaluation, in order of handling (forms B)."""
