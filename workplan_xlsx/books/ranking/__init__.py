"""The ranking workbook of one edition."""
