"""One file per family of papers."""
