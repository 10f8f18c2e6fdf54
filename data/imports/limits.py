"""How much of a file from outside is read at most; beyond it the file is refused, never cut."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

MAX_XLSX_BYTES = 20 * MEBIBYTE
MAX_XLSX_ENTRIES = 1_000
MAX_XLSX_UNPACKED_BYTES = 200 * MEBIBYTE
MAX_XLSX_RATIO = 100
# below this size a high ratio is harmless: a sheet of few distinct values packs 1 : 200
MAX_RATIO_FREE_BYTES = 20 * MEBIBYTE
XLSX_SECONDS = 180
XLSX_WORKER_BYTES = 1024 * MEBIBYTE

MAX_CSV_BYTES = 2_048 * MEBIBYTE
MAX_PARQUET_BYTES = 4_096 * MEBIBYTE
MAX_ROWS = 20_000_000
MAX_COLUMNS = 300
MAX_TITLE_ROWS = 20

CHUNK_ROWS = 100_000
# a parquet file of a few kilobytes may unfold into terabytes of repeated text
MAX_CHUNK_BYTES = 1_024 * MEBIBYTE
# longer names are no names; longer texts are cut and flagged
MAX_NAME_CHARACTERS = 200
MAX_TEXT_CHARACTERS = 20_000
