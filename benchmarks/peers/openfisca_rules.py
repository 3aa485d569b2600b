"""Asks OpenFisca about the dossiers on its standard input, and prints its answers and its times as JSON.

The slice of the pack is written by hand; every figure comes from Terreau's cards through `benchmarks/peers.py`. OpenFisca
has no unknown: what hangs on a figure that was not read is written twice, as `sure` and `possible`, `low` and `high`. It
has no lists beside its entities, so the aids already received are counted before it is asked.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, Period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Read = Callable[..., Any]  # Any: OpenFisca declares no types for what a formula is handed
Answers = dict[str, list[Any]]

ORGANISATION = build_entity(
    key="organisation", plural="organisations", label="An organisation", is_person=True
)
SIZES = Enum("SIZES", {name: name for name in ("micro", "small", "medium", "large")})
STATUSES = Enum("STATUSES", {name: name for name in ("ineligible", "undetermined", "eligible")})
TYPES = {"truth": bool, "money": float, "rate": float, "number": float, "count": int, "date": date}


def either(test: Any, one: Any, other: Any) -> Any:
    """Return the one where the test holds, and the other elsewhere."""
    return numpy.where(test, one, other)


def counted(own: str, others: str) -> Read:
    """Return the formula of a figure that counts that of linked enterprises too."""

    def formula(organisation: Read, period: Period, parameters: Read) -> Any:
        group = organisation(own, period) + organisation(others, period)
        linked = organisation("organisation_linked_enterprises", period)
        return either(linked, group, organisation(own, period))

    return formula


def size_class(organisation: Read, period: Period, parameters: Read) -> Any:
    """Return the size class of the European definition."""
    law = parameters(period)
    staff, turnover, balance = (
        organisation(name, period) for name in ("headcount", "turnover", "balance_sheet")
    )
    finance = numpy.minimum(turnover, balance)
    public = organisation("organisation_public_holding", period) >= law.public_holding_limit
    exempt = organisation("organisation_public_holding_exempt", period)
    medium = (turnover <= law.medium_turnover_max) | (balance <= law.medium_balance_max)
    return numpy.select(
        [
            public & ~exempt,
            (staff < law.micro_headcount_below) & (finance <= law.micro_financial_max),
            (staff < law.small_headcount_below) & (finance <= law.small_financial_max),
            (staff < law.medium_headcount_below) & medium,
        ],
        [SIZES.large, SIZES.micro, SIZES.small, SIZES.medium],
        SIZES.large,
    )


def frame(organisation: Read, period: Period, parameters: Read) -> Any:
    """Return whether the common conditions that hang on no unread figure are met."""

    def told(name: str) -> Any:
        return organisation(name, period)

    return (
        told("organisation_economic_activity")
        & ~told("organisation_public_enterprise")
        & told("organisation_economic_purpose")
        & told("organisation_commercial_purpose")
        & told("organisation_seat_in_region")
        & ~told("aid_same_costs")
        & ~told("ground_crime")
        & ~told("ground_insolvency")
        & ~told("ground_four_bankruptcies")
        & ~told("ground_false_statement_recent")
        & ~told("ground_unpaid_recovery")
    )


def frame_sure(organisation: Read, period: Period, parameters: Read) -> Any:
    """Return whether the common conditions are met, whatever the figures that were not read."""
    law = parameters(period)
    share = organisation("organisation_public_share", period) <= law.public_share_max.low
    private = ~organisation("organisation_public_funding", period)
    mission = organisation("organisation_general_interest_mission", period)
    known = organisation("frame", period) & law.mission_defined.low & ~mission
    return known & (private | (share & law.public_share_base_known.low))


def frame_possible(organisation: Read, period: Period, parameters: Read) -> Any:
    """Return whether the common conditions could be met with some figures that were not read."""
    law = parameters(period)
    share = organisation("organisation_public_share", period) <= law.public_share_max.high
    private = ~organisation("organisation_public_funding", period)
    mission = organisation("organisation_general_interest_mission", period)
    open_mission = law.mission_defined.high and not law.mission_defined.low
    open_share = law.public_share_base_known.high and not law.public_share_base_known.low
    possible_share = share & law.public_share_base_known.high
    known = organisation("frame", period) & (~mission & law.mission_defined.high | open_mission)
    return known & (private | possible_share | open_share)


def month_before(days: Any, months: int) -> Any:
    """Return the days so many months before; the end of a month clamps."""
    month = days.astype("datetime64[M]")
    first = (month - months).astype("datetime64[D]")
    last = (month - months + 1).astype("datetime64[D]") - 1
    return numpy.minimum(first + (days - month.astype("datetime64[D]")), last)


def training_tests(organisation: Read, period: Period, parameters: Read) -> Any:
    """Return whether the training meets its own conditions."""
    law = parameters(period)
    kind = organisation("training_kind", period)
    kinds = kind.possible_values
    refused = [kinds[name] for name in ("compulsory", "conference", "daily-management")]
    starts = organisation("training_starts_on", period)
    in_time = organisation("project_asked_on", period) <= month_before(starts, law.months_ahead)
    return (
        organisation("wanted_training", period)
        & organisation("training_staff_only", period)
        & organisation("training_external", period)
        & (organisation("training_months", period) <= law.longest)
        & (kind != refused[0])
        & (kind != refused[1])
        & (kind != refused[2])
        & organisation("training_trainer_core", period)
        & (organisation("training_trainer_years", period) >= law.trainer_practice)
        & organisation("training_trainer_independent", period)
        & in_time
        & (organisation("aid_trainings", period) < law.max_count)
    )


def training_amount(end: str) -> Read:
    """Return the formula of the low or the high end of the training premium."""

    def formula(organisation: Read, period: Period, parameters: Read) -> Any:
        law = parameters(period)
        cap = law.year_cap[end][organisation("size_class", period)]
        room = numpy.maximum(0, cap - organisation("aid_training_amount", period))
        paid = law.rate_by_criteria[end] * organisation("costs_training", period)
        return cents(numpy.minimum(paid, room))

    return formula


def recruitment_tests(organisation: Read, period: Period, parameters: Read) -> Any:
    """Return whether the recruitment meets its own conditions."""

    def told(name: str) -> Any:
        return organisation(name, period)

    plan, contract, size = (
        told("recruitment_plan"),
        told("recruitment_contract"),
        told("size_class"),
    )
    growth = plan == plan.possible_values["growth"]
    circular = plan == plan.possible_values["circular"]
    small = (size == SIZES.micro) | (size == SIZES.small)
    return (
        told("wanted_recruitment")
        & (growth | circular)
        & (small | ((size == SIZES.medium) & ~growth))
        & old_and_staffed(organisation, period, parameters, growth)
        & (~circular | told("recruitment_cuts_materials"))
        & told("recruitment_followed_by_hub")
        & (contract == contract.possible_values["permanent"])
        & (told("recruitment_working_time") >= parameters(period).full_time)
        & told("recruitment_vacancy_to_actiris")
        & ~told("recruitment_posts_cut")
    )


def old_and_staffed(organisation: Read, period: Period, parameters: Read, growth: Any) -> Any:
    """Return whether age, staff and growth fit the plan."""
    law = parameters(period)
    limits = [
        numpy.datetime64(str(period.start.offset(-years, "year")))
        for years in (law.age_growth, law.age_circular)
    ]
    old = organisation("organisation_registered_on", period) <= either(growth, *limits)
    staffed = (organisation("organisation_workers", period) >= law.staff_growth) & (
        organisation("recruitment_permanent_full_time", period) >= law.full_time_growth
    )
    settled = organisation("recruitment_permanent_workers", period) >= law.permanent_circular
    grows = organisation("organisation_growth_36_months", period) >= law.growth_needed
    planned = grows & organisation("recruitment_three_year_plan", period)
    return old & either(growth, staffed, settled) & (~growth | planned)


def recruitment_amount(end: str) -> Read:
    """Return the formula of the low or the high end of the recruitment premium."""

    def formula(organisation: Read, period: Period, parameters: Read) -> Any:
        law = parameters(period)
        plan = organisation("recruitment_plan", period)
        growth = plan == plan.possible_values["growth"]
        return cents(either(growth, law.lump_growth[end], law.lump_circular[end]))

    return formula


def status(tests: str) -> Read:
    """Return the formula of a status: a refusal, a grant, or neither while the law was not read."""

    def formula(organisation: Read, period: Period, parameters: Read) -> Any:
        own = organisation(tests, period)
        return numpy.select(
            [
                own & organisation("frame_sure", period),
                own & organisation("frame_possible", period),
            ],
            [STATUSES.eligible, STATUSES.undetermined],
            STATUSES.ineligible,
        )

    return formula


def cents(euros: Any) -> Any:
    """Return euros rounded to cents, half up."""
    return numpy.floor(euros * 100 + 0.5) / 100


def variable(name: str, kind: Any, formula: Read | None = None, values: Any = None) -> type:
    """Return a variable of the organisation on a day."""
    said: dict[str, Any] = {
        "value_type": kind,
        "entity": ORGANISATION,
        "definition_period": DateUnit.DAY,
    }
    if values is not None:
        said |= {"possible_values": values, "default_value": next(iter(values))}
    if formula is not None:
        said["formula"] = formula
    return type(name, (Variable,), said)


def system(law: dict[str, Any], facts: dict[str, Any]) -> TaxBenefitSystem:
    """Return the rules with the figures of a law and the facts they read."""
    rules = TaxBenefitSystem([ORGANISATION])
    rules.parameters = ParameterNode("", data=law)
    for name, kind in facts.items():
        if isinstance(kind, list):
            values = Enum(name, {value: value for value in kind})
            rules.add_variable(variable(name, Enum, values=values))
        else:
            rules.add_variable(variable(name, TYPES[kind]))
    for name in ("headcount", "turnover", "balance_sheet"):
        formula = counted(f"organisation_{name}", f"organisation_group_{name}")
        rules.add_variable(variable(name, float, formula))
    rules.add_variable(variable("size_class", Enum, size_class, SIZES))
    for truth in (frame, frame_sure, frame_possible, training_tests, recruitment_tests):
        rules.add_variable(variable(truth.__name__, bool, truth))
    for measure, amount in (("training", training_amount), ("recruitment", recruitment_amount)):
        tests = status(f"{measure}_tests")
        rules.add_variable(variable(f"{measure}_status", Enum, tests, STATUSES))
        for end in ("low", "high"):
            rules.add_variable(variable(f"{measure}_{end}", float, amount(end)))
    return rules


def goals_of(simulation: Simulation, asked: dict[str, Any]) -> Answers:
    """Return what is asked of a simulation, a list a goal."""
    found = {}
    for goal in asked["goals"]:
        value = simulation.calculate(goal, asked["on"])
        found[goal] = (value.decode_to_str() if hasattr(value, "decode_to_str") else value).tolist()
    return found


def answer(
    rules: TaxBenefitSystem, asked: dict[str, Any], facts: dict[str, Any], *, trace: bool = False
) -> Answers:
    """Return the answers on one dossier, told to a simulation of its own."""
    told = {name: {asked["on"]: value} for name, value in facts.items()}
    entities = {"organisations": {"one": told}}
    simulation = SimulationBuilder().build_from_entities(rules, entities)
    simulation.trace = trace
    return goals_of(simulation, asked)


def together(rules: TaxBenefitSystem, asked: dict[str, Any], columns: dict[str, Any]) -> Answers:
    """Return the answers on many dossiers, told as columns."""
    simulation = SimulationBuilder().build_default_simulation(rules, asked["together"])
    for name, values in columns.items():
        simulation.set_input(name, asked["on"], values)
    return goals_of(simulation, asked)


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Return the median time of some work, once it is warm."""
    times = []
    for _run in range(2 * runs):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return median(times[runs:])


