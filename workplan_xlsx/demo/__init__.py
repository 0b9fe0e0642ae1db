"""The sample notice and the simulated returns behind `workplan demo`."""
