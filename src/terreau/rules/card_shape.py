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
ANSWER_KINDS = ("competence", "duty", "clause", "circuit")
KINDS = (*VERDICT_KINDS, "test", "derived", *ANSWER_KINDS, "cost", "surplus", "counter")
CLAUSE_POSITIONS = (
    "specification",
    "selection",
    "award",
    "execution",
    "reserved-lot",
    "penalty",
)
ASPECTS = (
    "field",
    "form",
    "language",
    "audience",
    "seniority",
    "place",
    "separation",
    "object",
)
"""What a test of an accreditation is about: why a project may stand outside it or between several."""
COST_PARTS = ("period", "payer", "category", "proof", "price")
"""What a test of a cost line is about, in the order in which a line is ruled."""
SPREADS = ("in_order", "pro_rata")
READ = OneOf(("text", "secondary", "assumed"))
LAW_KEY = Word(r"[a-z0-9][a-z0-9_-]*", "ord")
LAW = MapOf(LAW_KEY, Line(may_be_empty=True))
PARAMETER_TYPES = ("money", "rate", "number", "count", "date", "truth", "brackets")
ROUNDINGS = ("cents half up", "cents down", "units down")

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
        "part": Key(OneOf(COST_PARTS), "on a cost card: what the test of a line is about"),
        "aspect": Key(OneOf(ASPECTS), "on an accreditation: what the test is about"),
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
                    "due": Key(MapOf(Line(), Line()), "the day by which an answer is due"),
                    "figures": Key(
                        MapOf(FACT_ID, Line()), "the figures of a surplus card, as written"
                    ),
                    "lines": Key(
                        ListOf(Line()),
                        "the ruling on each line: 'accepted 100 eur', 'refused 0 eur', ...",
                    ),
                }
            ),
            "what must come out",
            required=True,
        ),
    }
)
_SAID = {
    "says": Key(Words(), "the sentence that is true when it holds", required=True),
    "law": Key(LAW, "where it stands", required=True),
    "read": Key(READ, "how we know it", required=True),
}
ANSWER = Keys(
    {
        "when": Key(Line(), "the expression that is true when it holds", required=True),
        **_SAID,
        "by": Key(CARD_ID, "the authority whose step or duty it is"),
        "leads": Key(Line(), "of a competence: the expression that is true when it takes the lead"),
        "due": Key(Line(), "the day by which it must be done, an expression"),
        "within": Key(Line(), "how many days it takes at most, an expression"),
    }
)
FIGURE = Keys({"value": Key(Line(), "its expression", required=True), **_SAID})
SURPLUS = Keys(
    {
        "base": Key(FIGURE, "money: what the shares are taken of", required=True),
        "yearly_share": Key(FIGURE, "rate: how much of the base may be kept in a year"),
        "cumulated_share": Key(FIGURE, "rate: how much of the base may be kept over the years"),
        "carry_over": Key(FIGURE, "truth: whether what is left may be carried over"),
        "profit": Key(FIGURE, "truth: whether a profit may be made"),
        "excess": Key(Words(), "what happens to what is above", required=True),
        "stopping": Key(Words(), "what happens when the activity stops", required=True),
    }
)
CAPS = Keys(
    {
        "line": Key(FIGURE, "money: the most of one line, which it may read"),
        "category": Key(
            MapOf(VALUE_ID, FIGURE), "money: the most of all lines of a category, by category"
        ),
        "cross_funding": Key(
            FIGURE, "money: what of a line is left beside other funds, which it may read"
        ),
        "overall": Key(FIGURE, "money: the most of all lines together"),
    }
)
QUESTION = Keys(
    {
        "id": Key(CARD_ID, "its name in the card", required=True),
        "question": Key(Words(), "the question as the authority asks it", required=True),
        "limit": Key(Word(r"\d+", "2000"), "how many characters it takes"),
        "source": Key(FACT_ID, "the fact that answers it"),
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
        "asked": Key(
            YES_NO, "whether a carrier asks for it: no for a limit that binds authorities"
        ),
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
        "window": Key(YES_NO, "whether it opens the law to what no accreditation covers yet"),
        "note": Key(Words(), "what an attentive reader should know"),
        "defines": Key(FACT_ID, "the name a derived card gives its value"),
        "type": Key(OneOf(UNITS), "the type of a derived value"),
        "values": Key(MapOf(VALUE_ID, Words()), "the values of a derived choice"),
        "label": Key(Words(), "what a derived value is called"),
        "value": Key(Line(), "the expression of a derived value"),
        "answers": Key(
            MapOf(CARD_ID, ANSWER),
            "per authority, position, duty or step: the expression that says whether it holds",
        ),
        "measures": Key(ListOf(CARD_ID), "the measures a cost, surplus or counter card goes with"),
        "lines": Key(FACT_ID, "the records a cost card rules: `line.FIELD` reads one of them"),
        "caps": Key(CAPS, "how much of the lines is accepted at most"),
        "spread": Key(OneOf(SPREADS), "who gives way when lines together pass a cap"),
        "surplus": Key(SURPLUS, "what may be kept of what is left"),
        "questions": Key(ListOf(QUESTION), "the questions of a counter, in its order"),
        "cases": Key(ListOf(CASE), "worked cases", required=True),
    }
)
