"""Tests of the web service, which runs in a process of its own, mounted in an application of somebody else's."""
