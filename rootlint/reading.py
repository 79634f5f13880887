"""What was found → units, one at a time: in this process, or in one of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rootlint.discover import Found
from rootlint.model.unit import Unit
from rootlint.settings import Settings
from rootlint.source import SourceFile, Sources, Unreadable

if TYPE_CHECKING:
    from rootlint.cloudformation.readings import Readings
    from rootlint.terraform.configuration import Configuration
    from rootlint.terraform.given import Given
    from rootlint.terraform.roots import Module

MARK = "rootlint:"


class Task(NamedTuple):
    """A unit to read: a root module, a plan (with the folder of its source, if known), or a template."""

    kind: str
    path: str
    number: int = 0
    source: str = ""


class Crash(NamedTuple):
    """A unit that could not be read, by a bug of ours."""

    path: str
    problem: str


class Reading:
    """Reads the units of a run. What several of them share is read once by each process."""

    def __init__(self, found: Found, settings: Settings, sources: Sources | None = None) -> None:
        self.found = found
        self.settings = settings
        self.sources = sources or Sources()
        self._configurations: dict[str, Configuration] = {}
        self._readings: Readings | None = None
        self._looked = self.sources.count

    def __reduce__(self) -> tuple[type[Reading], tuple[Found, Settings]]:
        """Another process reads the files anew."""
        return Reading, (self.found, self.settings)

    def tasks(self) -> tuple[Task, ...]:
        """All units, in the order in which they are judged. A plan stands in for its source."""
        plans = tuple(self._plans())
        planned = {task.source for task in plans}
        modules = (
            Task("module", module.folder, number)
            for number, module in enumerate(self.found.modules)
            if module.wrapper or module.folder not in planned
        )
        templates = (
            Task("template", template.path, number)
            for number, template in enumerate(self.found.templates)
        )
        return (*modules, *plans, *templates)

    def read(self, task: Task) -> tuple[Unit, ...]:
        """What a task makes: one unit, several of a template, none where a file is no template."""
        match task.kind:
            case "module":
                return (self._module(self.found.modules[task.number]),)
            case "plan":
                return (self._plan(task),)
            case _:
                return self._template(task)

    def prepare(self) -> None:
        """Load what reading takes: once, before this process is copied."""
        if self.found.modules or self.found.plans:
            import rootlint.terraform.read
        if self.found.templates:
            import rootlint.cloudformation.read  # noqa: F401 - loaded, not used

    def marked(self) -> tuple[str, ...]:
        """The files read since it was last asked that may hold an ignore; their texts are let go of."""
        new = self.sources.newer(self._looked)
        self.sources.keep(self._looked)
        return tuple(x.path for x in new if isinstance(x, SourceFile) and MARK in x.text)

    def readings(self) -> Readings:
        """How templates are read: the files, and the values of parameters that are in force."""
        from rootlint.cloudformation.readings import Readings

        if self._readings is None:
            folders = self.found.folders.values()
            self._readings = Readings(
                self.settings.parameters,
                self.sources,
                frozenset(path for inside in folders for path in inside),
                region=self.settings.region,
                partition=self.settings.partition or "aws",
            )
        return self._readings

    def _given(self) -> Given:
        from rootlint.terraform.given import Given

        settings = self.settings
        return Given(
            settings.partition or "aws",
            settings.region,
            settings.workspace,
            settings.var_files,
            settings.variables,
        )

    def _module(self, module: Module) -> Unit:
        folders, given, shared = self.found.folders, self._given(), self._configurations
        if module.wrapper:
            from rootlint.terraform.terragrunt_unit import deployed

            unit = deployed(
                module.wrapper, folders, self.sources, given=given, configurations=shared
            )
        else:
            from rootlint.terraform.read import read

            unit = read(
                module.folder,
                folders,
                self.sources,
                called=module.called,
                given=given,
                configurations=shared,
            )
        if not module.called:  # nobody asks for it again, and what was parsed of it is large
            shared.pop(module.folder, None)
        return unit

    def _plans(self) -> Iterator[Task]:
        if not self.found.plans:
            return
        from rootlint.terraform.configuration import Configuration
        from rootlint.terraform.plan import source_of
        from rootlint.terraform.plan_file import Plan, load

        folders = [module.folder for module in self.found.modules if not module.wrapper]
        for folder in folders:
            paths = self.found.folders.get(folder, ())
            self._configurations[folder] = Configuration(folder, paths, self.sources)
        for path in self.found.plans:
            file = self.sources.read(path)
            plan = load(file) if isinstance(file, SourceFile) else file
            source = None
            if isinstance(plan, Plan):
                source = source_of(plan, folders, self._configurations)
            yield Task("plan", path, source=source or "")

    def _plan(self, task: Task) -> Unit:
        from rootlint.terraform.plan import alone, over_source
        from rootlint.terraform.plan_file import load

        file = self.sources.read(task.path)
        plan = load(file) if isinstance(file, SourceFile) else file
        if isinstance(plan, Unreadable):
            return Unit(task.path, unreadable=(plan,))
        if not task.source:
            return alone(plan)
        return over_source(
            plan,
            task.source,
            self.found.folders,
            self.sources,
            given=self._given(),
            configurations=self._configurations,
        )

    def _template(self, task: Task) -> tuple[Unit, ...]:
        from rootlint.cloudformation.read import read

        template = self.found.templates[task.number]
        units = read(task.path, self.readings().reading(task.path))
        if not units and template.named:
            problem = Unreadable(task.path, "not a template", configuration=False)
            return (Unit(task.path, unreadable=(problem,)),)
        return tuple(units)
