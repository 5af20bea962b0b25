"""Cases, and the assessments that are made in them."""
