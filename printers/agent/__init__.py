"""The print agent: prints for a server that cannot reach the printer, on the PC it is plugged into.

Start with `print_agent` (what it does), `agent_queue` (what it remembers over a power cut) and
`agent_line` (how it speaks with the server). The server's side is `printers.agent_desk` and
`printers.agent_routes`.
"""
