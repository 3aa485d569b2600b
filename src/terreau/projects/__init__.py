"""Hold the dossier: a project, and the facts told about it once, each with its source and day.

It serves the whole plea: one dossier for every measure and every authority. It refuses to guess a
fact, to keep a visitor's answers for ever, and to lose what was true on an earlier day.
"""
