"""Tests of the examples of embedding, each of which runs in a process of its own as its page says."""
