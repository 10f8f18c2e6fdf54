"""Chain packages from YAML files: read, checked against the model, cached.

A broken file raises ChainInvalid, which names the file, the line and the reason in Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from chains.messages import chinese_reason
from chains.model import Chain
from chains.shared import UnknownReference, with_shared

# libyaml reads a package ten times faster; wheels for every platform have it, a source build may not
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PACKAGES = Path(__file__).parent / "packages"
Location = Sequence[int | str]
MAX_DEPTH = 20


class ChainInvalid(ValueError):
    """A chain file that cannot be used: which file, which line (1-based), and why."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        self.file = file
        self.line = line
        self.reason = reason
        super().__init__(f"产业链文件 {file.name} 第 {line} 行：{reason}")


def chain_ids() -> tuple[str, ...]:
    """Ids of the shipped chains, sorted; a package file is named after its chain's id."""
    return tuple(sorted(path.stem for path in PACKAGES.glob("*.yaml")))


def load_chain(chain_id: str) -> Chain:
    """The shipped chain of this id. Raises KeyError for an unknown id, ChainInvalid for a broken file."""
    if chain_id not in chain_ids():
        raise KeyError(f"没有产业链 {chain_id}；已有：{'、'.join(chain_ids()) or '无'}")
    return _load_cached(PACKAGES / f"{chain_id}.yaml")


def load_all() -> tuple[Chain, ...]:
    """Every shipped chain, in the order of chain_ids(). Raises ChainInvalid for the first broken file."""
    return tuple(load_chain(chain_id) for chain_id in chain_ids())


def load_file(path: Path) -> Chain:
    """The chain written in one YAML file. Raises ChainInvalid with file, line and reason."""
    return _resolved(path, *_read(path), {})


def load_text(text: str, name: str, known: Mapping[str, Chain] | None = None) -> Chain:
    """The chain written in a YAML text; ``name`` stands for its file in what ChainInvalid says.

    ``known``: packages by id that references are sought in before the files.
    """
    path = PACKAGES / name
    return _resolved(path, *_understood(path, text), known or {})


def written_in(text: str, name: str) -> Chain:
    """The chain as a YAML text says it, its references to other packages unresolved. Raises ChainInvalid."""
    return _understood(PACKAGES / name, text)[1]


def _resolved(path: Path, node: yaml.Node, chain: Chain, known: Mapping[str, Chain]) -> Chain:
    try:
        return with_shared(chain, lambda package: known.get(package) or _as_written(package, path.parent))
    except UnknownReference as error:
        raise ChainInvalid(path, _line_of(node, ("shared", error.place)), str(error)) from error


def _as_written(chain_id: str, folder: Path) -> Chain:
    """The package of an id, beside the file that refers to it or shipped, without what it refers to itself."""
    for path in (folder / f"{chain_id}.yaml", PACKAGES / f"{chain_id}.yaml"):
        if path.exists():
            return _shipped(path) if path.parent == PACKAGES else _read(path)[1]
    raise KeyError(chain_id)


@lru_cache(maxsize=64)
def _shipped(path: Path) -> Chain:
    return _read(path)[1]


def _read(path: Path) -> tuple[yaml.Node, Chain]:
    """The file's node tree and the chain as it is written."""
    try:
        return _understood(path, path.read_text(encoding="utf-8"), shipped=path.parent == PACKAGES)
    except UnicodeDecodeError as error:
        raise ChainInvalid(path, 1, "文件不是 UTF-8 编码，请另存为 UTF-8") from error


def _understood(path: Path, text: str, *, shipped: bool = False) -> tuple[yaml.Node, Chain]:
    node, content = _parse(path, text, shipped)
    try:
        return node, Chain.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise ChainInvalid(path, _line_of(node, first["loc"]), chinese_reason(first)) from error


@lru_cache(maxsize=64)
def _load_cached(path: Path) -> Chain:
    chain = load_file(path)
    if chain.id != path.stem:
        raise ChainInvalid(path, 1, f"链 id 是 {chain.id}，与文件名 {path.stem} 不一致")
    return chain


def _parse(path: Path, text: str, shipped: bool) -> tuple[yaml.Node, Any]:
    """The text's node tree (for line numbers) and its plain content; shipped files are known not to unfold."""
    try:
        if not shipped:
            _refuse_unfolding(path, text)
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise ChainInvalid(path, 1, "文件里应是“字段: 值”的列表，却没有读到字段")
        _refuse_repeated_keys(path, node)
        return node, loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = f"YAML 写法有误（{error.problem or '无法解析'}），请检查缩进、冒号和引号"
        raise ChainInvalid(path, mark.line + 1 if mark else 1, reason) from error
    except yaml.YAMLError as error:
        raise ChainInvalid(path, 1, f"YAML 无法读取：{error}") from error


def _refuse_unfolding(path: Path, text: str) -> None:
    """References inside a file, which may unfold without end, and nesting beyond any package's."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise ChainInvalid(path, line, f"不支持 YAML 引用（*{event.anchor}），请把内容写出来")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ChainInvalid(path, line, f"嵌套超过 {MAX_DEPTH} 层，不像产业链文件")


def _refuse_repeated_keys(path: Path, node: yaml.Node) -> None:
    """YAML keeps the last of two equal keys silently; here that is an error."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(path, item)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                raise ChainInvalid(path, key.start_mark.line + 1, f"字段 {key.value} 写了两次")
            seen.add(str(key.value))
            _refuse_repeated_keys(path, value)


def _line_of(node: yaml.Node, location: Location) -> int:
    """Line (1-based) of the deepest node on the way to an error's location."""
    line = node.start_mark.line + 1
    for step in location:
        child = _child(node, step)
        if child is None:
            break
        line, node = child
    return line


def _child(node: yaml.Node, step: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    return None
