"""One file per kind of meeting or other record."""
