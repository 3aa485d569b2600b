"""What the files of a pack beside its cards must look like: the region, its authorities, its words."""

from terreau.rules.card_shape import CARD_ID
from terreau.rules.shape import Day, Either, Key, Keys, Line, ListOf, MapOf, Raw, Word, Words
from terreau.rules.vocabulary import FACT_ID, VALUE_ID, YES_NO

LANGUAGE = Word(r"[a-z]{2,3}(-[a-z]{2,4})?", "xx")
REGION = Keys(
    {
        "name": Key(Words(), "the name of the region", required=True),
        "languages": Key(
            ListOf(LANGUAGE),
            "the languages of the pack, equals, the first is the default",
            required=True,
        ),
        "currency": Key(
            Word(r"[a-z]{3}", "eur"),
            "the currency, as it is written after an amount",
            required=True,
        ),
        "time_zone": Key(Line(), "the time zone, by its name in the tz database", required=True),
        "country": Key(Line(), "the country code of its register numbers"),
        "stages": Key(
            ListOf(
                Keys(
                    {
                        "id": Key(CARD_ID, "its name in cards", required=True),
                        "name": Key(Words(), "what it is called", required=True),
                        "says": Key(Words(), "what happens in it"),
                    }
                )
            ),
            "the stages of a project's life, in order",
            required=True,
        ),
        "contacts": Key(
            ListOf(
                Keys(
                    {
                        "name": Key(Words(), "who one can ask", required=True),
                        "says": Key(Words(), "what for, in which languages", required=True),
                        "url": Key(Either(Line(), Words()), "where to reach them", required=True),
                    }
                )
            ),
            "the people one can ask, whatever the measure",
        ),
        "beginnings": Key(
            Keys(
                {
                    "when": Key(
                        MapOf(FACT_ID, Raw()), "what is told of such a group", required=True
                    ),
                    "ways": Key(
                        ListOf(
                            Keys(
                                {
                                    "name": Key(Words(), "the way to begin", required=True),
                                    "says": Key(Words(), "what it means", required=True),
                                    "given": Key(
                                        MapOf(FACT_ID, Raw()),
                                        "what would be told then",
                                        required=True,
                                    ),
                                    "host": Key(
                                        YES_NO,
                                        "whether another organisation would be the applicant",
                                    ),
                                }
                            )
                        ),
                        "the ways to begin, side by side",
                        required=True,
                    ),
                }
            ),
            "how a group that does not yet exist in law can begin",
        ),
        "not_covered": Key(
            ListOf(
                Keys(
                    {
                        "id": Key(CARD_ID, "its name, that of the card to come", required=True),
                        "name": Key(Words(), "what the measure is called", required=True),
                        "authority": Key(CARD_ID, "whose it is"),
                    }
                )
            ),
            "measures known by name that no card answers yet",
        ),
        "signed": Key(
            MapOf(
                LANGUAGE,
                Keys(
                    {
                        "by": Key(Line(), "who read them", required=True),
                        "on": Key(Day(), "when", required=True),
                    }
                ),
            ),
            "the languages whose words somebody who speaks them from birth has read",
        ),
        "small_group": Key(
            Word(r"\d+", "10"), "below this number a group is not shown", required=True
        ),
    }
)
AUTHORITY = Keys(
    {
        "id": Key(CARD_ID, "its name in cards", required=True),
        "name": Key(Words(), "its name", required=True),
        "short": Key(Words(), "its short name"),
        "says": Key(Words(), "what it is for"),
        "website": Key(Either(Line(), Words()), "its public address"),
    }
)
WORDS = ListOf(
    Keys(
        {
            "code": Key(Line(), "the word in code", required=True),
            "words": Key(Words(), "the word in each language", required=True),
            "avoid": Key(MapOf(LANGUAGE, ListOf(Line())), "words not to use for it"),
        }
    )
)
TILES = Keys(
    {
        "fact": Key(FACT_ID, "the choice whose values the tiles are", required=True),
        "tiles": Key(
            MapOf(
                VALUE_ID,
                Keys(
                    {
                        "code": Key(Line(), "its code in the statistics", required=True),
                        "postal": Key(
                            ListOf(Line()), "its postal codes; several may share one", required=True
                        ),
                        "column": Key(Word(r"\d{1,2}", "3"), "from the left", required=True),
                        "row": Key(Word(r"\d{1,2}", "2"), "from the top", required=True),
                    }
                ),
            ),
            "one tile a municipality",
            required=True,
        ),
    }
)
_ASKED = {
    "id": Key(CARD_ID, "its name", required=True),
    "name": Key(Words(), "what it is called", required=True),
    "question": Key(Words(), "what is asked", required=True),
}
GRID = Keys(
    {
        "source": Key(Words(), "where the definition comes from", required=True),
        "levels": Key(Word(r"\d", "4"), "the highest level; the lowest is 0", required=True),
        "criteria": Key(
            ListOf(
                Keys(
                    {
                        **_ASKED,
                        "levels": Key(
                            ListOf(Words()), "what each level means, from 0 up", required=True
                        ),
                        "parts": Key(MapOf(VALUE_ID, Words()), "its parts, that get a level each"),
                    }
                )
            ),
            "the criteria of the definition, each scored",
            required=True,
        ),
        "conditions": Key(
            ListOf(Keys({**_ASKED})), "what must hold, and is no points", required=True
        ),
        "told": Key(
            ListOf(
                Keys(
                    {
                        **_ASKED,
                        "values": Key(
                            MapOf(VALUE_ID, Words()), "what may be answered", required=True
                        ),
                    }
                )
            ),
            "what is told beside, and never scored",
            required=True,
        ),
    }
)
