"""One root module of Terraform → a unit: its resources, what they declare, and what could not be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rootlint.model.resource import BlindSpot, Door, Resource
from rootlint.model.unit import Declared, Unit
from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.source import Sources, Unreadable
from rootlint.terraform import resources
from rootlint.terraform.blind import leads_out, opaque_call, outlet, unread_files
from rootlint.terraform.calling import call
from rootlint.terraform.calls import calls
from rootlint.terraform.configuration import Configuration
from rootlint.terraform.configured import configured
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.evaluate import evaluate
from rootlint.terraform.given import NO_INPUTS, NOTHING, Given, Inputs
from rootlint.terraform.lifecycle import let_go, living_on
from rootlint.terraform.module import Call, Makers, Module, Place
from rootlint.terraform.project import TOO_DEEP, Project
from rootlint.terraform.reach import reaches
from rootlint.terraform.remote_state import export_of
from rootlint.terraform.variables import in_force, variable
from rootlint.terraform.vocabulary.declare import declared
from rootlint.terraform.vocabulary.kinds import KNOWN, ONLY_WITH

__all__ = ["Read", "calls", "evaluated", "is_known", "read"]

_MOST_MODULES = 1_000


class Read(NamedTuple):
    """A root module, evaluated, before anybody asks what its resources mean."""

    unit: str
    resources: tuple[Resource, ...]
    blind_spots: tuple[BlindSpot, ...]
    doors: tuple[Door, ...]
    faults: tuple[Unreadable, ...]


def read(
    folder: str,
    files: Mapping[str, tuple[str, ...]],
    sources: Sources,
    *,
    called: bool,
    name: str | None = None,
    given: Given = NOTHING,
    inputs: Inputs = NO_INPUTS,
    configurations: dict[str, Configuration] | None = None,
) -> Unit:
    """The unit of the root module in a folder, with the modules that it calls.

    `files` maps each folder of the scanned tree ("." is the working directory) to its files; nothing
    else is read but variable files that were named. `inputs` are what a wrapper passes to it, and
    `name` is the wrapper's. With one dictionary of `configurations` for a whole run, a module that
    several units call is parsed once.
    """
    found = evaluated(
        folder,
        files,
        sources,
        name=name,
        given=given,
        inputs=inputs,
        configurations=configurations,
    )
    return Unit(
        found.unit,
        tuple(_declares(found.resources)),
        tuple(resource for resource in found.resources if is_known(resource)),
        found.blind_spots,
        found.doors,
        found.faults,
        called,
    )


def evaluated(
    folder: str,
    files: Mapping[str, tuple[str, ...]],
    sources: Sources,
    *,
    name: str | None = None,
    given: Given = NOTHING,
    inputs: Inputs = NO_INPUTS,
    configurations: dict[str, Configuration] | None = None,
) -> Read:
    """The resources of a root module and of the modules that it calls; see `read`."""
    faults: list[Unreadable] = []
    project = Project(folder, files, sources, name=name, given=given, configurations=configurations)
    project.names = inputs.names
    root = Module(project, project.configuration(folder), Place(folders=(folder,)), _MAKERS)
    project.variables = in_force(root, given, inputs, faults)
    blind: list[BlindSpot] = []
    modules, called = _walk(root, blind)
    found = [resource for module in modules for resource in _evaluated(module)]
    # What is judged comes before what is only handed on: it may take all the steps that there are.
    blind.extend(spot for call in called for spot in opaque_call(*call))
    for resource in found:
        blind.extend(outlet(resource))
    doors = tuple(_doors(root))
    for configuration in project.configurations:
        found.extend(living_on(configuration, project.unit))
        blind.extend((*unread_files(configuration), *let_go(configuration)))
        faults.extend((*configuration.faults, *configuration.partial))
    for span in project.budget.too_deep:
        project.limit(TOO_DEEP, span, ours=True)
    faults.extend(project.limits)
    for module in modules:
        module.forget()
    return Read(project.unit, tuple(found), tuple(blind), doors, tuple(dict.fromkeys(faults)))


def _local(module: Module, name: str) -> Value:
    return evaluate(module.configuration.locals[name].expr, module)


def _output(module: Module, name: str) -> Value:
    declaration = module.configuration.outputs[name]
    written = declaration.block.body.attributes.get("value")
    if written is None:
        return Unknown(Why.BROKEN, f"`output.{name}` has no value", declaration.header)
    return evaluate(written.expr, module)


_MAKERS = Makers(variable, _local, _output, resources.data, resources.resource, call)


def _walk(
    root: Module, blind: list[BlindSpot]
) -> tuple[list[Module], list[tuple[Module, str, Call]]]:
    """All module instances of the unit, callers before the called, and all calls with who makes them."""
    found = [root]
    called: list[tuple[Module, str, Call]] = []
    for module in found:
        for name, declaration in module.configuration.modules.items():
            made = module.call(name)
            if made is None:
                continue
            called.append((module, name, made))
            if len(found) + len(made.children) > _MOST_MODULES:
                said = f"more than {_MOST_MODULES:,} module instances are not worked out"
                blind.append(BlindSpot(Unknown(Why.LIMIT, said, declaration.header), anything=True))
                root.project.limit(said, declaration.header, ours=True)
                return found, called
            found.extend(made.children)
    return found, called


def _evaluated(module: Module) -> Iterator[Resource]:
    """The instances of everything in a module that may matter, in the order of its files."""
    configuration = module.configuration
    for name, declaration in configuration.resources.items():
        if _matters(declaration):
            yield from module.instances(("resource", name))
    for name, declaration in configuration.data.items():
        if f"data.{declaration.labels[0]}" in KNOWN:
            yield from module.instances(("data", name))
    yield from configured(module)


def _matters(declaration: Declaration) -> bool:
    kind = declaration.labels[0]
    if kind in KNOWN and declaration.contains(ONLY_WITH.get(kind, "")):
        return True
    return leads_out(kind) or declaration.contains("local-exec")


def is_known(resource: Resource) -> bool:
    """Whether a report counts a resource: of a kind that the vocabulary knows, or with a script."""
    return resource.kind in KNOWN or "provisioner" in resource.body.entries


def _declares(found: Iterable[Resource]) -> Iterator[Declared]:
    for resource in found:
        yield from declared(resource)


def _doors(root: Module) -> Iterator[Door]:
    """The outputs, each under the name by which another module reads it from the remote state."""
    state = export_of(root)
    for name, declaration in root.configuration.outputs.items():
        if not state and not reaches(root, declaration.dotted):
            continue  # nobody asks what is in it
        export = Known(f"{state}.{name}", declaration.header) if state else None
        masked = declaration.block.body.attributes.get("sensitive")
        yield Door(
            name,
            root.value("output", name, declaration.header),
            export,
            None if masked is None else evaluate(masked.expr, root),
        )
