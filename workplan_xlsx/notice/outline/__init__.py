"""Numbered headings and items: which line begins one, what belongs to it, and which of them are tasks."""
