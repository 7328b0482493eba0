"""What is known in the forms of other programs, with the words of the handbook; and what they know, as a local file."""
