"""Failing towards help: whatever breaks, the emergency card comes and the exit code tells (promise 9)."""
