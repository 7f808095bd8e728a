"""Paper for people with a screen: PDF sheets, previews of templates, the page that changes them.

Read `routes` first; `documents` finds what a sheet says, `preview` draws drafts, and `samples`
makes up the visit that they show.
"""
