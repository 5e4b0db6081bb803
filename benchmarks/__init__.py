"""How fast the archive is: `python -m benchmarks`, explained in docs/performance.md."""
