"""The environment .venv: made, mended and filled with the pinned requirements. Standard library only, for start.py."""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

WINDOWS = os.name == "nt"
RUN, DEV = "requirements.txt", "requirements-dev.txt"
PROBE = """import json, sys, sysconfig, importlib.util as u
print(json.dumps([sys.prefix, sys.version_info[:2] >= (3, 11), bool(u.find_spec("pip")), sysconfig.get_path("purelib")]))"""


class Stop(Exception):
    """What keeps the program from going on, and the cure, in one Chinese sentence."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def environment(**extra: str) -> dict[str, str]:
    """Variables for a child: this process's, less those that would lead it to another Python's packages."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**kept, "PYTHONUTF8": "1", "PIP_USER": "0", **extra}


@contextmanager
def child(
    command: Sequence[str | Path], root: Path, *, piped: bool = False, apart: bool = True, **extra: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A child process in ``root`` that never outlives the block; ``piped`` joins its two outputs into one pipe.

    A child that stands apart has a group of its own: Ctrl+C reaches this program alone, which ends the child quietly.
    """
    apart = apart and not WINDOWS
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=root,
        env=environment(**extra),
        stdout=subprocess.PIPE if piped else None,
        stderr=subprocess.STDOUT if piped else None,
        process_group=0 if apart else None,
    ) as process:
        try:
            yield process
        finally:
            end(process, whole_group=apart)


def end(process: subprocess.Popen[bytes], *, whole_group: bool) -> None:
    """Ask the process, or its group, to stop; insist after ten seconds."""
    if WINDOWS:  # it has had the same Ctrl+C; to ask again would be to kill it
        with suppress(subprocess.TimeoutExpired):
            process.wait(3)
    if process.poll() is not None:
        return
    if whole_group:
        os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def call(command: Sequence[str | Path], root: Path, *, apart: bool = True) -> int:
    """Exit code of a child that writes to this console; only one that is not apart may read from it."""
    with child(command, root, apart=apart) as process:
        return process.wait()


def pipe(process: subprocess.Popen[bytes]) -> IO[bytes]:
    """The output of a piped child."""
    if process.stdout is None:
        raise ValueError("the child was not started with piped=True")
    return process.stdout


def venv_python(root: Path) -> Path:
    """Where the environment's own Python lies."""
    return root / ".venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")


def prepare(root: Path, requirements: str, wheels: Path | None = None) -> Path:
    """The Python of an environment that has the requirements: made, mended or completed only where needed."""
    python = ensure_venv(root)
    wanted = fingerprint(root, requirements)
    if read_stamp(root).get(requirements) != wanted:
        require_writable(root)
        install(python, root, requirements, wheels)
        write_stamp(root, requirements)
    return python


def ensure_venv(root: Path) -> Path:
    """The Python of a sound .venv; a missing one is made, a broken one rebuilt."""
    if site_packages(root) is None:
        make_venv(root)
    return venv_python(root)


