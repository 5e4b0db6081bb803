"""Citation styles: one style, one module, one function `cite(reference) -> runs`, one line in
`citations.citation`."""
