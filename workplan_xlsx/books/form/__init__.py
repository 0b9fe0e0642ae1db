"""The form that one unit is sent for one period, and the index of a period's forms."""
