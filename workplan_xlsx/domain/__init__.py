"""The office's rules, pure: no files, no clock, no SQL, no Excel."""
