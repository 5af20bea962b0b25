"""Tests of the preview of a definition."""
