"""The design system: tokens, base templates, the one socket client of all pages."""
