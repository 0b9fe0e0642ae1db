"""What becomes of a returned form: whose it is, what its cells say, what must be mended."""
