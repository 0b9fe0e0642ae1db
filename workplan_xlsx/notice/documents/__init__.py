"""A published file -> its text as blocks in reading order: paragraphs and tables."""
