"""A returned workbook, of whatever format, read so that it cannot be silently wrong."""
