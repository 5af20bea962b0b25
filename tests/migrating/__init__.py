"""Responses taken from one version of a form to another."""
