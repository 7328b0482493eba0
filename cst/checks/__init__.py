"""What must hold in every toolkit, proved: one promise a module, its docstring the manual page; it mends nothing."""
