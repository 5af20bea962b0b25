"""Tests of thresholds/: the condition language, and what it makes of answers."""
