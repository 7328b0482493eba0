"""Numbers that answer: whom to ring first, in this area and at this minute (promise 4)."""
