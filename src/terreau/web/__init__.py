"""The kit every page is made of: base page, components, words of figures and dates, styles.

It serves the whole plea and no sentence of it alone. It keeps no row, knows no measure and no
authority, and decides nothing.
"""
