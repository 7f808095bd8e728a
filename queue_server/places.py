"""Where things are kept under the data folder, and where the store and the database are."""

from pathlib import Path

from config.settings import Settings
from queue_server.core.errors import InvalidValue


class Places:
    """Paths under one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def store(self) -> Path:
        """Folder of the embedded store."""
        return self.folder / "store"

    @property
    def spool(self) -> Path:
        """What became of each print job."""
        return self.folder / "spool"

    @property
    def pictures(self) -> Path:
        """Slips and receipts as PNG, named by their jobs."""
        return self.folder / "pictures"

    @property
    def paper(self) -> Path:
        """Folders of printers that are folders, for other programs to fetch pictures from."""
        return self.folder / "paper"

    @property
    def clips(self) -> Path:
        """Spoken clips and their manifests."""
        return self.folder / "clips"

    @property
    def page_speech(self) -> Path:
        """Texts of pages that were read aloud."""
        return self.folder / "clips" / "pages"

    @property
    def voice_packs(self) -> Path:
        """Recorded or prepared voices that were copied in."""
        return self.folder / "voices"

    @property
    def restored(self) -> Path:
        """Left by a restore, until the first start after it has sent the numbers ahead."""
        return self.folder / "restored"

    @property
    def backed_up(self) -> Path:
        """When the newest backup was made, and how large it is."""
        return self.folder / "backed-up.json"

    @property
    def secret(self) -> Path:
        """Random bytes that key the hashes of identities."""
        return self.folder / "secret"

    @property
    def tls(self) -> Path:
        """The centre's own authority, the server's certificate and their keys."""
        return self.folder / "tls"

    @property
    def push_key(self) -> Path:
        """The key by which push services know this server."""
        return self.folder / "push.key"

    @property
    def clock(self) -> Path:
        """The scaled clock of a demo; absent where the machine's time counts."""
        return self.folder / "clock.json"

    @property
    def demo_kiosk(self) -> Path:
        """Token of the demo's kiosk."""
        return self.folder / "demo-kiosk"

    @property
    def running_store(self) -> Path:
        """File with the address of the private store while a server runs."""
        return self.folder / "store.url"

    def database_url(self, settings: Settings) -> str:
        """The configured database, or the SQLite file."""
        return settings.store.database_url or f"sqlite:///{self.folder / 'queue.sqlite3'}"

    def store_url(self, settings: Settings) -> str:
        """The configured store, or the private one of the server that runs on this folder.

        Raises:
            InvalidValue: None is configured and no server runs.
        """
        if settings.store.redis_url is not None:
            return settings.store.redis_url
        if self.running_store.exists():
            return self.running_store.read_text(encoding="utf-8").strip()
        message = f"expected QUEUE_REDIS_URL, or a server running on {self.folder}"
        raise InvalidValue(message)

    def jobs_url(self, settings: Settings) -> str:
        """Where RQ keeps its queues."""
        return settings.store.jobs_redis_url or self.store_url(settings)
