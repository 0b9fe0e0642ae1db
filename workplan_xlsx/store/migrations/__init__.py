"""How the tables came to be; run by store/migrating.py."""
