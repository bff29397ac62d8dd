"""Tests of the Evaluations place, driven by real widgets."""
