"""The design system: tokens, base templates, the one socket client of all pages.

Start with `queue_server.web.pages` (templates), `static/js/live.js` (the socket client) and the
page `/style`, which shows every component. What is third-party is laid in by `hatch_build.py`.
"""
