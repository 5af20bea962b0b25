"""Two versions of a form, held side by side."""
