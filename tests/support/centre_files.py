"""The smallest centre file that has no problems, for tests that change one thing in it."""

SMALL_CENTRE = """
id = "hoa-binh"
name = { vi = "Trung tâm Hòa Bình" }
languages = ["vi"]

[hours.weekdays]
mon = [{ opens = "07:30", tickets_until = "11:00", closes = "11:30" }]

[zones.hall]
name = { vi = "Sảnh" }

[fields.land]
name = { vi = "Đất đai" }
series = { letter = "D" }
zone = "hall"

[procedures."1.013978"]
field = "land"
name = { vi = "Đăng ký đất đai" }

[counters.one]
number = "1"
zone = "hall"
profile = { fields = { land = "primary" } }
"""


def changed(*changes: tuple[str, str]) -> bytes:
    """The small centre with each first text, which must be there, replaced by the second."""
    text = SMALL_CENTRE
    for old, new in changes:
        if old not in text:
            message = f"expected {old!r} in the small centre"
            raise ValueError(message)
        text = text.replace(old, new, 1)
    return text.encode()
