"""A definition in a browser while it is being written: the form, its findings, its policy, scenarios and changes."""
