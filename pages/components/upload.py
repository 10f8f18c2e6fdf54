"""A file that was uploaded: its digest, and itself on disk for as long as it is read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

_DIGEST = "upload_digest"


class Upload:
    """An uploaded file; reading 400 MB anew in every run is spared where the upload is still the same."""

    def __init__(self, uploaded: UploadedFile) -> None:
        self._uploaded = uploaded

    @property
    def digest(self) -> str:
        """SHA-256 of the name and the content; kept for the upload."""
        kept = st.session_state.get(_DIGEST)
        if kept is None or kept[0] != self._uploaded.file_id:
            content = hashlib.sha256(self._uploaded.name.encode("utf-8") + b"\0")
            content.update(self._uploaded.getbuffer())
            kept = (self._uploaded.file_id, content.hexdigest())
            st.session_state[_DIGEST] = kept
        return str(kept[1])

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """A path that holds the file, under its own name, inside the block."""
        with tempfile.TemporaryDirectory(prefix="liantu-upload-") as folder:
            path = Path(folder) / Path(self._uploaded.name).name
            path.write_bytes(self._uploaded.getbuffer())
            yield path
