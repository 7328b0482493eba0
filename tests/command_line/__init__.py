"""The command line: each way in, each exit code and each document for scripts is as the manual says (promise 9)."""
