"""The catalogue: every measure of an edition, and all that its card says of it on a day. Pure."""

from terreau.measures.catalogue.completeness import Completeness, completeness
from terreau.measures.catalogue.listing import Catalogue, Filters, Listed, choose, listing
from terreau.measures.catalogue.page import MeasurePage, NoSuchMeasure, measure_page
from terreau.measures.catalogue.standing import FIRST_DAY, LAST_DAY, Asking, State

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Asking",
    "Catalogue",
    "Completeness",
    "Filters",
    "Listed",
    "MeasurePage",
    "NoSuchMeasure",
    "State",
    "choose",
    "completeness",
    "listing",
    "measure_page",
]
