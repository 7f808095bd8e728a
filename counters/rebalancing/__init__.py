"""Which counter should also serve what: proposals to the manager, each one tried out first.

Read `situation` (the present as plain numbers), then `plan` (the mixed-integer programme) and
`proposals` (each change is rolled out through the real rules before anybody sees it). Nothing
here acts: accepting is a command of the core.
"""
