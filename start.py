"""Set up and run everything with the standard library alone: the app, its tests, an offline installation.

Works on Linux, macOS and Windows. The syntax is that of Python 3.6, so that an older Python can still say what it lacks.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.buffer.write(
        "链图需要 Python 3.11 或更新的版本，现在运行的是 {}.{}：请安装新版 Python，再用它运行 start.py。\n".format(
            *sys.version_info[:2]
        ).encode("utf-8")
    )
    sys.exit(1)

import argparse
import errno
import http.client
import io
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from installation import DEV, RUN, Stop, call, child, ensure_venv, pip, prepare, require_writable

ROOT = Path(__file__).resolve().parent
USAGE = """用法：
  python3 start.py [--port 8501] [--host 127.0.0.1] [--db 数据库文件] [--wheels 离线安装包文件夹]   启动链图
  python3 start.py test [pytest 参数]   运行全部检查与测试
  python3 start.py wheels 文件夹        下载离线安装包，拷到不能上网的机器上用 --wheels 安装"""


def run(root: Path, port: int, host: str, db: Path, wheels: Path | None) -> int:
    """Set up, build the demo if there is no database, serve until stopped."""
    require_free(host, port)
    python = prepare(root, RUN, wheels)
    if not db.exists():
        build_demo(python, root, db)
    with child(server_command(python, host, port), root, LIANTU_DB=str(db)) as server:
        wait_for(server, host, port)
        shown = f"[{host}]" if ":" in host else host
        if host in {"0.0.0.0", "::"}:
            print("注意：同一网络中的任何人都能打开本程序。")
            shown = "127.0.0.1"
        print(f"链图已启动：http://{shown}:{port} （按 Ctrl+C 停止）", flush=True)
        code = server.wait()
    if code:
        raise Stop(f"链图意外停止（退出码 {code}），原因见上方输出。")
    return 0


def server_command(python: Path, host: str, port: int) -> list[str | Path]:
    """The command that serves the app; no greeting, which would look up the machine's public address."""
    settings = [f"--server.address={host}", f"--server.port={port}", "--logger.hideWelcomeMessage=true"]
    return [python, "-m", "streamlit", "run", "app.py", *settings]


def require_free(host: str, port: int) -> None:
    """Raise Stop where the port cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            cause = f"端口 {port} 已被占用：请关闭占用它的程序（也许链图已经在运行），或换一个端口，例如 --port {port + 1}。"
        elif error.errno == errno.EACCES:
            cause = (
                f"没有权限使用端口 {port}：请换一个 1024 以上的端口，例如 --port {port + 1 if port > 1023 else 8501}。"
            )
        else:
            cause = f"{host} 不是本机的地址：--host 请用 127.0.0.1（只供本机）或 0.0.0.0（供局域网）。"
        raise Stop(cause) from error


def build_demo(python: Path, root: Path, db: Path) -> None:
    """Build the fictional district beside the database's place and move it there once it is complete."""
    require_writable(db.parent)
    print(f"没有找到数据库 {db}，正在建立虚构的演示数据 …", flush=True)
    with tempfile.TemporaryDirectory(prefix="demo-", dir=db.parent) as folder:
        finished = Path(folder, db.name)
        if call([python, "cli.py", "demo", "--db", finished], root):
            raise Stop("演示数据没有建成，原因见上方输出。")
        os.replace(finished, db)
    print(f"演示数据库：{db}", flush=True)


def wait_for(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    """Return once the server answers; it listens before it is ready. Raises Stop if it ended before."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while server.poll() is None:
        connection = http.client.HTTPConnection(near, port, timeout=2)
        try:
            connection.request("GET", "/_stcore/health")
            connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise Stop(f"链图没有启动成功（退出码 {server.returncode}），原因见上方输出。")


def test(root: Path, arguments: Sequence[str]) -> int:
    """Run every check and test, see tests/run.py."""
    return call([prepare(root, DEV), "-m", "tests.run", *arguments], root, apart=False)


def download(root: Path, folder: Path) -> int:
    """Fetch the wheels that this system and Python version need into the folder."""
    require_writable(folder)
    print(f"正在下载离线安装包到 {folder} …", flush=True)
    pip(ensure_venv(root), root, ["download", "--only-binary=:all:", "-d", folder, "-r", RUN])
    print(f"已下载 {len(list(folder.glob('*.whl')))} 个离线安装包：拷到目标机器后运行 python3 start.py --wheels 文件夹")
    return 0


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Stop(f"看不懂命令行参数（{message}）。\n{USAGE}", 2)


def port_number(text: str) -> int:
    """A port from the command line."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"端口须是 1 到 65535 的整数，不是 {text}")
    return int(text)


def command(root: Path, arguments: Sequence[str]) -> int:
    """Carry out one command line; the exit code."""
    if {"-h", "--help"} & set(arguments[:1]):
        print(USAGE)
        return 0
    if arguments[:1] == ["test"]:
        return test(root, arguments[1:])
    if arguments[:1] == ["wheels"] and len(arguments) == 2:
        return download(root, Path(arguments[1]).absolute())
    parser = _Arguments(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", type=port_number, default=8501)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--db", type=Path, default=root / "var" / "liantu.duckdb")
    parser.add_argument("--wheels", type=Path)
    given = parser.parse_args(arguments)
    return run(root, given.port, given.host, given.db.absolute(), given.wheels and given.wheels.absolute())


def terminated(*_: object) -> NoReturn:
    """Leave in good order when the system asks for it, so that no server is left behind."""
    raise SystemExit(143)


def main(arguments: Sequence[str]) -> int:
    """Exit code of the command line; every failure is one sentence on the error output."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    for name in {"SIGTERM", "SIGHUP"} & set(dir(signal)):
        signal.signal(getattr(signal, name), terminated)
    try:
        return command(ROOT, arguments)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"无法读写 {error.filename or ROOT}：{error.strerror or error}。", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
