"""Settings of the process: addresses, folders, switches. What a centre *is* stands elsewhere.

Each setting has one name, flat: ``QUEUE_`` and the field in capitals (`port` is ``QUEUE_PORT``).
The composition root calls `read_settings` once and passes the values on. The docstring under a
field is its line in docs/reference/settings.md.
"""

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from queue_server.core.errors import QueueError

PREFIX = "QUEUE_"
_PLAIN: Mapping[str, str] = {"int_parsing": "a whole number", "bool_parsing": "true or false"}
SAMPLE_CENTRE = Path(__file__).parent / "centres" / "an-binh.toml"


class BrokenSettings(QueueError):
    """Settings that cannot be used, with every problem as ``NAME: reason``."""

    code: ClassVar[str] = "broken_settings"

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("expected usable settings, got " + "; ".join(problems))
        self.problems = problems


def _user_folder() -> Path:
    """Where the system keeps the data of programs, by the XDG base directories."""
    data_home = os.environ.get("XDG_DATA_HOME", "")
    base = Path(data_home) if data_home else Path("~/.local/share").expanduser()
    return base / "queue-server"


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _matching(pattern: str, expected: str) -> AfterValidator:
    """A check that names what was expected; the value itself may hold a password."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            message = f"expected {expected}"
            raise ValueError(message)
        return value.rstrip("/")

    return AfterValidator(check)


_REDIS = r"(redis|rediss)://[^/\s].*|unix://\S+"
FolderPath = Annotated[Path, AfterValidator(_absolute)]


def _no_sentinel(value: str) -> str:
    if value.startswith(("redis+sentinel://", "rediss+sentinel://", "sentinel://")):
        message = (
            "expected the address of one server such as redis://host:6379/0, Sentinel is not "
            "supported: give an address that always leads to the master"
        )
        raise ValueError(message)
    return value


RedisUrl = Annotated[
    str,
    AfterValidator(_no_sentinel),
    _matching(_REDIS, "an address such as redis://host:6379/0 or unix:///path/to/socket"),
]
DatabaseUrl = Annotated[
    str,
    _matching(
        r"(sqlite(\+pysqlite)?:///|postgresql(\+psycopg)?://)\S+",
        "an address such as postgresql://user:password@host/name or sqlite:////path/to/file",
    ),
]
WebUrl = Annotated[
    str, _matching(r"https?://[^/\s]+\S*", "an address such as https://queue.example.vn")
]


class _Concern(BaseSettings):
    """One group of settings, read from the environment by their flat names."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )


class ServerSettings(_Concern):
    """Where the server listens and how it is reached."""

    host: str = "0.0.0.0"  # noqa: S104  # boards and kiosks are other machines
    """Address to listen on; `127.0.0.1` keeps the server to its own machine."""
    port: int = Field(default=8080, ge=1, le=65_535)
    """TCP port to listen on."""
    public_url: WebUrl | None = None
    """Address that QR codes on slips lead to; unset, slips carry no QR code."""
    https: bool = False
    """Serve HTTPS too, on a port of its own, with the centre's own authority (`--https`)."""
    https_port: int = Field(default=8443, ge=1, le=65_535)
    """TCP port of HTTPS."""
    https_names: str = ""
    """Names and addresses in the certificate, separated by commas; unset, those of this machine."""
    tls_certificate: FolderPath | None = None
    """Certificate with its chain (PEM) to use instead of the own authority's; needs its key."""
    tls_key: FolderPath | None = None
    """Key of that certificate (PEM, without a password)."""

    @model_validator(mode="after")
    def _certificate_has_a_key(self) -> Self:
        if (self.tls_certificate is None) != (self.tls_key is None):
            message = "QUEUE_TLS_CERTIFICATE and QUEUE_TLS_KEY are set together or not at all"
            raise ValueError(message)
        return self


class StoreSettings(_Concern):
    """Where the journal, the jobs and the records are kept."""

    data_folder: FolderPath = Field(
        default_factory=_user_folder,
        json_schema_extra={"shown": "`~/.local/share/queue-server`"},
    )
    """Folder of the embedded store, the SQLite file, clips and slips; follows `XDG_DATA_HOME`."""
    redis_url: RedisUrl | None = Field(default=None, repr=False)
    """Redis or Valkey that holds the journals; unset, the server starts a private one."""
    jobs_redis_url: RedisUrl | None = Field(default=None, repr=False)
    """Redis or Valkey for the jobs, if not the one of the journals; jobs cannot use a cluster."""
    database_url: DatabaseUrl | None = Field(default=None, repr=False)
    """Database of records and accounts; unset, a SQLite file in the data folder."""
    store_binary: FolderPath | None = None
    """Program to start as the private store; unset, the one that was installed with the server."""


class CentreSettings(_Concern):
    """Which centre this server is for."""

    centre_file: FolderPath = Field(
        default=SAMPLE_CENTRE,
        json_schema_extra={"shown": "the sample centre An Bình"},
    )
    """Centre file read at the first start and by `apply-config`."""


class SpeechSettings(_Concern):
    """Voices beside recordings and espeak-ng."""

    gtts: bool = False
    """Let Google's online voice make clips of calls ahead of time; only numbers and fixed phrases
    are sent over the internet. Kiosks read their pages without it."""
    piper_program: str = "piper"
    """Program of the neural voice Piper, where somebody has installed it."""
    piper_models: FolderPath | None = None
    """Folder with Piper's models, such as `vi_VN-vais1000-medium.onnx`; unset, it is not used.
    A kiosk without espeak-ng on the server is read aloud by it."""


