"""Every number of an item: a target, a figure that describes, or no target, with the reason."""
