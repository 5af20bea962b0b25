"""What the library costs, as ratios in one run: `python -m benchmarks`. Benchmarks are no tests, and fail nothing."""
