"""The handbook: all that is known as one HTML file, for paper and for devices where nothing can be installed."""
