"""Terreau carries a social innovation from idea to lasting service."""

__version__ = "0.1.0"
