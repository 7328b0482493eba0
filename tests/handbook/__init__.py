"""The handbook: the same numbers in the same order on paper and on devices where nothing can be installed."""
