"""The tags and filters of the answers: `{% load answers %}`."""