class PrintingSettings(_Concern):
    """How printers are watched."""

    printer_look_s: float = Field(default=2.0, ge=0.2, le=4.0)
    """Seconds between two looks at a printer that is not printing."""
    printer_confirm_s: float = Field(default=15.0, ge=0.2, le=30.0)
    """Seconds for which a printer may keep a paper before nobody knows whether it came out."""


class DossierSettings(_Concern):
    """The dossier system that served citizens are handed over to."""

    dossier_url: WebUrl | None = None
    """Address of the dossier system's interface; unset, dossiers are kept in the local register."""
    dossier_token: SecretStr | None = Field(default=None, repr=False)
    """Token sent to the dossier system; needs `QUEUE_DOSSIER_URL`."""

    @model_validator(mode="after")
    def _token_has_an_address(self) -> Self:
        if self.dossier_token is not None and self.dossier_url is None:
            message = "QUEUE_DOSSIER_TOKEN is set without QUEUE_DOSSIER_URL"
            raise ValueError(message)
        return self


class PushSettings(_Concern):
    """Messages to phones whose screen is off; they need a secure page and the internet."""

    push: bool = True
    """Let phones ask to be told, over the push service of their browser."""
    push_contact: (
        Annotated[
            str, _matching(r"(mailto:|https://)\S+", "mailto:somebody@example.vn, or a web address")
        ]
        | None
    ) = None
    """Whom a push service may ask about the messages; unset, the public address."""
    push_private_endpoints: bool = False
    """Also send to private addresses and plain HTTP: for a push service of one's own, and tests."""


class LogSettings(_Concern):
    """How the server reports what it does."""

    log_format: Literal["plain", "json"] = "plain"
    """`plain` lines for people, `json` lines for a log collector."""


class Settings(BaseModel):
    """All settings, one group per concern."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: ServerSettings = Field(default_factory=ServerSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    centre: CentreSettings = Field(default_factory=CentreSettings)
    speech: SpeechSettings = Field(default_factory=SpeechSettings)
    printing: PrintingSettings = Field(default_factory=PrintingSettings)
    dossiers: DossierSettings = Field(default_factory=DossierSettings)
    push: PushSettings = Field(default_factory=PushSettings)
    log: LogSettings = Field(default_factory=LogSettings)


CONCERNS: Mapping[str, type[_Concern]] = {
    "server": ServerSettings,
    "store": StoreSettings,
    "centre": CentreSettings,
    "speech": SpeechSettings,
    "printing": PrintingSettings,
    "dossiers": DossierSettings,
    "push": PushSettings,
    "log": LogSettings,
}


def read_settings() -> Settings:
    """The settings in the environment.

    Raises:
        BrokenSettings: Some value cannot be used; it names all of them.
    """
    problems: list[str] = []
    concerns: dict[str, _Concern] = {}
    for name, concern in CONCERNS.items():
        try:
            concerns[name] = concern()
        except ValidationError as error:
            problems.extend(_problems(error, concern))
    if problems:
        raise BrokenSettings(tuple(problems))
    return Settings.model_validate(concerns)


def _problems(error: ValidationError, concern: type[_Concern]) -> Iterator[str]:
    for each in error.errors(include_url=False):
        message = each["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        reason = _PLAIN.get(each["type"], message)
        if not each["loc"]:
            yield reason
            continue
        field = str(each["loc"][0])
        is_secret = not concern.model_fields[field].repr
        came = "" if is_secret else f", got {each['input']!r}"
        yield f"{setting_name(field)}: expected {reason.removeprefix('expected ')}{came}"


def setting_name(field: str) -> str:
    """The name in the environment of a field."""
    return f"{PREFIX}{field}".upper()


def unknown_settings(names: Iterable[str]) -> tuple[str, ...]:
    """Names that begin like a setting and are none, each with the one it may be meant for.

    A warning, no error: container platforms set variables such as ``QUEUE_SERVICE_HOST`` for a
    service called "queue".
    """
    known = [setting_name(field) for concern in CONCERNS.values() for field in concern.model_fields]
    unknown = (name for name in sorted(names) if name.startswith(PREFIX) and name not in known)
    return tuple(f"{name} is no setting{_nearest(name, known)}" for name in unknown)


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def settings_reference() -> str:
    """docs/reference/settings.md: every setting with meaning and default."""
    lines = [
        "# Settings",
        "",
        "Settings are environment variables, read once when the server starts.",
        "An empty value counts as unset.",
        "What a centre is (fields, procedures, counters, hours) stands in its "
        "[centre file](centre-file.md) instead.",
    ]
    for concern in CONCERNS.values():
        lines += ["", f"## {concern.__doc__}".rstrip("."), "", "| Name | Meaning | Default |"]
        lines.append("|---|---|---|")
        lines += [_row(field, concern) for field in concern.model_fields]
    return "\n".join([*lines, ""])


def _row(field: str, concern: type[_Concern]) -> str:
    info = concern.model_fields[field]
    extra = info.json_schema_extra
    shown = extra.get("shown") if isinstance(extra, dict) else None
    default = {None: "unset", False: "`false`"}.get(info.default, f"`{info.default}`")
    meaning = " ".join((info.description or "").split())
    return f"| `{setting_name(field)}` | {meaning} | {shown or default} |"
