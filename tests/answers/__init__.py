"""Tests of answers/: validation and the response file."""
