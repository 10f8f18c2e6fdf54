"""The versions of a package: who saved what, when and why; any two compared; any of them restored."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chains.load import chain_ids, load_chain
from chains.model import Chain
from chains.write import as_written, chain_yaml
from exports.formats import moment
from exports.package_xlsx import package_workbook
from pages import cached
from pages.components import table
from pages.components.actions import actor, carry_out, now
from pages.components.downloads import save_button
from pages.components.frame import section
from pages.components.package_map import compare
from pages.components.package_state import give_up
from pages.components.table import html_table
from pages.components.url import choose
from services.packages import next_version, package_versions, save_version, version_of

YAML = "application/yaml"
SHIPPED = "随程序提供"


def show(force: Chain) -> None:
    """The history of the chain in force."""
    section("版本", "最上面是现行版本；比较、下载、恢复都在下面")
    rows = _versions(force.id)
    columns = (
        table.text_column("版本", "version", "lt-main"),
        table.Column(
            "保存时间", "saved_at", lambda row: "—" if row["shipped"] else moment(row["saved_at"]), "lt-short"
        ),
        table.text_column("保存人", "saved_by"),
        table.text_column("原因", "reason", ""),
    )
    st.html(html_table(rows, columns))
    versions = rows.version.tolist()
    words = {version: f"{version}　{why}" for version, why in zip(versions, rows.reason, strict=True)}
    one, two = st.columns(2)
    with one:
        old = choose("从", "old", words, default=versions[min(1, len(versions) - 1)])
    with two:
        new = choose("到", "new", words)
    before, after = _version(force, old), _version(force, new)
    if old != new:
        section(f"{old} → {new}")
        compare(before, after, "package_compare")
    with st.container(horizontal=True, vertical_alignment="center"):
        downloads(before)
        st.button(
            f"恢复 {old} 为现行版本",
            key="package_restore",
            disabled=as_written(before) == as_written(force),
            on_click=_restore,
            args=(force, before),
            help="把旧版内容另存为新版本，历史不变",
        )


def downloads(chain: Chain, label: str = "") -> None:
    """Buttons that save a version as YAML and as a workbook."""
    name, told = f"{chain.id}-{chain.version}{label}", f"{chain.version}{label}"
    save_button(
        f"下载 {told} 产业链包", lambda: chain_yaml(chain).encode("utf-8"), f"{name}.yaml", f"yaml_{name}", mime=YAML
    )
    save_button(f"下载 {told} Excel", lambda: package_workbook(chain), f"{name}.xlsx", f"xlsx_{name}")


def _versions(chain_id: str) -> pd.DataFrame:
    saved = package_versions(cached.store(), chain_id).drop(columns="content").assign(shipped=False)
    if chain_id not in chain_ids():
        return saved
    shipped = {"version": load_chain(chain_id).version, "reason": SHIPPED, "saved_by": SHIPPED, "shipped": True}
    return pd.DataFrame([*saved.to_dict("records"), shipped | {"saved_at": None}])


def _version(force: Chain, version: str) -> Chain:
    return force if version == force.version else version_of(cached.store(), force.id, version)


def _restore(force: Chain, old: Chain) -> None:
    def change() -> str:
        version = next_version(force, old)
        text = chain_yaml(old.model_copy(update={"version": version, "valid_from": now().date()}))
        reason = f"恢复 {old.version} 的内容"
        saved = save_version(cached.store(), text, actor=actor(), reason=reason, at=now(), based_on=force.version)
        give_up(force.id)
        st.query_params.pop("old", None)
        st.query_params.pop("new", None)
        return f"已把 {old.version} 的内容存为 {saved.version}。各页的判定还是按原来的版本，请到数据管理重新匹配。"

    carry_out(change)
