"""Documents that were filled in, read back."""
