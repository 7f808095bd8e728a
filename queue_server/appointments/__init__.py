"""Appointments: booked for a day, checked in by code, QR or phone number."""
