"""The skeleton of a new package: valid, commented, and marked where people have to write."""

from __future__ import annotations

from datetime import date

from pydantic import TypeAdapter, ValidationError

from chains.checks import UNFILLED
from chains.model import Identifier
from chains.naming import initials
from chains.write import fields_yaml

_TEMPLATE = """# 产业链包：{name}。标有“{todo}”之处须由懂行的人填写；填好后运行 chains check 本文件，没有问题才能保存。
id: {id}
{name_line}
version: 0.1.0            # 每次保存须高于上一版：改词改说明加 0.0.1，增减环节加 0.1.0
valid_from: {day}
definition: >-
  {todo}：一段话说明这条链从什么到什么，哪些不含在内
offices: {{chain_leader: "", anchor_firm: "", lead_department: ""}}   # 链长、链主、牵头部门，由使用单位填写
sources:                  # 标准、统计分类、年报、教材；没有的写领域常识，不要编造
  - {{id: common, title: 领域常识, note: 供应份额按产品构成估计，只表示量级}}
stages:                   # 段：从左到右是上游到下游；core: false 表示用户或辅助，不计入全链
  - {{id: up, name: 上游·原料}}
  - {{id: mid, name: 中游·制造}}
  - {{id: down, name: 下游·应用, core: false}}
segments:                 # 环节（细分）：具体到能据以找到企业，一条链 30–120 个
{segments}
edges:                    # 供应 → 使用；weight 是使用环节外购投入中来自该供应环节的份额，合计不超过 1
  - {{supplier: {p}_material, user: {p}_part, weight: 0.5, source: common}}
  - {{supplier: {p}_part, user: {p}_product, weight: 0.3, source: common}}
"""
_SEGMENT = """  - id: {p}_{key}
    name: {todo}{title}
    stage: {stage}
    group: {todo}           # 同段里的小组
    definition: {todo}      # 制造什么；什么不算（必须写明不算什么）
    keywords: [{todo}{title}]   # 经营范围里的写法和同义词，两个字以上
    exclusions: []        # 含有这些词的不算
    gb4754: []            # 国民经济行业代码，如 "3393"，要加引号
    kind: production      # production 生产，service 服务，rd 研发，support 配套
    criticality: {{level: medium, reason: {todo}}}   # high、medium、low 及理由
    known_firms: []       # 公认属于本环节的企业，只用来检验
    sources: [common]
"""
_SEGMENTS = (("material", "原料", "up"), ("part", "零件", "mid"), ("product", "整机", "down"))


class WrongId(ValueError):
    """A text that cannot be the id of a chain."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"编号“{text}”不合规：以小写字母开头，只含小写字母、数字和下划线，2–48 个字符，如 powder_metallurgy"
        )


def skeleton(chain_id: str, name: str, today: date) -> str:
    """YAML text of a new package with three segments to be replaced. Raises WrongId."""
    try:
        TypeAdapter(Identifier).validate_python(chain_id)
    except ValidationError as error:
        raise WrongId(chain_id) from error
    prefix = (initials(name) or chain_id)[:6]
    prefix = prefix if prefix[0].isalpha() else f"c{prefix}"
    parts = (
        _SEGMENT.format(p=prefix, key=key, title=title, stage=stage, todo=UNFILLED) for key, title, stage in _SEGMENTS
    )
    name_line = fields_yaml({"name": name}).strip().strip("{}")
    return _TEMPLATE.format(
        id=chain_id, name=" ".join(name.split()), name_line=name_line, day=today.isoformat(), todo=UNFILLED, p=prefix,
        segments="".join(parts).rstrip("\n"),
    )  # fmt: skip
