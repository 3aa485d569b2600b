"""An assessment as text for a terminal: the answer first, the reasons under it."""

from collections.abc import Iterator

from terreau.config.speech import Translate
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.kernel.text import Text
from terreau.kernel.truth import Truth
from terreau.rules import Assessment, ConditionAnswer, Dossier, Verdict
from terreau.rules.types import write

SIGNS = {Truth.YES: "+", Truth.NO: "-", Truth.UNKNOWN: "?"}
STATUS = {
    "eligible": _("Open"),
    "undetermined": _("Pending"),
    "ineligible": _("Closed for you"),
    "closed": _("No longer exists"),
}
CAUSES = {
    "untold": _("you have not told us"),
    "missing-law": _("no text we read gives it"),
    "uncertain-law": _("the texts leave it uncertain"),
    "no-law-yet": _("the next rule is not published yet"),
}


def answer_text(
    assessment: Assessment, dossier: Dossier, language: str, translate: Translate
) -> str:
    """Return the whole answer in one language."""
    return "\n".join(_Telling(assessment, language, translate).lines(dossier))


class _Telling:
    def __init__(self, assessment: Assessment, language: str, translate: Translate) -> None:
        self.assessment = assessment
        self.language = language
        self.translate = translate
        self.facts = assessment.pack.vocabulary.facts

    def say(self, sentence: str, **blanks: object) -> str:
        return Message(sentence, blanks).words(self.translate)

    def text(self, says: Text | Message | None) -> str:
        if isinstance(says, Message):
            return says.words(self.translate)
        return says[self.language] if says else ""

    def lines(self, dossier: Dossier) -> Iterator[str]:
        yield self.text(dossier.title)
        yield self.tally()
        for status in STATUS:
            for verdict in self.assessment.verdicts:
                if verdict.status == status:
                    yield from self.verdict(verdict)
        yield from self.next_steps()
        yield ""
        yield self.say(
            _("Rules on {day}, edition {edition}."),
            day=self.assessment.on.isoformat(),
            edition=self.assessment.edition[:12],
        )

    def tally(self) -> str:
        counts = dict.fromkeys(STATUS, 0)
        for verdict in self.assessment.verdicts:
            counts[verdict.status] += 1
        return ", ".join(
            self.pair(self.say(STATUS[status]), str(count))
            for status, count in counts.items()
            if count
        )

    def verdict(self, verdict: Verdict) -> Iterator[str]:
        yield ""
        yield self.pair(self.text(verdict.card.name), self.status(verdict))
        amount = self.amount(verdict)
        if amount:
            yield f"  {amount}"
        refused = verdict.status == "ineligible"
        for answer in verdict.conditions:
            if refused and answer.truth is not Truth.NO:
                continue
            yield f"  {SIGNS[answer.truth]} {self.condition(answer)}"
        for answer in verdict.then:
            yield f"  > {self.text(answer.says)}"
        if verdict.missing:
            labels = ", ".join(self.facts[name].label[self.language] for name in verdict.missing)
            yield "  " + self.say(_("Missing: {facts}."), facts=labels)
        for caution in verdict.cautions:
            yield f"  ! {self.text(caution.says)}"

    def status(self, verdict: Verdict) -> str:
        word = self.say(STATUS[verdict.status])
        if verdict.status == "eligible" and verdict.card.verified != "verified":
            authority = self.assessment.pack.authorities[verdict.card.authority]
            return self.say(
                _("{word}, to be confirmed by {authority}"),
                word=word,
                authority=self.text(authority.short),
            )
        return word

    def pair(self, name: str, value: str) -> str:
        return self.say(_("{name}: {value}"), name=name, value=value)

    def amount(self, verdict: Verdict) -> str:
        if verdict.amount is None:
            return ""
        currency = self.assessment.pack.region.currency.upper()
        low, high = verdict.amount.low, verdict.amount.high
        if high is None:
            return self.say(
                _("Amount: from {low} {currency}, the top is not known"), low=low, currency=currency
            )
        if low == high:
            return self.say(_("Amount: {low} {currency}"), low=low, currency=currency)
        return self.say(
            _("Amount: {low} to {high} {currency}"), low=low, high=high, currency=currency
        )

    def condition(self, answer: ConditionAnswer) -> str:
        articles = ", ".join(str(law["article"]) for law in answer.law.values() if law["article"])
        law = f" ({articles})" if articles else ""
        said = f"{self.text(answer.says)}{law}"
        if answer.cause not in CAUSES:
            return said
        return self.pair(said.removesuffix("."), self.say(CAUSES[answer.cause]))

    def next_steps(self) -> Iterator[str]:
        question = self.assessment.next_question
        if question:
            yield ""
            yield self.say(_("The next question:"))
            for name in question.facts:
                yield f"  {self.facts[name].question[self.language]}"
        if self.assessment.unlocks:
            yield ""
            yield self.say(_("What would open a door:"))
        for unlock in self.assessment.unlocks[:5]:
            changes = [
                self.pair(self.facts[name].label[self.language], self.value(name, value))
                for name, value in unlock.changes
            ]
            yield f"  {' + '.join(changes)}"
            for name in (*unlock.opens, *unlock.may_open):
                yield f"    {self.text(self.assessment.pack.cards[name].name)}"

    def value(self, name: str, value: tuple[object, object]) -> str:
        fact = self.facts[name]
        written = write(value, fact.type)
        if written is None:
            return self.say(_("a different one"))
        if isinstance(written, str) and written in fact.values:
            return fact.values[written][self.language]
        if isinstance(written, list):
            return ", ".join(
                fact.values[each][self.language] for each in written if each in fact.values
            )
        return {"yes": self.say(_("yes")), "no": self.say(_("no"))}.get(str(written), str(written))
