"""The settings and addresses of the example."""
