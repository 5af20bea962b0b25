"""What would come out if answers were other than they are."""
