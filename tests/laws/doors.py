"""The law of the one door: an app is entered by its services, its core and its access alone."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output

DOORS = frozenset({"services", "core", "access"})


class DoorsContract(Contract):
    """Find each import that enters an app from outside by anything but its doors.

    It holds for every package that has a module `services`; the others are open.
    """

    type_name = "doors"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Say whether the law is kept, and where not."""
        closed = {app for app in graph.find_children("terreau") if _has_services(graph, app)}
        broken = sorted(
            (importer, imported)
            for app in closed
            for imported in graph.find_descendants(app) | {app}
            if not _is_door(app, imported)
            for importer in graph.find_modules_that_directly_import(imported)
            if not f"{importer}.".startswith(f"{app}.")
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that breaks the law, and the remedy."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}: ask its services, core or access.")


def _has_services(graph: ImportGraph, app: str) -> bool:
    return f"{app}.services" in graph.modules


def _is_door(app: str, module: str) -> bool:
    return module.removeprefix(f"{app}.") in DOORS
