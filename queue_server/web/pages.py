"""Pages: Jinja2 templates in the reader's language, with what their modules start from.

Templates of the design system are named alone (`base.html`), those of other packages with the
package (`displays/kiosk/kiosk.html`). Every page extends `base.html`.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

import jinja2
import msgspec
from starlette.responses import HTMLResponse

from queue_server.web.i18n import language_names, languages, translations
from queue_server.web.module_graph import modules_of
from queue_server.web.packages import Package
from queue_server.web.page_messages import Messages, messages_of

DEFAULT_LANGUAGE: Final = "vi"


class Pages:
    """All templates of `packages`; one environment per language.

    Args:
        packages: Folders with pages; the design system's own (`WEB`) must be among them.
        version: What `content_version` answers; part of every static address.
    """

    def __init__(self, packages: Sequence[Package], version: str) -> None:
        self.packages = packages
        self.version = version
        self._modules: dict[str, list[str]] = {}
        self._messages: dict[tuple[str, str], Messages] = {}
        self._environments = {language: self._environment(language) for language in languages()}

    def static_url(self, path: str) -> str:
        """Address of a file, e.g. of ``displays/kiosk/kiosk.js``."""
        return f"/s/{self.version}/{path}"

    def module_urls(self, path: str) -> list[str]:
        """Addresses of a module and of all it imports."""
        return [self.static_url(module) for module in self._modules_of(path)]

    def messages(self, path: str, language: str) -> Messages:
        """Translations of all that a module and its imports say, the later ones included."""
        key = (path, language)
        if key not in self._messages:
            speaking = modules_of(self.packages, path, with_later=True)
            self._messages[key] = messages_of(self.packages, speaking, language)
        return self._messages[key]

    def _modules_of(self, path: str) -> list[str]:
        if path not in self._modules:
            self._modules[path] = modules_of(self.packages, path)
        return self._modules[path]

    def render(
        self,
        name: str,
        *,
        language: str = DEFAULT_LANGUAGE,
        boot: Mapping[str, object] | None = None,
        **context: object,
    ) -> str:
        """HTML of the template `name`.

        Args:
            name: E.g. ``displays/kiosk/kiosk.html``.
            language: A language without a catalogue is answered in English.
            boot: What the page's module starts from, read with `boot.js`; any msgspec value.
            context: Names the template uses.
        """
        known = language if language in self._environments else "en"
        own = {"version": self.version, "language": known, "language_names": language_names()}
        start = {**own, **(boot or {})}
        template = self._environments[known].get_template(name)
        return template.render(boot=start, language=known, **context)

    def response(
        self,
        name: str,
        *,
        language: str = DEFAULT_LANGUAGE,
        boot: Mapping[str, object] | None = None,
        status: HTTPStatus = HTTPStatus.OK,
        **context: object,
    ) -> HTMLResponse:
        """The page as an answer that no cache keeps: it may show what is one citizen's."""
        page = self.render(name, language=language, boot=boot, **context)
        return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})

    def _environment(self, language: str) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=_loader(self.packages),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        catalogue = translations(language)
        environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
        environment.globals.update(
            static_url=self.static_url,
            module_urls=self.module_urls,
            messages=self.messages,
            language_names=language_names(),
        )
        environment.policies["json.dumps_function"] = _dumps
        environment.policies["json.dumps_kwargs"] = {}
        return environment


def _loader(packages: Sequence[Package]) -> jinja2.BaseLoader:
    prefixed = {package.name: jinja2.FileSystemLoader(package.templates) for package in packages}
    return jinja2.ChoiceLoader([jinja2.PrefixLoader(prefixed), prefixed["web"]])


def _dumps(value: object) -> str:
    return msgspec.json.encode(value).decode()
