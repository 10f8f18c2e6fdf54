"""Why a file, or a wish about a batch, was refused: one Chinese sentence each, cause and cure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


class ImportRefused(ValueError):
    """The file cannot be imported; the message is complete and says what to do."""


class UnreadableFile(ImportRefused):
    """The file's bytes are not what they should be, or larger than can be read safely."""


class UnknownKind(ImportRefused):
    """There is no such kind of table."""

    def __init__(self, kind: str, known: Sequence[str]) -> None:
        super().__init__(f"没有“{kind}”这一类表，可导入的有：{'、'.join(known)}。")
        self.kind = kind


class FictionalStore(ImportRefused):
    """The store holds the fictional demo district, which real facts must not mix with."""

    def __init__(self) -> None:
        super().__init__(
            "这个库里是虚构的演示数据，不能混入真实数据，没有导入。请换一个数据库文件（start.py 或命令行加 --db 新文件，"
            "也可设环境变量 LIANTU_DB），或停止链图后运行 python cli.py demo --clear --yes 清空演示数据，再导入。"
        )


class ColumnsMissing(ImportRefused):
    """Columns that the kind cannot do without were not found."""

    def __init__(self, missing: Sequence[str], recognised: Sequence[str], unmapped: Sequence[str]) -> None:
        found = "、".join(recognised) or "无"
        rest = f"；未识别的列：{'、'.join(unmapped)}" if unmapped else ""
        super().__init__(
            f"缺少必需的列：{'、'.join(missing)}。已识别：{found}{rest}。请修改表头，或用列名对应表指明各列。"
        )
        self.missing, self.recognised, self.unmapped = tuple(missing), tuple(recognised), tuple(unmapped)


class MappingInvalid(ImportRefused):
    """The mapping given by the user names something that does not exist, or two things at once."""


class AsOfMissing(ImportRefused):
    """Facts without a date are no facts; ``proposal`` is the latest date found in the file, if any."""

    def __init__(self, proposal: date | None = None, hint: str = "") -> None:
        proposed = f"文件中最晚的日期是 {proposal}，如数据确实截至该日，可填 {proposal}。" if proposal else ""
        super().__init__(f"文件没有写明数据截止日期：请给出 --as-of 年-月-日。{proposed}{hint}")
        self.proposal = proposal


class AlreadyImported(ImportRefused):
    """The same bytes were imported before and not undone."""

    def __init__(self, batch_id: str, file_name: str, imported_at: str) -> None:
        super().__init__(
            f"这个文件已在 {imported_at} 作为批次 {batch_id}（{file_name}）导入过；如要重来，请先撤回该批次。"
        )
        self.batch_id = batch_id


class UnknownBatch(ImportRefused):
    """No batch of that id, or it has been undone already."""


class UndoRefused(ImportRefused):
    """Later batches rest on this one."""

    def __init__(self, batch_id: str, later: Sequence[str]) -> None:
        super().__init__(f"批次 {batch_id} 的项目已有后续批次补充数据，请先撤回批次 {'、'.join(later)}。")
        self.later = tuple(later)
