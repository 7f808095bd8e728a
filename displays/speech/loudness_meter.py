"""How loud a sound is to people: integrated loudness by ITU-R BS.1770-4, in LUFS.

A mono sound comes out of both loudspeakers of a pair, as browsers and sound cards play it, and is
measured so: 3 dB more than one channel alone.
"""

from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy.signal import lfilter

from displays.speech.voice import Samples, Sound

_RATE_HZ: Final = 48_000
"""The standard gives its filters for this rate."""
_SHELF_B: Final = (1.53512485958697, -2.69169618940638, 1.19839281085285)
_SHELF_A: Final = (1.0, -1.69065929318241, 0.73248077421585)
_HIGH_PASS_B: Final = (1.0, -2.0, 1.0)
_HIGH_PASS_A: Final = (1.0, -1.99004745483398, 0.99007225036621)
_BLOCK_S, _STEP_S = 0.4, 0.1
_ABSOLUTE_GATE_LUFS: Final = -70.0
_RELATIVE_GATE_LU: Final = -10.0
_CHANNELS: Final = 2


def loudness_lufs(sound: Sound) -> float:
    """Integrated loudness; −70 for what is silent or shorter than 0.4 s."""
    powers = _block_powers(_weighted(sound))
    loud = powers[_lufs(powers) > _ABSOLUTE_GATE_LUFS]
    if not len(loud):
        return _ABSOLUTE_GATE_LUFS
    gate = float(_lufs(np.array([loud.mean()]))[0]) + _RELATIVE_GATE_LU
    kept = loud[_lufs(loud) > gate]
    return float(_lufs(np.array([kept.mean()]))[0])


def _weighted(sound: Sound) -> Samples:
    """K-weighted: as ears weigh high and low."""
    samples = sound.samples
    if sound.rate_hz != _RATE_HZ:
        samples = soxr.resample(samples, sound.rate_hz, _RATE_HZ)
    shelved = lfilter(_SHELF_B, _SHELF_A, samples.astype(np.float64))
    return np.asarray(lfilter(_HIGH_PASS_B, _HIGH_PASS_A, shelved), dtype=np.float32)


def _block_powers(samples: Samples) -> NDArray[np.float64]:
    block, step = round(_BLOCK_S * _RATE_HZ), round(_STEP_S * _RATE_HZ)
    squares = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    starts = np.arange(0, len(samples) - block + 1, step)
    return np.asarray(_CHANNELS * (squares[starts + block] - squares[starts]) / block)


def _lufs(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(powers, 1e-12)))
