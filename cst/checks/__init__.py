"""What must hold of a toolkit: one promise a module."""
