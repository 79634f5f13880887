"""The names of the parser's nodes that the adapter relies on."""

from collections.abc import Iterator

import tree_sitter
import tree_sitter_hcl

EVERYTHING = """a "b" c {
  # comment
  x = [1, "s", true, null, v.w[0].1, f(1, [2]...), p::q(1), -1 + 2 * 3, c ? 1 : 2, (1)]
  y = { k = 1, "l" : 2, (m) = 3 }
  z = [for k, v in x : v if v]
  o = { for v in x : v => v... }
  s = x.*.a
  t = x[*].a
  h = <<-E
    ${a} %{ if b }c%{ else }d%{ endif } %{ for e in f }g%{ endfor }
  E
  q = "p${a}"
}
"""
NAMES = """
config_file body block identifier string_lit attribute expression comment
literal_value numeric_lit bool_lit null_lit template_expr quoted_template heredoc_template
template_literal template_interpolation template_directive template_if template_if_intro
template_else_intro template_if_end template_for template_for_start template_for_end
collection_value tuple object object_elem variable_expr get_attr index new_index legacy_index
splat attr_splat full_splat function_call function_arguments ellipsis operation
unary_operation binary_operation conditional for_expr for_tuple_expr for_object_expr for_intro
for_cond
"""


def walk(node: tree_sitter.Node) -> Iterator[str]:
    yield node.type
    for child in node.children:
        yield from walk(child)


def test_a_text_with_everything_has_them_all() -> None:
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
    root = parser.parse(EVERYTHING.encode()).root_node
    assert not root.has_error
    assert set(NAMES.split()) <= set(walk(root))
