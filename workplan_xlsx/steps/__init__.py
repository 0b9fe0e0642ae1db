"""The steps behind the verbs of pipeline.py, one room a step; here books and store meet."""
