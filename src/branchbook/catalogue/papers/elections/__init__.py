"""The papers of an election, in order of handling (forms C)."""
