"""What is known, at run time: records, names, places, search and the run-time copy; it reads no YAML."""
