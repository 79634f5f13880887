"""Whether something may lead to a resource that rootlint reads: asked of the text, before it is parsed.

What leads to none hands none over, whatever it turns out to be, and need not be worked out. The
answer errs on one side only: a name in a comment counts as a reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.terraform.addresses import addresses
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.dotted import Dotted
from rootlint.terraform.module import Module
from rootlint.terraform.solver import Key
from rootlint.terraform.vocabulary.kinds import KNOWN


def reaches(module: Module, names: Dotted | None) -> bool:
    """Whether some of the names may lead to such a resource; None stands for any names."""
    if names is None:
        return True
    seen: set[Key] = set()
    waiting = list(_keys(module, names))
    while waiting:
        key = waiting.pop()
        if key in seen or key in module.nowhere:
            continue
        seen.add(key)
        following = _following(module, *key)
        if following is None:
            return True
        waiting.extend(_keys(module, following))
    module.nowhere |= seen
    return False


def _keys(module: Module, names: Dotted) -> Iterator[Key]:
    """What of the names is declared here."""
    configuration = module.configuration
    for first, second in names:
        both = f"{first}.{second}"
        if first == "var" and second in configuration.variables:
            yield "variable", second
        elif first == "local" and second in configuration.locals:
            yield "local", second
        elif first == "module" and second in configuration.modules:
            yield "module", second
        elif both in configuration.resources:
            yield "resource", both
        elif both in configuration.data:
            yield "data", both


def _following(module: Module, kind: str, name: str) -> Dotted | None:
    """The names that something is made of; None where it is such a resource, or may lead to one."""
    configuration = module.configuration
    match kind:
        case "variable":
            return _variable(module, name, configuration.variables[name])
        case "local":
            return configuration.locals[name].dotted
        case "module":
            call = module.calls.get(name)
            return frozenset() if call is not None and call.hidden is not None else None
        case "resource":
            return _resource(configuration.resources[name], "")
        case _:
            return _resource(configuration.data[name], "data.")


def _variable(module: Module, name: str, declaration: Declaration) -> Dotted | None:
    """What is handed in may lead there as well as the default."""
    parent = module.place.parent
    if parent is not None:
        call = parent.configuration.modules[module.place.path[-1]]
        return None if reaches(parent, call.dotted) else declaration.dotted
    given = module.project.variables.get(name)
    return None if given is not None and addresses((given,)) else declaration.dotted


def _resource(declaration: Declaration, prefix: str) -> Dotted | None:
    if prefix + declaration.labels[0] in KNOWN or declaration.contains("provisioner"):
        return None
    return declaration.dotted
