"""The administrator's pages: what a centre is, edited as a draft, previewed, applied.

Start with `tree` (a configuration as plain values), `edits` (a draft is a list of them) and
`drafts` (kept on the server, checked, applied by the command `ApplyConfiguration`). `form` makes
the pages' forms from the configuration's own Structs; `changes` and `effects` say in words what a
draft does. `procedure_*` read and write tables of procedures, `overview` says what needs doing.
"""
