"""Everything that is Excel: ledger book, forms, what comes back, the marked copy, the ranking workbook."""
