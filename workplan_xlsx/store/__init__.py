"""What stays between runs: the ledger's history, submissions with their originals, the run ledger."""
