"""Module blocks → the module instances that they make, or why they cannot be looked into."""

from __future__ import annotations

from rootlint.model.resource import Label
from rootlint.model.value import Unknown, Why
from rootlint.terraform.calls import literal_source, local_folder
from rootlint.terraform.expand import Instance
from rootlint.terraform.module import Call, Module, Place
from rootlint.terraform.syntax import Block

_DEEPEST = 20


def call(module: Module, name: str) -> Call:
    """The call `module.NAME`, its instances ready to be asked for their values."""
    block = module.configuration.modules[name].block
    expansion = module.project.expand(block.body.attributes, module)
    folder, hidden = _folder(module, name, block)
    children = tuple(
        _child(module, name, block, one, folder)
        for one in expansion.instances
        if folder is not None
    )
    return Call(expansion, children, hidden, block.header)


def _folder(module: Module, name: str, block: Block) -> tuple[str | None, Unknown | None]:
    source = literal_source(block)
    address = module.address(f"module.{name}")
    if source is None:
        return None, Unknown(Why.MODULE, f"`{address}` has no literal source", block.header)
    path = ".".join((*module.place.path, name))
    folder = local_folder(module.configuration.folder, source)
    if folder is None:
        folder = module.project.installed.folder(path)
    if folder is None or folder not in module.project.files:
        return None, Unknown(Why.MODULE, f"`{address}` ({source}) is not on disk", block.header)
    if folder in module.place.folders:
        return None, _limit(module, f"`{address}` calls a module that calls it", block, ours=False)
    if len(module.place.folders) == _DEEPEST:
        return None, _limit(module, f"`{address}` is nested too deep", block, ours=True)
    return folder, None


def _limit(module: Module, reason: str, block: Block, *, ours: bool) -> Unknown:
    module.project.limit(reason, block.header, ours=ours)
    return Unknown(Why.LIMIT, reason, block.header)


def _child(module: Module, name: str, block: Block, one: Instance, folder: str) -> Module:
    place = Place(
        address=module.address(f"module.{name}{one.suffix}"),
        path=(*module.place.path, name),
        presence=one.presence.inside(module.place.presence),
        calls=(*module.place.calls, Label(block.header, "called here")),
        parent=module,
        bound=one.bound,
        folders=(*module.place.folders, folder),
    )
    return Module(module.project, module.project.configuration(folder), place, module.makers)
