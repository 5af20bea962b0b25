"""Are these answers acceptable for that form? Findings as values, all of them."""
