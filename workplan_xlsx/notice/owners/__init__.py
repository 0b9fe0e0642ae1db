"""Who is to do it: lead and support units, and by when, from the phrases that notices use."""
