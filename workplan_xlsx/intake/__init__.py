"""From a file in the inbox to a verdict: what it is, whether it is whole, what it says."""
