"""The JSON Schema of a card, by which an editor completes and underlines as one writes."""

from typing import Any

from terreau.rules.card_shape import CARD
from terreau.rules.pack import Pack

ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def card_schema(pack: Pack) -> dict[str, Any]:
    """Return the schema of the cards of a pack, with its languages, authorities and stages."""
    schema = CARD.schema()
    schema["properties"]["authority"] = {
        **schema["properties"]["authority"],
        "enum": list(pack.authorities),
    }
    schema["properties"]["stages"]["items"] = {"enum": list(pack.region.stages)}
    return {
        "$schema": ADDRESS,
        "title": "Card",
        **schema,
        "$defs": {
            "words": {
                "type": "object",
                "additionalProperties": False,
                "required": list(pack.languages),
                "properties": {language: {"type": "string"} for language in pack.languages},
            }
        },
    }
