"""Files: whatever is wrong with a file of the toolkit is named with its line and remedy, and nothing of it is used
(promise 9).
"""
