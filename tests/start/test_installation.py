"""The environment .venv: mended when broken, completed when interrupted, filled from a folder without internet."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import installation
from installation import Stop
from tests.start.running import POSIX, one_sentence, run, unreachable


def without_configuration(venv: Path) -> None:
    (venv / "pyvenv.cfg").unlink()


def with_a_dead_python(venv: Path) -> None:
    python = installation.venv_python(venv.parent)
    python.unlink()
    python.write_bytes(b"no program")
    python.chmod(0o755)


def with_a_package_gone(venv: Path) -> None:
    stamp = json.loads((venv / "liantu.json").read_text(encoding="utf-8"))
    (venv / "liantu.json").write_text(json.dumps({**stamp, "entries": ["gone"]}), encoding="utf-8")


@pytest.mark.parametrize("damage", [without_configuration, with_a_dead_python, with_a_package_gone])
def test_a_broken_environment_is_rebuilt(checkout: Path, damage: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(damage)
    damage(checkout / ".venv")

    python = installation.prepare(checkout, "requirements.txt")

    assert "已损坏，正在重建" in capsys.readouterr().out
    assert installation.site_packages(checkout) is not None
    assert subprocess.run([python, "-m", "pip", "--version"], check=True, capture_output=True).returncode == 0


def test_an_interrupted_installation_is_finished_next_time(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / ".venv" / "liantu.json").write_text("{", encoding="utf-8")

    installation.prepare(checkout, "requirements.txt")

    assert "正在安装依赖" in capsys.readouterr().out
    installation.prepare(checkout, "requirements.txt")
    assert capsys.readouterr().out == ""


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder with one tiny wheel."""
    folder = tmp_path / "离线 安装包"
    folder.mkdir()
    files = {
        "tiny.py": "ANSWER = 42\n",
        "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, "tiny-1.0.dist-info/RECORD"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in {**files, "tiny-1.0.dist-info/RECORD": record}.items():
            archive.writestr(name, text)
    (folder / "tiny-1.0-py3-none-any.whl").write_bytes(buffer.getvalue())
    return folder


def test_a_machine_without_internet_installs_from_the_folder(
    checkout: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "requirements.txt").write_text("tiny==1.0\n", encoding="utf-8")
    for name, value in unreachable().items():
        monkeypatch.setenv(name, value)

    python = installation.prepare(checkout, "requirements.txt", wheels)

    answer = subprocess.run([python, "-c", "import tiny; print(tiny.ANSWER)"], capture_output=True, check=True)
    assert answer.stdout.strip() == b"42"


def test_a_package_missing_from_the_folder_is_named(checkout: Path, wheels: Path) -> None:
    (checkout / "requirements.txt").write_text("tiny==1.0\nlarge==2.0\n", encoding="utf-8")

    one_sentence(run(checkout, "--wheels", str(wheels)), str(wheels), "large==2.0", "重新运行 python3 start.py wheels")


def test_a_folder_of_wheels_that_is_not_there_is_named(checkout: Path) -> None:
    (checkout / "requirements.txt").write_text("tiny==1.0\n", encoding="utf-8")

    one_sentence(run(checkout, "--wheels", "nowhere"), f"离线安装包文件夹不存在：{checkout / 'nowhere'}")


def test_wheels_fetches_what_the_requirements_name(checkout: Path, wheels: Path, tmp_path: Path) -> None:
    (checkout / "requirements.txt").write_text("tiny==1.0\n", encoding="utf-8")

    local = {**unreachable(), "PIP_FIND_LINKS": wheels.as_uri(), "PIP_NO_INDEX": "1"}
    result = run(checkout, "wheels", str(tmp_path / "out"), **local)

    assert result.returncode == 0, result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["tiny-1.0-py3-none-any.whl"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n", "磁盘空间不足"),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'x'\n", "没有写入权限"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching", "连不上软件包下载源"),
        ("Collecting x\nERROR: Hash mismatch\nnotice\n", "安装依赖失败：ERROR: Hash mismatch"),
        ("", "没有任何输出"),
    ],
)
def test_what_pip_says_becomes_one_sentence(said: str, sentence: str) -> None:
    assert sentence in installation.pip_trouble(said, None)


def test_changed_requirements_are_installed_again(checkout: Path) -> None:
    before = installation.fingerprint(checkout, "requirements.txt")
    (checkout / "requirements-dev.txt").write_text("-r requirements.txt\n", encoding="utf-8")
    dev = installation.fingerprint(checkout, "requirements-dev.txt")
    (checkout / "requirements.txt").write_text("tiny==1.0\n", encoding="utf-8")

    assert installation.fingerprint(checkout, "requirements.txt") != before
    assert installation.fingerprint(checkout, "requirements-dev.txt") != dev


@pytest.mark.skipif(not POSIX, reason="Windows has no program that fails without a word")
def test_an_environment_that_cannot_be_made_is_told(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))

    with pytest.raises(Stop, match="没有建成：没有任何输出"):
        installation.make_venv(fresh)
