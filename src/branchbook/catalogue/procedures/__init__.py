"""The procedures that exist: their steps in order, as data."""
