"""Nothing kept: no answer is written anywhere unless the user saves it (promise 7)."""
