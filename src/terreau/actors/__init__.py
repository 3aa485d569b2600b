"""Know who acts: users, the carriers of projects, organisations, and the authorities' people.

It serves the whole plea: carriers of every form, and authorities that work together. It refuses to
keep what the region pack says of an authority, and to tie a person's name to what they did.
"""
