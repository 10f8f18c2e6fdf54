"""Each thing that can keep the app from starting is one Chinese sentence with the cure."""

from __future__ import annotations

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import start
from tests.start.running import POSIX, free_port, one_sentence, run, unreachable

ROOT = Path(__file__).resolve().parents[2]


def test_an_old_python_is_told_what_it_lacks() -> None:
    code = "import runpy, sys; sys.version_info = (3, 9, 18); runpy.run_path('start.py', run_name='__main__')"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)

    one_sentence(result, "Python 3.11", "3.9")


def test_start_can_be_parsed_by_an_old_python_and_needs_no_package() -> None:
    for name in ("start.py", "installation.py"):
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 6))
        imported = {
            alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        imported |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported <= sys.stdlib_module_names | {"installation"}


def test_a_taken_port_is_named_with_another_to_use(checkout: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        one_sentence(run(checkout, "--port", str(port)), f"端口 {port} 已被占用", f"--port {port + 1}")


def test_an_address_of_another_machine_is_refused(checkout: Path) -> None:
    one_sentence(run(checkout, "--host", "192.0.2.1"), "192.0.2.1 不是本机的地址")


def test_no_network_is_told_with_the_way_without(checkout: Path) -> None:
    (checkout / "requirements.txt").write_text("streamlit==1.67.0\n", encoding="utf-8")

    one_sentence(run(checkout, **unreachable()), "连不上软件包下载源", "--wheels")


def test_a_file_where_the_data_folder_should_be_is_named(checkout: Path) -> None:
    (checkout / "var").write_text("", encoding="utf-8")

    one_sentence(run(checkout), f"{checkout / 'var'} 不可写")


@pytest.mark.skipif(not POSIX, reason="folders of Windows have no write bit")
def test_a_read_only_folder_is_named() -> None:
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
    with tempfile.TemporaryDirectory() as name:  # below the system's folder, which every user may enter
        for file in ("start.py", "installation.py", "requirements.txt"):
            shutil.copy(ROOT / file, name)
        Path(name).chmod(0o555)
        nobody = {"user": 65534} if os.geteuid() == 0 else {}
        result = subprocess.run(
            [python, "-B", "start.py", "--port", "0" + str(free_port())],
            cwd=name, capture_output=True, encoding="utf-8", check=False, **nobody,
        )  # fmt: skip
        Path(name).chmod(0o755)

    one_sentence(result, f"{name} 不可写")


def test_a_python_without_venv_is_told_which_package_it_lacks(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n", encoding="utf-8")

    result = run(fresh, PYTHONPATH=str(tmp_path))

    one_sentence(result, "缺少 venv 模块", "python{}.{}-venv".format(*sys.version_info[:2]))
    assert not (fresh / ".venv").exists()


def test_a_venv_that_is_none_of_ours_is_left_alone(fresh: Path) -> None:
    (fresh / ".venv").mkdir()
    (fresh / ".venv" / "letters.txt").write_text("keep me", encoding="utf-8")

    one_sentence(run(fresh), "不是本程序建立的运行环境")
    assert (fresh / ".venv" / "letters.txt").read_text(encoding="utf-8") == "keep me"


def test_a_demo_that_cannot_be_built_leaves_no_database(checkout: Path) -> None:
    (checkout / "cli.py").write_text("import sys; sys.exit(3)", encoding="utf-8")

    one_sentence(run(checkout), "演示数据没有建成")
    assert list((checkout / "var").iterdir()) == []


def test_a_server_that_ends_at_once_is_told_with_its_exit_code(checkout: Path) -> None:
    (checkout / "streamlit.py").write_text("import sys; sys.exit(7)", encoding="utf-8")

    one_sentence(run(checkout), "没有启动成功", "退出码 7")


@pytest.mark.parametrize("arguments", [["--prot", "8501"], ["--port", "eighty"], ["--port", "70000"], ["wheels"]])
def test_a_mistyped_command_line_shows_the_usage(checkout: Path, arguments: list[str]) -> None:
    result = run(checkout, *arguments)

    assert result.returncode == 2
    assert result.stderr.startswith("看不懂命令行参数")
    assert start.USAGE in result.stderr


def test_help_is_the_usage(fresh: Path) -> None:
    assert run(fresh, "--help").stdout.strip() == start.USAGE


@pytest.mark.skipif(not POSIX, reason="Windows has no signals to a group of processes")
def test_ctrl_c_while_the_demo_is_built_leaves_nothing_half_done(checkout: Path) -> None:
    (checkout / "cli.py").write_text("import time\nprint('building', flush=True)\ntime.sleep(60)\n", encoding="utf-8")
    command = [sys.executable, "start.py", "--port", str(free_port())]
    with subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        while process.stdout.readline() != b"building\n":
            pass
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=30)[1].decode("utf-8")

    assert (process.returncode, errors.strip()) == (130, "已停止。")
    assert list((checkout / "var").iterdir()) == []
