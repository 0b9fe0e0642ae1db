"""Everything that is Excel: the ledger book, the forms, what comes back, the marked copy, the ranking workbook."""
