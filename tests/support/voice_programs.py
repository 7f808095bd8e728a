"""Programs that stand in for the ones a voice runs."""

from pathlib import Path


def stand_in_for_piper(folder: Path) -> str:
    """A program with Piper's arguments, which says everything with espeak-ng; and a model."""
    models = folder / "models"
    models.mkdir()
    (models / "vi_VN-vais1000-medium.onnx").write_bytes(b"weights")
    (models / "vi_VN-vais1000-medium.onnx.json").write_text("{}")
    program = folder / "piper"
    program.write_text('#!/bin/sh\ncat > "$4.txt"; exec espeak-ng -v vi -f "$4.txt" -w "$4"\n')
    program.chmod(0o755)
    return str(program)
