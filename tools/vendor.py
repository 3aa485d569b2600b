"""Fetch what we did not write again, from npm, as each `vendor.toml` says.

For developers, never for users. Needs npm and uv: fonts are cut to size by fonttools, in an environment of its own.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONT_TOOLS = ("--with", "fonttools==4.68.0", "--with", "brotli==1.2.1")
FOLDERS = (
    ROOT / "src/terreau/web/static/vendor",
    ROOT / "src/terreau/measures/fonts",
    ROOT / "tests/vendor",
)


def main() -> int:
    """Refresh every folder of borrowed files, and say what each holds."""
    for folder in FOLDERS:
        book = folder / "vendor.toml"
        written = book.read_text(encoding="utf-8")
        content = tomllib.loads(written)
        for asset in content["asset"]:
            digest = refresh(folder, asset, content.get("unicodes", ""))
            written = with_digest(written, asset["file"], digest)
            print(f"{asset['name']} {asset['version']}: {asset['file']} {digest[:12]}")
        book.write_text(written, encoding="utf-8")
    return 0


def refresh(folder: Path, asset: dict, unicodes: str) -> str:
    """Write one asset and its licence; return the asset's fingerprint."""
    with tempfile.TemporaryDirectory() as temporary:
        package = unpacked(asset["name"], asset["version"], Path(temporary))
        target = folder / asset["file"]
        target.write_bytes((package / asset["source"]).read_bytes())
        licence = (package / asset.get("licence_source", "LICENSE")).read_text(encoding="utf-8")
        (folder / asset["licence_file"]).write_text(licence, encoding="utf-8")
    if "features" in asset:
        reduce_font(target, unicodes, asset["features"], asset.get("axes", {}))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def unpacked(name: str, version: str, folder: Path) -> Path:
    """Fetch one npm package, checked by npm, and return its folder."""
    packed = subprocess.run(
        ["npm", "pack", "--json", f"{name}@{version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(folder / json.loads(packed.stdout)[0]["filename"]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def reduce_font(path: Path, unicodes: str, features: str, axes: dict) -> None:
    """Keep the letters, features and weights the interface uses."""
    options = [f"--unicodes={unicodes}", f"--layout-features={features}", "--flavor=woff2"]
    fonttools("subset", str(path), *options, f"--output-file={path}")
    if axes:
        limits = [f"{name}={low}:{high}" for name, (low, high) in axes.items()]
        fonttools(
            "varLib.instancer", str(path), *limits, "--no-recalc-timestamp", f"--output={path}"
        )


def fonttools(*arguments: str) -> None:
    """Run one command of fonttools at its pinned version."""
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    command = [uv, "run", "--quiet", "--no-project", *FONT_TOOLS, "fonttools", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def with_digest(written: str, file: str, digest: str) -> str:
    """Return the text of a `vendor.toml` with the fingerprint of one of its files."""
    pattern = rf'(file = "{re.escape(file)}"\n(?:.+\n)*?sha256 = ")[0-9a-f]*(")'
    return re.sub(pattern, rf"\g<1>{digest}\g<2>", written)


if __name__ == "__main__":
    sys.exit(main())
