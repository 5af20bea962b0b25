"""Variants: a form of one's own, built from another one and carried over as that one moves on."""
