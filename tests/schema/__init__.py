"""Tests of cse_forms.schema."""
