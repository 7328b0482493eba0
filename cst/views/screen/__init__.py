"""One screen: what stands on it, what is folded, and what may never be cut."""
