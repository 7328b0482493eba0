"""Asking: danger before anything else, no more than is needed, and every prompt can be answered, gone back on and left
(promises 1 and 3).
"""
