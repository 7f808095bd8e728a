"""One gTTS request in its own process: text on stdin, language as argument, mp3 on stdout.

A process, because gTTS can block for minutes and only killing it ends that. Exit status 1 with
one line on stderr when there is no audio.

gTTS 2.5.4 sends every request with `verify=False`: anybody on the line could speak in the
lobby. It offers no setting, so the session class it uses is replaced, here and only here, by
one that always verifies; `REQUESTS_CA_BUNDLE` names other authorities than the usual ones.
"""

import io
import os
import sys
from typing import Any

import gtts
import gtts.tts

CHUNK_TIMEOUTS_S = (2, 4)
"""Connect and read; the parent's deadline bounds the whole."""


def _verifying(session_class: Any) -> Any:  # noqa: ANN401 (classes of an untyped library)
    class VerifyingSession(session_class):  # type: ignore[misc]
        """Verifies whatever it is told."""

        def send(self, request: object, **options: object) -> object:
            options["verify"] = os.environ.get("REQUESTS_CA_BUNDLE") or True
            return super().send(request, **options)

    return VerifyingSession


def main(language: str) -> int:
    """Speak stdin; the exit status."""
    gtts.tts.requests.Session = _verifying(gtts.tts.requests.Session)
    audio = io.BytesIO()
    text = sys.stdin.buffer.read().decode()
    try:
        speech = gtts.gTTS(text, lang=language, lang_check=False, timeout=CHUNK_TIMEOUTS_S)
        speech.write_to_fp(audio)
    except (gtts.gTTSError, AssertionError, ValueError, OSError) as error:
        cause = error.__context__
        sys.stderr.write(f"{error}" + (f" ({cause})" if cause else ""))
        return 1
    sys.stdout.buffer.write(audio.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
