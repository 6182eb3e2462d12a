"""The benchmark of whamm: see docs/performance.md."""
