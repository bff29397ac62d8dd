"""Models that show values from services in tables and grids."""
