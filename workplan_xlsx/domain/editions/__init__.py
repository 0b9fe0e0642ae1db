"""From merged figures to lights, scores, ranks, and all that one edition of the ranking says."""
