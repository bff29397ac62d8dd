"""打印: the handbook of a year, every paper by itself, and the preview that is printed and saved."""

from branchbook.ui.places.printing.place import Printing

__all__ = ["Printing"]
