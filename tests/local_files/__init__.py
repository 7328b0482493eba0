"""Local files: they add and correct, and never weaken (promise 10)."""
