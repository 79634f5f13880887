"""Random expressions of Terraform, each made of parts of the right kind, the same for a seed.

`variables` is how often a leaf is a variable: `var.text`, `var.number`, `var.truth`, `var.texts`, …
"""

from collections.abc import Callable
from random import Random

_WORDS = ("a", "b", "root", "arn:aws:iam::1:root", "", "a-b", "A b", "x,y", "é", "10")


class Maker:
    """Makes expressions of a kind, at most `depth` levels deep."""

    def __init__(self, seed: int, variables: float = 0) -> None:
        self._random = Random(seed)
        self._variables = variables

    def any(self, depth: int) -> str:
        plain = (self.text, self.number, self.truth, self.texts, self.numbers, self.table)
        kinds = (*plain, self.series, self.tables, self.scalar)
        return self._pick(kinds)(depth)

    def _pick(self, options: tuple[Callable[[int], str], ...]) -> Callable[[int], str]:
        return self._random.choice(options)

    def _one_of(self, *options: Callable[[], str]) -> str:
        return self._random.choice(options)()

    def _variable(self) -> bool:
        return self._random.random() < self._variables

    def text(self, depth: int) -> str:
        if depth <= 0:
            if self._variable():
                return "var.text"
            return '"' + self._random.choice(_WORDS) + '"'
        sub, num, many = self.text, self.number, self.texts
        low = depth - 1
        return self._one_of(
            lambda: f'"{self._random.choice(_WORDS)}${{{sub(low)}}}-"',
            lambda: f"upper({sub(low)})",
            lambda: f"lower({sub(low)})",
            lambda: f"title({sub(low)})",
            lambda: f"trimprefix({sub(low)}, {sub(0)})",
            lambda: f"trimsuffix({sub(low)}, {sub(0)})",
            lambda: f"replace({sub(low)}, {sub(0)}, {sub(low)})",
            lambda: f'replace({sub(low)}, "/[a-b]+/", "<$0>")',
            lambda: f"substr({sub(low)}, {num(0)}, {num(0)})",
            lambda: f"join({sub(0)}, {many(low)})",
            lambda: f'format("%s/%v", {sub(low)}, {num(low)})',
            lambda: f"element({many(low)}, {num(0)})",
            lambda: f"lookup({self.table(low)}, {sub(0)}, {sub(low)})",
            lambda: f"coalesce({sub(low)}, {sub(low)})",
            lambda: f"try({self.table(low)}.zz, {many(low)}[0], {sub(low)})",
            lambda: f"{self.truth(low)} ? {sub(low)} : {sub(low)}",
            lambda: f"tostring({num(low)})",
            lambda: f"jsonencode({self.any(low)})",
            lambda: f"sha256({sub(low)})",
            lambda: f"base64encode({sub(low)})",
            lambda: (
                f'"%{{ if {self.truth(low)} }}{self._random.choice(_WORDS)}%{{ else }}n%{{ endif }}"'
            ),
            lambda: f'"%{{ for x in {many(low)} }}[${{x}}]%{{ endfor }}"',
        )

    def number(self, depth: int) -> str:
        if depth <= 0:
            if self._variable():
                return "var.number"
            return self._random.choice(("0", "1", "2", "3", "-1", "10", "2.5"))
        sub, low = self.number, depth - 1
        return self._one_of(
            lambda: f"({sub(low)} {self._random.choice('+-*')} {sub(low)})",
            lambda: f"({sub(low)} % 3)",
            lambda: f"-{sub(0).lstrip('-')}",
            lambda: f"length({self.texts(low)})",
            lambda: f"length({self.table(low)})",
            lambda: f"length({self.text(low)})",
            lambda: f"max({sub(low)}, {sub(low)})",
            lambda: f"min({sub(low)}, {sub(0)})",
            lambda: f"floor({sub(low)})",
            lambda: f"ceil({sub(low)})",
            lambda: f"abs({sub(low)})",
            lambda: f"sum(concat([1], {self.numbers(low)}))",
            lambda: f"({self.truth(low)} ? {sub(low)} : {sub(low)})",
        )

    def truth(self, depth: int) -> str:
        if depth <= 0:
            if self._variable():
                return "var.truth"
            return self._random.choice(("true", "false"))
        sub, low = self.truth, depth - 1
        return self._one_of(
            lambda: f"({self.text(low)} == {self.text(low)})",
            lambda: f"({self.number(low)} != {self.number(low)})",
            lambda: f"({self.number(low)} < {self.number(low)})",
            lambda: f"(!{sub(low)})",
            lambda: f"({sub(low)} && {sub(low)})",
            lambda: f"({sub(low)} || {sub(low)})",
            lambda: f"contains({self.texts(low)}, {self.text(low)})",
            lambda: f"can({self.texts(low)}[{self.number(0)}])",
            lambda: f"startswith({self.text(low)}, {self.text(0)})",
            lambda: f"alltrue([{sub(low)}, {sub(low)}])",
            lambda: f"anytrue([{sub(low)}, {sub(low)}])",
            lambda: f'length(regexall("^a", {self.text(low)})) > 0',
            lambda: f"({self.series(low)} == {self.series(low)})",
            lambda: f"({self.tables(low)} != {self.tables(low)})",
            lambda: f"({self.scalar(low)} == {self.scalar(low)})",
            lambda: f"contains({self.series(low)}, {self.scalar(low)})",
            lambda: f"can(tolist({self.series(low)})[0])",
        )

    def texts(self, depth: int) -> str:
        if depth <= 0:
            if self._variable():
                return "var.texts"
            return self._random.choice(("[]", '["a"]', '["b", "a", "b"]', '["root", ""]'))
        sub, low = self.texts, depth - 1
        return self._one_of(
            lambda: f"[{self.text(low)}, {self.text(low)}]",
            lambda: f"concat({sub(low)}, {sub(low)})",
            lambda: f"distinct({sub(low)})",
            lambda: f"compact({sub(low)})",
            lambda: f"sort({sub(low)})",
            lambda: f"reverse({sub(low)})",
            lambda: f"tolist(toset({sub(low)}))",
            lambda: f"flatten([{sub(low)}, {self.text(low)}, [{sub(low)}]])",
            lambda: f"keys({self.table(low)})",
            lambda: f"values({self.table(low)})",
            lambda: f"split({self.text(0)}, {self.text(low)})",
            lambda: f"setunion({sub(low)}, {sub(low)})",
            lambda: f"setsubtract({sub(low)}, {sub(low)})",
            lambda: f"slice({sub(low)}, 0, 1)",
            lambda: f"({self.truth(low)} ? {sub(low)} : {sub(low)})",
            lambda: f"[for x in {sub(low)} : upper(x) if x != {self.text(0)}]",
            lambda: f'[for k, x in {self.table(low)} : "${{k}}=${{x}}"]',
            lambda: f'formatlist("%s!", {sub(low)})',
            lambda: f"coalescelist({sub(low)}, {sub(low)})",
            lambda: f"[{self.table(low)}, {self.table(low)}][*].a",
            lambda: f"jsondecode(jsonencode({sub(low)}))",
        )

    def numbers(self, depth: int) -> str:
        if depth <= 0:
            if self._variable():
                return "var.numbers"
            return self._random.choice(("[]", "[1]", "[3, 1, 2]"))
        low = depth - 1
        return self._one_of(
            lambda: f"[{self.number(low)}, {self.number(low)}]",
            lambda: f"range({self.number(0)})",
            lambda: f"[for x in {self.texts(low)} : length(x)]",
            lambda: f"[for i, x in {self.numbers(low)} : i * x if i < 2]",
            lambda: f"concat({self.numbers(low)}, {self.numbers(low)})",
        )

    def table(self, depth: int) -> str:
        """A map of strings."""
        if depth <= 0:
            if self._variable():
                return "var.table"
            return self._random.choice(("{}", '{a = "x"}', '{b = "y", a = "z"}'))
        sub, low = self.table, depth - 1
        return self._one_of(
            lambda: f"{{a = {self.text(low)}, c = {self.text(low)}}}",
            lambda: f"merge({sub(low)}, {sub(low)})",
            lambda: f"{{for k, x in {sub(low)} : k => upper(x)}}",
            lambda: f"{{for i, x in {self.texts(low)} : i => x}}",
            lambda: f"zipmap({self.texts(low)}, {self.texts(low)})",
            lambda: f"({self.truth(low)} ? {sub(low)} : {sub(low)})",
            lambda: f"{{({self.text(low)}) = {self.text(low)}}}",
        )

    def scalar(self, depth: int) -> str:
        """A text, a number, a flag or nothing, perhaps of a collection of them."""
        if depth <= 0:
            if self._variable():
                return "var.any"
            return self._random.choice(("1", '"1"', "true", '"true"', "null", '"b"', "2"))
        sub, low = self.scalar, depth - 1
        return self._one_of(
            lambda: f"{self.series(low)}[{self._random.choice('01')}]",
            lambda: f"tolist({self.series(low)})[0]",
            lambda: f"{self.tables(low)}.a",
            lambda: f'lookup({self.tables(low)}, "z", {sub(0)})',
            lambda: f"({self.truth(low)} ? {sub(low)} : {sub(low)})",
            lambda: f"coalesce({sub(low)}, {sub(low)})",
            lambda: f"try({sub(low)}, {sub(low)})",
            lambda: f"one({self.series(low)})",
            lambda: f"element({self.series(low)}, {self.number(0)})",
            lambda: f"tostring({sub(low)})",
        )

    def series(self, depth: int) -> str:
        """A tuple, a list or a set, of whatever."""
        if depth <= 0:
            if self._variable():
                return self._random.choice(("var.series", "var.any"))
            return self._random.choice(("[]", '[1, "b"]', '["b", "a"]', "[2, 1, 2]", "[null, 1]"))
        sub, low = self.series, depth - 1
        return self._one_of(
            lambda: f"[{self.scalar(low)}, {self.scalar(low)}]",
            lambda: f"[{sub(low)}, {self.tables(low)}]",
            lambda: f"tolist({sub(low)})",
            lambda: f"toset({sub(low)})",
            lambda: f"concat({sub(low)}, {sub(low)})",
            lambda: f"({self.truth(low)} ? {sub(low)} : {sub(low)})",
            lambda: f"[for x in {sub(low)} : x if x != {self.scalar(0)}]",
            lambda: f"flatten([{sub(low)}, {sub(low)}])",
            lambda: f"distinct({sub(low)})",
            lambda: f"setproduct({sub(low)}, {sub(0)})",
            lambda: f"setintersection({sub(low)}, {sub(low)})",
            lambda: f"setunion({sub(low)}, {sub(low)})",
            lambda: f"chunklist({sub(low)}, 1)",
            lambda: f"reverse({sub(low)})",
            lambda: f"values({self.tables(low)})",
            lambda: f"keys({self.tables(low)})",
            lambda: f"[{self.tables(low)}, {self.tables(low)}][*]",
            lambda: f"tolist([{self.tables(low)}, {self.tables(low)}])[*].a",
            lambda: f"matchkeys({sub(low)}, {sub(low)}, {sub(0)})",
            lambda: f"coalescelist({sub(low)}, {sub(low)})",
            lambda: f"jsondecode(jsonencode({sub(low)}))",
            lambda: f"yamldecode(yamlencode({sub(low)}))",
        )

    def tables(self, depth: int) -> str:
        """An object or a map, of whatever."""
        if depth <= 0:
            if self._variable():
                return "var.tables"
            return self._random.choice(("{}", "{a = 1}", '{a = "x", b = 2}', "{a = null}"))
        sub, low = self.tables, depth - 1
        return self._one_of(
            lambda: f"{{a = {self.scalar(low)}, b = {self.series(low)}}}",
            lambda: f"tomap({sub(low)})",
            lambda: f"merge({sub(low)}, {sub(low)})",
            lambda: f"({self.truth(low)} ? {sub(low)} : {sub(low)})",
            lambda: f"zipmap({self.texts(low)}, {self.series(low)})",
            lambda: f"{{for k, x in {sub(low)} : k => x}}",
            lambda: f"{{for k, x in {sub(low)} : k => x...}}",
        )
