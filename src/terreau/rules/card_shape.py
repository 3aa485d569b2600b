"""What a card file must look like; the reader, the JSON Schema and the reference page come from these declarations."""

from terreau.rules.shape import Day, Either, Key, Keys, Line, ListOf, MapOf, OneOf, Raw, Word, Words
from terreau.rules.vocabulary import FACT_ID, UNITS, VALUE_ID, YES_NO

CARD_ID = Word(r"[a-z0-9]+(-[a-z0-9]+)*", "region-training-2024")
VERDICT_KINDS = (
    "grant",
    "aid",
    "loan",
    "equity",
    "service",
    "protection",
    "accreditation",
    "legal_form",
)
ANSWER_KINDS = ("competence", "duty", "clause")
KINDS = (*VERDICT_KINDS, "test", "derived", *ANSWER_KINDS)
READ = OneOf(("text", "secondary", "assumed"))
LAW_KEY = Word(r"[a-z0-9][a-z0-9_-]*", "ord")
LAW = MapOf(LAW_KEY, Line(may_be_empty=True))
PARAMETER_TYPES = ("money", "rate", "number", "count", "date", "truth", "brackets")
ROUNDINGS = ("cents half up", "cents down", "euros down")

LAW_TEXT = Keys(
    {
        "title": Key(Words(), "what the text is called", required=True),
        "eli": Key(Line(), "its European Legislation Identifier"),
        "url": Key(Line(), "its address, where it has no identifier"),
        "articles": Key(ListOf(Line()), "the articles the card rests on"),
    }
)
PARAMETER = Keys(
    {
        "type": Key(OneOf(PARAMETER_TYPES), "what it is", required=True),
        "by": Key(ListOf(FACT_ID), "the choices it hangs on"),
        "law": Key(LAW, "where it stands: key of a text and article", required=True),
        "read": Key(READ, "how we know it", required=True),
        "values": Key(MapOf(Day(), Raw()), "its value from each date on", required=True),
        "label": Key(Words(), "what it is called where it is shown"),
    }
)
CONDITION = Keys(
    {
        "id": Key(CARD_ID, "its name in the card", required=True),
        "kind": Key(
            OneOf(("test", "discretion", "duty")), "what it does to the answer", required=True
        ),
        "when": Key(Line(), "the expression that is true when it is met"),
        "says": Key(Words(), "the sentence that is true when it is met", required=True),
        "by": Key(CARD_ID, "the authority who decides, or to whom it is owed"),
        "law": Key(LAW, "where it stands: key of a text and article", required=True),
        "read": Key(READ, "how we know it", required=True),
    }
)
AMOUNT = Keys(
    {
        "base": Key(ListOf(FACT_ID), "the cost categories it is reckoned on, added"),
        "intensity": Key(Line(), "the rate applied to the base"),
        "adds": Key(ListOf(Line()), "rates added to the intensity"),
        "floor": Key(Line(), "money: an aid reckoned below it is not granted"),
        "ceiling": Key(Line(), "money: it is never more"),
        "value": Key(Line(), "a free expression, for what funds no cost line"),
        "per": Key(CARD_ID, "what one amount is for", required=True),
        "rounding": Key(OneOf(ROUNDINGS), "how the published amount is rounded", required=True),
    }
)
APPLY = Keys(
    {
        "where": Key(Either(Line(), Words()), "where the request goes"),
        "contact": Key(Either(Line(), Words()), "whom to ask"),
        "hours": Key(Either(Line(), Words()), "when somebody answers"),
        "opens": Key(Day(), "the first day of the window"),
        "closes": Key(Day(), "the last day of the window"),
        "closes_at": Key(Word(r"\d\d:\d\d", "11:00"), "the last hour of the last day"),
        "deadline": Key(Words(), "by when, where it hangs on something else"),
        "usual_days": Key(Word(r"\d+", "60"), "how long an answer usually takes"),
        "documents": Key(ListOf(Words()), "what goes with the request"),
        "language": Key(Either(Line(), Words()), "the languages in which one may ask"),
        "before_start": Key(YES_NO, "whether the request must come before costs or work begin"),
    }
)
CASE = Keys(
    {
        "name": Key(Words(), "the case in a few words", required=True),
        "on": Key(Day(), "the day whose law is asked", required=True),
        "given": Key(MapOf(FACT_ID, Raw()), "the facts", required=True),
        "expect": Key(
            Keys(
                {
                    "status": Key(
                        OneOf(("eligible", "ineligible", "undetermined", "closed")), "the status"
                    ),
                    "amount": Key(Line(), "the amount: '3600 eur', 'LOW .. HIGH', 'none'"),
                    "value": Key(Either(Line(), ListOf(VALUE_ID)), "the value of a derived card"),
                    "missing": Key(ListOf(FACT_ID), "exactly the facts that are missing"),
                    "conditions": Key(
                        MapOf(Line(), OneOf(("yes", "no", "unknown"))),
                        "the truth of some conditions",
                    ),
                    "answers": Key(
                        MapOf(Line(), OneOf(("yes", "no", "unknown"))), "the truth of answers"
                    ),
                }
            ),
            "what must come out",
            required=True,
        ),
    }
)
ANSWER = Keys(
    {
        "when": Key(Line(), "the expression that is true when it holds", required=True),
        "says": Key(Words(), "the sentence that is true when it holds", required=True),
        "law": Key(LAW, "where it stands", required=True),
        "read": Key(READ, "how we know it", required=True),
    }
)
CARD = Keys(
    {
        "id": Key(CARD_ID, "its name, never used again for another", required=True),
        "kind": Key(OneOf(KINDS), "what the card yields", required=True),
        "covers": Key(ListOf(Line()), "the entries of the reference it stands for"),
        "authority": Key(CARD_ID, "whose it is", required=True),
        "name": Key(Words(), "its official name", required=True),
        "summary": Key(Words(), "what one gets, in one plain sentence"),
        "stages": Key(ListOf(CARD_ID), "the stages of a project's life it serves"),
        "in_force": Key(
            Keys(
                {
                    "from": Key(Day(("unknown",)), "the first day", required=True),
                    "until": Key(Day(("open", "unknown")), "the last day, included", required=True),
                    "after": Key(
                        CARD_ID, "what follows: a card, 'expected' or 'nothing'", required=True
                    ),
                }
            ),
            "the days on which it is law",
            required=True,
        ),
        "law": Key(MapOf(LAW_KEY, LAW_TEXT), "the texts it rests on", required=True),
        "source": Key(
            Keys(
                {
                    "url": Key(Line(), "where it was read", required=True),
                    "consulted": Key(Day(), "when it was read", required=True),
                    "verified": Key(OneOf(("verified", "partly", "not")), "how far", required=True),
                }
            ),
            "where we know it from",
            required=True,
        ),
        "review_by": Key(Day(), "when it must be read again", required=True),
        "apply": Key(APPLY, "how to ask for it"),
        "parameters": Key(
            MapOf(FACT_ID, PARAMETER), "its figures, each with its days and its article"
        ),
        "includes": Key(ListOf(CARD_ID), "test cards whose conditions it shares"),
        "conditions": Key(ListOf(CONDITION), "its conditions, in the order of the law"),
        "amount": Key(AMOUNT, "what it gives"),
        "cumulation": Key(
            Keys(
                {
                    "counts_towards": Key(ListOf(CARD_ID), "ceilings it counts for"),
                    "excludes": Key(
                        ListOf(CARD_ID), "what it does not go with; 'same-cost' for one cost twice"
                    ),
                    "note": Key(Words(), "what else is said of it"),
                }
            ),
            "how it goes with other aid",
        ),
        "protects": Key(OneOf(("mission", "title", "nothing")), "what an accreditation protects"),
        "duration": Key(Words(), "how long an accreditation lasts"),
        "note": Key(Words(), "what an attentive reader should know"),
        "defines": Key(FACT_ID, "the name a derived card gives its value"),
        "type": Key(OneOf(UNITS), "the type of a derived value"),
        "values": Key(MapOf(VALUE_ID, Words()), "the values of a derived choice"),
        "label": Key(Words(), "what a derived value is called"),
        "value": Key(Line(), "the expression of a derived value"),
        "answers": Key(
            MapOf(CARD_ID, ANSWER),
            "per authority, position or duty: the expression that says whether it holds",
        ),
        "cases": Key(ListOf(CASE), "worked cases", required=True),
    }
)
