"""Tests in folders by promise; what they share stands in `support`, and how far a run goes in `support/levels.py`."""
