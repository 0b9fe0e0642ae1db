"""From an official notice of key tasks to a ranking workbook with traffic lights, month after month."""

__version__ = "0.1.0"
