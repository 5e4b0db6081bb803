"""Views: each guards, reads a form, makes one named call and answers. A module is named like its
addresses (see `annotations/urls.py`)."""
