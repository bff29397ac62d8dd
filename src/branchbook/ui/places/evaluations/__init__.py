"""The Evaluations place: the yearly round, the talks around it, and dual organisational life."""
