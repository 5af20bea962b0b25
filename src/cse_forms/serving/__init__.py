"""Pages on which a person chooses a form, fills it in and takes it away. They keep nothing."""
