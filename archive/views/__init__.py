"""Views of the readable record and of its curators."""
