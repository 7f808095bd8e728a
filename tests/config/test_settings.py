"""Settings come from the environment, and what is wrong with them is said at once."""

from pathlib import Path

import pytest

from config.centre_file import load_centre
from config.settings import (
    CONCERNS,
    BrokenSettings,
    Settings,
    StoreSettings,
    read_settings,
    setting_name,
    unknown_settings,
)


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for concern in CONCERNS.values():
        for field in concern.model_fields:
            monkeypatch.delenv(setting_name(field), raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/an")


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()

    assert settings.server.port == 8080
    assert settings.store.redis_url is None
    assert settings.store.data_folder == Path("/home/an/.local/share/queue-server")
    assert not settings.speech.gtts
    assert settings.log.log_format == "plain"
    assert load_centre(settings.centre.centre_file).id == "an-binh"


def test_flat_names_reach_their_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_REDIS_URL", "rediss://user:secret@store:6380/1")
    monkeypatch.setenv("QUEUE_JOBS_REDIS_URL", "unix:///run/jobs.sock")
    monkeypatch.setenv("QUEUE_DATABASE_URL", "postgresql+psycopg://queue@db/queue")
    monkeypatch.setenv("QUEUE_PUBLIC_URL", "https://queue.an-binh.vn/")
    monkeypatch.setenv("QUEUE_PORT", "443")
    monkeypatch.setenv("QUEUE_GTTS", "on")
    monkeypatch.setenv("QUEUE_DOSSIER_URL", "http://dossiers.local/api")
    monkeypatch.setenv("QUEUE_DOSSIER_TOKEN", "secret")
    monkeypatch.setenv("QUEUE_LOG_FORMAT", "json")

    settings = read_settings()

    assert settings.store.redis_url == "rediss://user:secret@store:6380/1"
    assert settings.store.jobs_redis_url == "unix:///run/jobs.sock"
    assert settings.store.database_url == "postgresql+psycopg://queue@db/queue"
    assert settings.server.public_url == "https://queue.an-binh.vn"
    assert settings.server.port == 443
    assert settings.speech.gtts
    assert settings.dossiers.dossier_token is not None
    assert settings.dossiers.dossier_token.get_secret_value() == "secret"
    assert settings.log.log_format == "json"
    assert "secret" not in repr(settings)


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_REDIS_URL", "")

    assert read_settings().store.redis_url is None


def test_paths_are_absolute_and_know_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_CENTRE_FILE", "~/centre.toml")
    monkeypatch.setenv("QUEUE_DATA_FOLDER", "data")

    settings = read_settings()

    assert settings.centre.centre_file == Path("/home/an/centre.toml")
    assert settings.store.data_folder == Path.cwd() / "data"


def test_the_data_folder_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/share")

    assert read_settings().store.data_folder == Path("/srv/share/queue-server")


def test_all_wrong_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_PORT", "tcp://10.0.0.1:80")
    monkeypatch.setenv("QUEUE_PUBLIC_URL", "queue.an-binh.vn")
    monkeypatch.setenv("QUEUE_REDIS_URL", "http://user:secret@store")
    monkeypatch.setenv("QUEUE_DATABASE_URL", "postgres://user:secret@db/queue")
    monkeypatch.setenv("QUEUE_GTTS", "perhaps")
    monkeypatch.setenv("QUEUE_DOSSIER_TOKEN", "secret")
    monkeypatch.setenv("QUEUE_LOG_FORMAT", "xml")

    with pytest.raises(BrokenSettings) as refusal:
        read_settings()

    assert refusal.value.problems == (
        "QUEUE_PORT: expected a whole number, got 'tcp://10.0.0.1:80'",
        "QUEUE_PUBLIC_URL: expected an address such as https://queue.example.vn, "
        "got 'queue.an-binh.vn'",
        "QUEUE_REDIS_URL: expected an address such as redis://host:6379/0 "
        "or unix:///path/to/socket",
        "QUEUE_DATABASE_URL: expected an address such as "
        "postgresql://user:password@host/name or sqlite:////path/to/file",
        "QUEUE_GTTS: expected true or false, got 'perhaps'",
        "QUEUE_DOSSIER_TOKEN is set without QUEUE_DOSSIER_URL",
        "QUEUE_LOG_FORMAT: expected 'plain' or 'json', got 'xml'",
    )


@pytest.mark.parametrize("scheme", ["redis+sentinel", "rediss+sentinel", "sentinel"])
def test_sentinel_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("QUEUE_REDIS_URL", f"{scheme}://user:secret@store/main")

    with pytest.raises(BrokenSettings, match="Sentinel is not supported: give an address") as said:
        read_settings()

    assert "secret" not in said.value.message


@pytest.mark.parametrize("port", ["0", "65536"])
def test_a_port_is_1_to_65535(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("QUEUE_PORT", port)

    with pytest.raises(BrokenSettings, match=r"QUEUE_PORT: expected .*, got '"):
        read_settings()


@pytest.mark.parametrize("name", ["QUEUE_TLS_CERTIFICATE", "QUEUE_TLS_KEY"])
def test_a_certificate_and_its_key_belong_together(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "/etc/queue/server.pem")

    with pytest.raises(BrokenSettings, match="are set together or not at all"):
        read_settings()


def test_a_misspelt_setting_is_noticed() -> None:
    assert unknown_settings(["QUEUE_PROT", "QUEUE_PORT", "PATH"]) == (
        "QUEUE_PROT is no setting; did you mean QUEUE_PORT?",
    )


def test_settings_can_be_made_without_an_environment() -> None:
    settings = Settings(store=StoreSettings(data_folder=Path("/srv/queue")))

    assert settings.store.data_folder == Path("/srv/queue")
