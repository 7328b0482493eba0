"""What differs between two editions, record by record and state by state; it reads no files, and proves nothing."""
