"""ledger.xlsx: the coordinator's working book, written and read back cell by cell."""
