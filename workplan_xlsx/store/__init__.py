"""What stays between runs: ledgers, issued forms, submissions with their originals, editions, rounds.

SQLite by default, PostgreSQL by URL. Every change is one transaction: in the store whole, or not at all.
"""
