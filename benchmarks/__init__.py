"""How fast `cst` is, as ratios in one run: `python -m benchmarks`."""
