"""The language of rules: conditions on measures, states, points; parsed, checked for gaps, applied."""
