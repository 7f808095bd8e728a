"""A neural voice that the operator supplies: Piper as a separate program, with a model file.

The program and the models are not part of this system; run as a program, never linked, since it
is under the GPL. Models are named as their makers name them, ``vi_VN-vais1000-medium.onnx``, with
their ``.onnx.json`` beside them.
"""

import hashlib
import shutil
import subprocess
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Final

from displays.speech.announcement import Clip
from displays.speech.sound import decoded
from displays.speech.voice import Sound, VoiceFailed
from queue_server.core.identifiers import Language

DEADLINE_S: Final = 60.0
"""An old PC takes six seconds to load a model, and one to speak."""


class PiperVoice:
    """Speaks the languages for which the folder has a model."""

    def __init__(
        self, models: Path, program: str = "piper", deadline_s: float = DEADLINE_S
    ) -> None:
        self._models = models
        self._program = program
        self._deadline_s = deadline_s

    name = "piper"

    def speaks(self, language: Language) -> bool:
        """Whether program and model are there."""
        return shutil.which(self._program) is not None and self._model(language) is not None

    def fingerprint(self, clip: Clip) -> tuple[str, ...]:
        """The model, by name, size and the hash of its description."""
        model = self._needed(clip.language)
        try:
            described = model.with_name(f"{model.name}.json").read_bytes()
            size = model.stat().st_size
        except OSError as error:
            message = f"expected a model with its description: {error}"
            raise VoiceFailed(message) from error
        return (model.name, str(size), hashlib.sha256(described).hexdigest())

    def render(self, clip: Clip) -> Sound:
        """The clip, in one to ten seconds."""
        model = self._needed(clip.language)
        with tempfile.TemporaryDirectory(prefix="piper-") as folder:
            file = Path(folder) / "clip.wav"
            self._run(["--model", str(model), "--output_file", str(file)], clip.text)
            try:
                data = file.read_bytes()
            except OSError as error:
                message = f"expected {self._program} to write a file for {clip.text!r}: {error}"
                raise VoiceFailed(message) from error
        return decoded(data)

    def _needed(self, language: Language) -> Path:
        model = self._model(language)
        if model is None:
            message = f"expected a model for {language} in {self._models}"
            raise VoiceFailed(message)
        return model

    def _model(self, language: Language) -> Path | None:
        """The first model of the language, by name."""
        wanted = language.partition("-")[0]
        return next((path for path in self._found if _language_of(path) == wanted), None)

    @cached_property
    def _found(self) -> tuple[Path, ...]:
        return tuple(sorted(self._models.glob("*.onnx")))

    def _run(self, arguments: list[str], text: str) -> None:
        try:
            subprocess.run(  # noqa: S603 (own arguments; the text goes in by stdin)
                [self._program, *arguments],
                input=f"{text}\n".encode(),
                capture_output=True,
                timeout=self._deadline_s,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            message = f"expected {self._program} to speak {text!r}: {error}"
            raise VoiceFailed(message) from error


def _language_of(model: Path) -> str:
    return model.name.partition("-")[0].partition("_")[0]
