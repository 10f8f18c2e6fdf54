"""What can be wrong with the database file, in words the user can act on."""

from __future__ import annotations

from pathlib import Path


class StoreError(RuntimeError):
    """Base of all errors of the database file; the message is Chinese and complete."""


class StoreBusy(StoreError):
    """Another process holds the file."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"数据库 {path} 正被另一个程序使用。请先关闭正在运行的系统或命令，再试一次。")
        self.path, self.detail = path, detail


class StoreMissing(StoreError):
    """There is no such file and none was to be made."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"数据库 {path} 不存在。请先运行 demo 命令生成演示数据，或用 import 命令导入数据。")
        self.path = path


class StoreDamaged(StoreError):
    """The file cannot be opened as a database."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(f"数据库 {path} 无法打开：{detail}。请检查文件与读写权限，或用 restore 命令从备份恢复。")
        self.path, self.detail = path, detail


class SchemaTooNew(StoreError):
    """A later version of the program wrote the file."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"数据库结构版本为 {found}，本程序只认识到 {known}。请使用更新版本的程序打开。")
        self.found, self.known = found, known


class NestedWrite(StoreError):
    """A write was begun inside another write of the same thread."""

    def __init__(self) -> None:
        super().__init__("同一操作中重复开启了写入。请在已打开的写入中继续，不要再次开启。")


class BackupFailed(StoreError):
    """The copy could not be written or differs from the original."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"备份 {path} 没有完成：{reason}。原数据库没有改动；请检查磁盘空间与读写权限后重试。")
        self.path, self.reason = path, reason


# POSIX, Windows, Windows in Chinese, and the same process with other settings
_HELD = ("Could not set lock", "used by another process", "另一个程序正在使用", "different configuration")


def named(path: Path, text: str) -> StoreError:
    """The named error for what the database said when it could not open the file."""
    return StoreBusy(path, text) if any(phrase in text for phrase in _HELD) else StoreDamaged(path, text)
