"""Our loudness meter against that of ffmpeg: ``python -m tests.loudness_reference``.

Every clip and every voice is levelled by our own meter, and checked by it. Here another one, the
filter `ebur128` of ffmpeg, hears the same announcements. It needs ffmpeg and espeak-ng; where there
is no ffmpeg nothing is compared, and it says so. That the meter keeps to the standard is tested
without it: `tests/displays/speech/test_loudness.py`.
"""