def site_packages(root: Path) -> Path | None:
    """The package folder of a sound .venv: its Python answers, is its own, has pip and all that was installed."""
    if not venv_python(root).exists():
        return None
    try:
        command = [str(venv_python(root)), "-I", "-c", PROBE]
        probe = subprocess.run(command, capture_output=True, env=environment(), timeout=60, check=True)
        prefix, recent, has_pip, site = json.loads(probe.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    sound = recent and has_pip and (root / ".venv").samefile(prefix)
    return Path(site) if sound and set(read_stamp(root).get("entries", [])) <= installed(Path(site)) else None


def installed(site: Path) -> set[str]:
    """What lies in a package folder, less pip, which a user may renew."""
    return {entry.name for entry in site.iterdir() if not re.match(r"pip\b|__pycache__", entry.name)}


def make_venv(root: Path) -> None:
    """Make .venv anew. Raises Stop if this Python cannot or the folder is not ours to replace."""
    folder = root / ".venv"
    require_writable(root)
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = "{}.{}".format(*sys.version_info[:2])
        raise Stop(
            f"这台机器的 Python 缺少 venv 模块：Debian、Ubuntu 等请先以管理员身份运行 apt install python{version}-venv，"
            "其他系统请用 python.org 的安装包重装 Python。"
        )
    if folder.exists() or folder.is_symlink():
        discard(folder)
    print("正在建立运行环境 .venv …", flush=True)
    with child([sys.executable, "-m", "venv", folder], root, piped=True) as process:
        said = pipe(process).read().decode("utf-8", "replace")
        if process.wait():
            raise Stop(f"运行环境 .venv 没有建成：{last_line(said)}")


def discard(folder: Path) -> None:
    """Remove a broken .venv; one that does not look like an environment is left alone."""
    if not any((folder / name).exists() for name in ("pyvenv.cfg", "bin", "Scripts")):
        raise Stop(f"{folder} 不是本程序建立的运行环境：请把它移走或改名，再运行一次。")
    print("运行环境 .venv 已损坏，正在重建 …", flush=True)
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise Stop(f"损坏的 {folder} 删不掉（{error.strerror}）：请关闭正在运行的链图，手工删除它后再试。") from error


def fingerprint(root: Path, requirements: str) -> str:
    """A hash that changes with the requirements file and those it names."""
    text = (root / requirements).read_text(encoding="utf-8")
    named = [fingerprint(root, name) for name in re.findall(r"^-r\s+(\S+)", text, re.MULTILINE)]
    return hashlib.sha256("\n".join([text, *named]).encode()).hexdigest()


def read_stamp(root: Path) -> dict[str, str | list[str]]:
    """What was installed last: requirements file → fingerprint, and the entries of the package folder."""
    try:
        stamp = json.loads((root / ".venv" / "liantu.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(root: Path, requirements: str) -> None:
    """Note that the requirements, and those they include, are installed now."""
    site = site_packages(root)
    entries = sorted(installed(site)) if site else []
    stamp = {name: fingerprint(root, name) for name in {requirements, RUN}}
    text = json.dumps({**stamp, "entries": entries}, ensure_ascii=False)
    (root / ".venv" / "liantu.json").write_text(text, encoding="utf-8")


def require_writable(folder: Path) -> None:
    """Raise Stop where no file can be made in the folder, which is made if absent."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Stop(f"文件夹 {folder} 不可写（{error.strerror}）：请换到可写的位置，或请管理员授予写权限。") from error


def install(python: Path, root: Path, requirements: str, wheels: Path | None) -> None:
    """Install the pinned requirements, from the folder of wheels alone if there is one."""
    if wheels is not None and not wheels.is_dir():
        raise Stop(f"离线安装包文件夹不存在：{wheels}")
    offline: list[str | Path] = [] if wheels is None else ["--no-index", "--find-links", wheels]
    print("正在安装依赖，首次需要几分钟 …", flush=True)
    pip(python, root, ["install", *offline, "-r", requirements], wheels)


def pip(python: Path, root: Path, arguments: Sequence[str | Path], wheels: Path | None = None) -> None:
    """Run the environment's pip, naming each package on a terminal. Raises Stop with the cause of a failure."""
    options = ["--disable-pip-version-check", "--no-input", "--no-color", "--progress-bar", "off"]
    lines: list[str] = []
    with child([python, "-I", "-m", "pip", *arguments, *options], root, piped=True) as process:
        for raw in pipe(process):
            lines.append(raw.decode("utf-8", "replace"))
            if lines[-1].startswith("Collecting ") and sys.stdout.isatty():
                print(f"\r  {lines[-1].split()[1][:60]:<60}", end="", flush=True)
        code = process.wait()
    if sys.stdout.isatty():
        print("\r" + " " * 62 + "\r", end="", flush=True)
    if code:
        raise Stop(pip_trouble("".join(lines), wheels))


def pip_trouble(said: str, wheels: Path | None) -> str:
    """The Chinese sentence for what pip said."""
    version = "{}.{}".format(*sys.version_info[:2])
    if re.search(r"No space left|Errno 28|磁盘空间不足", said):
        return "安装依赖失败：磁盘空间不足，请腾出约 2 GB 后再试。"
    if re.search(r"Permission denied|Errno 13|Errno 30|Access is denied|拒绝访问", said):
        return "安装依赖失败：没有写入权限，请换一个可写的文件夹，或关闭正在运行的链图后再试。"
    missing = re.search(r"No matching distribution found for (\S+)", said)
    if wheels is not None and missing:
        return (
            f"离线安装包文件夹 {wheels} 中没有适用于本机系统和 Python {version} 的 {missing.group(1)}："
            "请在同样系统、同样 Python 版本且能上网的机器上重新运行 python3 start.py wheels 文件夹。"
        )
    if re.search(r"connection broken|Failed to establish|timed out|ProxyError|SSLError|from versions: none", said):
        return (
            "安装依赖失败：连不上软件包下载源，请检查网络或代理；不能上网的机器，"
            "请先在能上网的机器上运行 python3 start.py wheels 文件夹，再用 --wheels 文件夹 启动。"
        )
    return f"安装依赖失败：{last_line(said)}"


def last_line(said: str) -> str:
    """The last line that is an error, else the last line at all."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "Error"))]
    return (errors or lines or ["没有任何输出"])[-1]