def timed(systems: dict[str, TaxBenefitSystem], asked: dict[str, Any]) -> dict[str, float]:
    """Return the times on the first dossier, and on many at once."""
    first = asked["dossiers"][0]
    rules = systems[first["law"]]
    columns = {
        name: numpy.full(asked["together"], value, "datetime64[D]" if kind == "date" else None)
        for (name, value), kind in zip(first["facts"].items(), asked["facts"].values(), strict=True)
    }
    runs = asked["runs"]
    return {
        "one": milliseconds(lambda: answer(rules, asked, first["facts"]), runs),
        "traced": milliseconds(lambda: answer(rules, asked, first["facts"], trace=True), runs),
        "many": milliseconds(lambda: together(rules, asked, columns), 7),
    }


def main() -> None:
    """Read what is asked, answer it, measure it."""
    asked = json.load(sys.stdin)
    systems = {name: system(law, asked["facts"]) for name, law in asked["laws"].items()}
    found = [answer(systems[each["law"]], asked, each["facts"]) for each in asked["dossiers"]]
    answers = [{goal: values[0] for goal, values in each.items()} for each in found]
    times = timed(systems, asked) if asked["runs"] else {}
    print(json.dumps({"answers": answers, "times": times, "complaints": []}))


if __name__ == "__main__":
    main()
