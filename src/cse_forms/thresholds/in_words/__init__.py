"""The condition language said in words: a module for each kind of thing that is said."""
