"""Keep what happened, for good and in one log, and tell it to whoever listens.

It serves the whole plea: one public memory of what was asked, decided and done. It refuses to hold
personal text that could not be erased, and to record what its transaction does not also do.
"""
