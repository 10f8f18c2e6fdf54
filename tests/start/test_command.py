"""The command line of start.py, called in this process."""

from __future__ import annotations

import errno
import signal
import socket
from pathlib import Path

import pytest

import start
from installation import Stop

# answers one request, then ends with the exit code in the file "code"
SERVER_ONCE = """
import http.server, pathlib, sys
settings = dict(part[2:].split("=", 1) for part in sys.argv if part.startswith("--"))

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

http.server.HTTPServer((settings["server.address"], int(settings["server.port"])), Answer).handle_request()
sys.exit(int(pathlib.Path("code").read_text(encoding="utf-8")))
"""


@pytest.fixture
def brief(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose server ends as soon as it has answered once; start.py's own folder for this test."""
    (checkout / "streamlit.py").write_text(SERVER_ONCE, encoding="utf-8")
    (checkout / "code").write_text("0", encoding="utf-8")
    monkeypatch.setattr(start, "ROOT", checkout)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return checkout


def test_a_server_that_ends_in_good_order_ends_the_program_so(
    brief: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["--port", str(port)]) == 0
    assert f"链图已启动：http://127.0.0.1:{port}" in capsys.readouterr().out
    assert (brief / "var" / "liantu.duckdb").exists()


def test_a_server_that_breaks_down_is_told_with_its_exit_code(
    brief: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (brief / "code").write_text("9", encoding="utf-8")

    assert start.main(["--port", str(port), "--host", "0.0.0.0"]) == 1
    said = capsys.readouterr()
    assert "同一网络中的任何人都能打开" in said.out
    assert said.err.strip() == "链图意外停止（退出码 9），原因见上方输出。"


def test_a_mistyped_port_is_a_usage_error(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--port", "0"]) == 2
    assert "端口须是 1 到 65535 的整数，不是 0" in capsys.readouterr().err


def test_help_is_no_error(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    assert start.main(["--help"]) == 0
    assert capsys.readouterr().out.strip() == start.USAGE


def test_an_unreadable_file_is_named(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (brief / "requirements.txt").unlink()

    assert start.main([]) == 1
    assert "requirements.txt" in capsys.readouterr().err


def test_ctrl_c_is_one_word_and_an_exit_code(
    brief: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "command", interrupted)

    assert start.main([]) == 130
    assert capsys.readouterr().err.strip() == "已停止。"


def test_the_test_command_passes_its_arguments_on(brief: Path) -> None:
    (brief / "requirements-dev.txt").write_text("-r requirements.txt\n", encoding="utf-8")
    (brief / "tests").mkdir()
    (brief / "tests" / "run.py").write_text("import sys; sys.exit(sys.argv[1:] != ['-k', 'gap'])", encoding="utf-8")

    assert start.main(["test", "-k", "gap"]) == 0
    assert start.main(["test"]) == 1


def test_a_port_that_only_the_administrator_may_use_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr(socket.socket, "bind", refuse)

    with pytest.raises(Stop, match="没有权限使用端口 80：请换一个 1024 以上的端口"):
        start.require_free("127.0.0.1", 80)


def test_a_taken_port_and_a_strange_address_are_told(port: int) -> None:
    with socket.create_server(("127.0.0.1", port)), pytest.raises(Stop, match=f"端口 {port} 已被占用"):
        start.require_free("127.0.0.1", port)
    with pytest.raises(Stop, match="不是本机的地址"):
        start.require_free("192.0.2.1", port)


def test_a_terminated_process_leaves_by_way_of_its_clean_up() -> None:
    with pytest.raises(SystemExit, match="143"):
        start.terminated()
