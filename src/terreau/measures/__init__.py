"""Support measures, and what they answer to a dossier: open, waiting or closed, with the reasons.

It serves the plea's call for one dossier before every measure (F1, F2, F4, F6). It never decides:
an answer says what the texts say on a day, and the authority decides. It refuses to guess: what is
not known is said to be not known.
"""
