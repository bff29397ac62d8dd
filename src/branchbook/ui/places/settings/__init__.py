"""设置: what this computer and this book do otherwise than shipped, and with which document behind it."""

from branchbook.ui.places.settings.place import Settings

__all__ = ["Settings"]
