"""The clerk's own form back, marked: what to mend stands on its first sheet."""
