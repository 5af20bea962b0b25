"""Tests of the renderers, and the documents that they share."""
