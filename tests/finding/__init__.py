"""Finding: any words that people say lead to an entry, danger first (promise 1)."""
