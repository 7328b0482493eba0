"""Asking a person, question by question: prompts, keys, going back; it decides no outcome and knows no command."""
