"""What the program knows, in plain Python: no Qt, SQL, PDF, clock or disk."""
