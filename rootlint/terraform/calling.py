"""Module blocks → the module instances that they make, or why they cannot be looked into."""

from __future__ import annotations

from rootlint.model.resource import Label
from rootlint.model.value import Unknown, Why
from rootlint.terraform.calls import literal_source, local_folder
from rootlint.terraform.declaration import Declaration
from rootlint.terraform.expand import Instance
from rootlint.terraform.module import Call, Module, Place

_DEEPEST = 20


def call(module: Module, name: str) -> Call:
    """The call `module.NAME`, its instances ready to be asked for their values."""
    declaration = module.configuration.modules[name]
    wanted = ((word, declaration.attribute(word)) for word in ("count", "for_each"))
    written = {word: attribute for word, attribute in wanted if attribute}
    expansion = module.project.expand(written, module)
    folder, hidden = _folder(module, name, declaration)
    children = tuple(
        _child(module, name, declaration, one, folder)
        for one in expansion.instances
        if folder is not None
    )
    return Call(expansion, children, hidden, declaration.header)


def _folder(
    module: Module, name: str, declaration: Declaration
) -> tuple[str | None, Unknown | None]:
    source = literal_source(declaration)
    address = module.address(f"module.{name}")
    if source is None:
        return None, Unknown(Why.MODULE, f"`{address}` has no literal source", declaration.header)
    path = ".".join((*module.place.path, name))
    folder = local_folder(module.configuration.folder, source)
    if folder is None:
        folder = module.project.installed.folder(path)
    if folder is None or folder not in module.project.files:
        return None, Unknown(
            Why.MODULE, f"`{address}` ({source}) is not on disk", declaration.header
        )
    if folder in module.place.folders:
        return None, _limit(
            module, f"`{address}` calls a module that calls it", declaration, ours=False
        )
    if len(module.place.folders) == _DEEPEST:
        return None, _limit(module, f"`{address}` is nested too deep", declaration, ours=True)
    return folder, None


def _limit(module: Module, reason: str, declaration: Declaration, *, ours: bool) -> Unknown:
    module.project.limit(reason, declaration.header, ours=ours)
    return Unknown(Why.LIMIT, reason, declaration.header)


def _child(
    module: Module, name: str, declaration: Declaration, one: Instance, folder: str
) -> Module:
    place = Place(
        address=module.address(f"module.{name}{one.suffix}"),
        path=(*module.place.path, name),
        presence=one.presence.inside(module.place.presence),
        calls=(*module.place.calls, Label(declaration.header, "called here")),
        parent=module,
        bound=one.bound,
        folders=(*module.place.folders, folder),
    )
    return Module(module.project, module.project.configuration(folder), place, module.makers)
