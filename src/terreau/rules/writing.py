"""A tree written as YAML that reads back the same, laid out as a person would: small mappings on one line."""

import yaml

from terreau.rules.source import Tree

WIDTH = 110


class _Writer(yaml.SafeDumper):
    """Writes every scalar as plain text where it can: nothing is guessed when it is read."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the lines of a list below their key."""
        super().increase_indent(flow, False)


def to_yaml(tree: Tree) -> str:
    """Return a tree as YAML text."""
    return yaml.dump(
        _plain(tree),
        Dumper=_Writer,
        allow_unicode=True,
        default_flow_style=None,
        sort_keys=False,
        width=WIDTH,
    )


def _plain(tree: Tree) -> Tree:
    """Return the tree without the places its pieces stood at."""
    if isinstance(tree, dict):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(each) for each in tree]
    return str(tree)
