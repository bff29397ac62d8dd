"""The papers of a conversion, in order of handling (forms D)."""
