"""What a definition may say, and definitions loaded, checked and frozen."""
