"""A carrier of which little is told: its form, its community, and one field with one service."""

CARRIER = """title: {{fr: x, nl: x, en: x}}
facts:
  organisation.legal_form: {form}
  organisation.community: {community}
  project.support_for: [services]
  project.fields: [{field}]
  care.services: [{service}]
  disability.services: []
  homelessness.services: []
  community.services: []
  cohesion.axes: []
  isp.public_without_certificate: no
"""
