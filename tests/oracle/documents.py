"""Policy documents made by chance: blocks of one type and key, doubles, variables, what Go escapes."""

import random

WORDS = (
    "a", "b", "*", "arn:aws:iam::*:root", "s3:Get*", "é", "<x>", "&{aws:username}",
    "$${aws:username}", "a/%b", "a/&{x}", "zz", "ZZ", "😀", 'q\\"u',
)  # fmt: skip
LISTS = ("actions", "not_actions", "resources", "not_resources")


class Maker:
    """Makes data sources, some of which take in some of those before them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def documents(self, count: int) -> str:
        """Data sources `d0` and so on."""
        return "".join(self._document(number) for number in range(count))

    def _document(self, number: int) -> str:
        body = 'policy_id = "p"\n' if self._chance(0.3) else ""
        before = [f"data.aws_iam_policy_document.d{n}" for n in range(max(0, number - 5), number)]
        if before and self._chance(0.4):
            body += f"source_policy_documents = [{self._random.choice(before)}.json]\n"
        if before and self._chance(0.3):
            chosen = self._random.sample(before, min(2, len(before)))
            found = ", ".join(f"{each}.minified_json" for each in chosen)
            body += f"override_policy_documents = [{found}]\n"
        body += "".join(self._statement(n) for n in range(self._random.randint(0, 3)))
        return f'data "aws_iam_policy_document" "d{number}" {{\n{body}}}\n'

    def _statement(self, number: int) -> str:
        body = f'sid = "S{number}{self._random.randint(0, 9)}"\n' if self._chance(0.5) else ""
        body += 'effect = "Deny"\n' if self._chance(0.5) else ""
        body += "".join(f"{name} = {self._words(5)}\n" for name in LISTS if self._chance(0.5))
        for kind in ("principals", "not_principals"):
            for _ in range(self._random.choice((0, 0, 1, 2, 4))):
                of = self._random.choice(("AWS", "Service", "*"))
                body += f'{kind} {{\ntype = "{of}"\nidentifiers = {self._words(3)}\n}}\n'
        for _ in range(self._random.choice((0, 1, 3, 6))):
            test = self._random.choice(("StringEquals", "Bool", "ArnLike"))
            key = self._random.choice(("k", "aws:x", "K"))
            written = f'test = "{test}"\nvariable = "{key}"\nvalues = {self._words(3)}\n'
            body += f"condition {{\n{written}}}\n"
        return f"statement {{\n{body}}}\n"

    def _words(self, most: int) -> str:
        words = [self._random.choice(WORDS) for _ in range(self._random.randint(0, most))]
        return "[" + ", ".join(f'"{word}"' for word in words) + "]"

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
