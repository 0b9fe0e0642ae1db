"""The month by itself: what is due is done once; what failed is recorded, tried again, and stops no other."""
