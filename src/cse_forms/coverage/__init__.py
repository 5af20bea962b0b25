"""What the scenarios of a definition show, what they do not, and scenarios that would show it."""
