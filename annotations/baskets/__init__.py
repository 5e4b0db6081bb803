"""Baskets: what a reader collects, on the way to an export.

`current` knows which basket is somebody's, `requests` what a page asks to be done with it, and
`contents` what somebody sees of it. The rules of its contents are in `core.basket_contents`.
"""
