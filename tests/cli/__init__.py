"""Tests of `cse_forms.cli`: the command, in a process of its own."""
