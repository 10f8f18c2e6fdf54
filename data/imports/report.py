"""What an import did, or would do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from data.store import Store

ISSUE_TITLES = {"severity": "处理", "row_number": "行号", "column_name": "列", "value": "值", "reason": "原因"}
SEVERITY_TITLES = {"rejected": "退回", "flagged": "存疑"}


@dataclass(frozen=True)
class Issue:
    """One row that was rejected or flagged, with the column, the value and the reason."""

    severity: str
    row_number: int
    column_name: str
    value: str | None
    reason: str

    def __str__(self) -> str:
        shown = "" if self.value is None else f"“{self.value[:40]}”"
        return f"{SEVERITY_TITLES[self.severity]} 第 {self.row_number} 行 {self.column_name}{shown}：{self.reason}"


@dataclass(frozen=True)
class ImportReport:
    """Counts of an import.

    n_flagged : different rows with at least one doubtful value; rows whose division code is unknown are not among them
    unknown_codes : division code that is no division → number of rows; these firms keep their city
    mapping : target → column of the file; unmapped : columns of the file that were not used
    issues : the first issues, rejected before flagged; all are in table import_issue (see :func:`issues_frame`)
    n_branches : branch relations that follow from the names of all firms now in the store; None where not derived
    """

    batch_id: str | None
    kind: str
    n_read: int
    n_accepted: int
    n_rejected: int
    n_flagged: int
    mapping: dict[str, str]
    unmapped: tuple[str, ...]
    seconds: float
    unknown_codes: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    reasons: dict[str, int] = field(default_factory=dict)
    n_branches: int | None = None
    dry_run: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The report in Chinese sentences, most important first."""
        lines = [f"列：{'，'.join(f'{target}←{column}' for target, column in self.mapping.items())}"]
        if self.unmapped:
            lines.append(f"未使用的列：{'、'.join(self.unmapped)}")
        lines += self.notes
        lines += [f"{reason}：{count:,} 处" for reason, count in self.reasons.items()]
        if self.unknown_codes:
            rows = sum(self.unknown_codes.values())
            lines.append(f"{len(self.unknown_codes):,} 个区划代码不在区划表中，共 {rows:,} 行，企业保留在所在城市")
        if self.n_branches is not None:
            lines.append(f"由名称推得分支机构关系 {self.n_branches:,} 条（全库）")
        return lines + [str(issue) for issue in self.issues]


def issues_frame(store: Store, batch_id: str) -> pd.DataFrame:
    """All rejected and flagged rows of a batch, for download; columns are Chinese, one row an issue."""
    frame = store.query(
        "SELECT severity, row_number, column_name, value, reason FROM import_issue WHERE batch_id = ? "
        "ORDER BY severity DESC, row_number, column_name",
        [batch_id],
    )
    return frame.replace({"severity": SEVERITY_TITLES}).rename(columns=ISSUE_TITLES)
