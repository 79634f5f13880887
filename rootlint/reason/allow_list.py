"""A statement of a guardrail that denies root but from some addresses, and the requests that test it."""

from __future__ import annotations

from collections.abc import Iterator

from rootlint.model.policy import Policy, Statement
from rootlint.model.truth import Truth
from rootlint.reason.addresses import KEYS, VPC_KEYS, insiders, outsiders, without_addresses
from rootlint.reason.answer import Answer, Request
from rootlint.reason.bound_root import Who, bound_root
from rootlint.reason.iam import denies
from rootlint.reason.intent import conditions_on, root_statements
from rootlint.reason.probe import actions_of
from rootlint.reason.root import FOREIGN, OFFICE, Address, root_requests
from rootlint.record import dataclass


@dataclass(frozen=True, slots=True)
class AllowList:
    """`bare` is the document of the one statement, addresses left aside."""

    statement: Statement
    bare: Policy
    who: Who

    def from_outside(self, document: Policy) -> Iterator[tuple[Request, Answer]]:
        """Requests from outside of the list which the statement is meant to deny, with what comes of them."""
        for place in outsiders(self.statement):
            request = self._meant(place)
            if request is not None:
                yield request, denies(document, request)

    def from_office(self) -> Request | None:
        """A request from a public address, as a company has one."""
        return self._meant(OFFICE)

    def only_forwarded(self, document: Policy) -> Request | None:
        """A call that a service makes for root and that is denied, though root may make it from the list."""
        inside = [self._meant(place) for place in insiders(self.statement)]
        free = (x for x in inside if x is not None and denies(document, x).truth is Truth.NO)
        forwarded = self._meant(FOREIGN, forwarded=True)
        if forwarded is None or next(free, None) is None or self._has_ipv6:
            return None
        return forwarded if denies(document, forwarded).truth is Truth.YES else None

    @property
    def closes_endpoints(self) -> bool:
        """Whether the statement leaves VPC endpoints no way in: it does not ask for a VPC."""
        return not conditions_on(self.statement, VPC_KEYS)

    @property
    def _has_ipv6(self) -> bool:
        return any(":" in place.name for place in insiders(self.statement))

    def _meant(self, place: Address, *, forwarded: bool = False) -> Request | None:
        """The first request from a place that the statement denies but for its addresses."""
        asked = root_requests(
            tuple(actions_of(self.statement))[:1],
            partition=self.who.partition,
            account=self.who.account,
            addresses=(place,),
            forwarded=(forwarded,),
        )
        how = "through an AWS service" if forwarded else place.name
        for request in asked:
            if denies(self.bare, request).truth is Truth.YES or forwarded:
                return request._replace(credential=f"{request.credential}, {how}")
        return None


def allow_lists(document: Policy, partition: str) -> Iterator[AllowList]:
    """The statements of a document that deny root depending on its address."""
    for statement in root_statements(document):
        if not any(found.operator.lower() != "null" for found in conditions_on(statement, KEYS)):
            continue
        bare = document.supposing(without_addresses(statement))
        who = bound_root(bare, partition)
        if who is not None:
            yield AllowList(statement, bare, who)
