"""The checklist of a procedure to take home: a light public page that a code at the kiosk opens."""
