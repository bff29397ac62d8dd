"""The places of the window, one module each. How to write one: `ui/place.py`."""
