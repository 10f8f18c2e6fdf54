"""What a chain is: stages, leaf segments and the supply edges between them.

The words are those of an industry-chain map (产业链图谱): 链 chain, 段 stage, 环节 group, 细分 segment.
Firms, projects and sites attach to segments only; a firm is never a node.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,47}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
GbCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,4}$")]


class Kind(StrEnum):
    """What a firm must do to count in a segment."""

    PRODUCTION = "production"
    SERVICE = "service"
    RD = "rd"
    SUPPORT = "support"


class Level(StrEnum):
    """How much the chain depends on a segment."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """A named origin of the package's statements; ``common`` is 领域常识."""

    id: Identifier
    title: Text
    note: str = ""


class Criticality(_Frozen):
    """Level and the reason for it, in one Chinese sentence."""

    level: Level
    reason: Text


class SiteNeeds(_Frozen):
    """What a typical project of the segment asks of a site; only what is known."""

    land: str = ""
    power: str = ""
    environment: str = ""


class Stage(_Frozen):
    """段: an ordered column of the map.

    ``core`` is false for stages of users or helpers whose firms are not the chain's own: they do not count when the
    chain as a whole is compared between regions (a maker of locks buys sintered parts, but is no powder metallurgist).
    """

    id: Identifier
    name: Text
    core: bool = True


class Segment(_Frozen):
    """A leaf (细分) of the map, specific enough to search firms for."""

    id: Identifier
    name: Text
    stage: Identifier
    group: Text
    definition: Text
    kind: Kind = Kind.PRODUCTION
    keywords: tuple[Text, ...] = Field(min_length=1)
    exclusions: tuple[Text, ...] = ()
    gb4754: tuple[GbCode, ...] = ()
    criticality: Criticality
    site: SiteNeeds = SiteNeeds()
    known_firms: tuple[Text, ...] = ()
    rare: str = ""
    sources: tuple[Identifier, ...] = Field(min_length=1)
    shared_from: Annotated[str, Field(exclude=True)] = ""
    """Package and id of the segment that this one stands for (see ``chains.shared``); empty for the chain's own."""


class Shared(_Frozen):
    """A segment of another package that the chain has too, under an id of its own."""

    id: Identifier
    package: Identifier
    segment: Identifier
    stage: Identifier
    group: str = ""


class Edge(_Frozen):
    """Material flow from a supplier segment to a user segment.

    ``weight`` is the share (0-1] of the user's purchased inputs that comes from the supplier.
    """

    supplier: Identifier
    user: Identifier
    weight: Annotated[float, Field(gt=0, le=1)]
    source: Identifier


class Offices(_Frozen):
    """链长, 链主 and 牵头部门: the user's to fill in, empty in a package."""

    chain_leader: str = ""
    anchor_firm: str = ""
    lead_department: str = ""


class Chain(_Frozen):
    """One chain package (产业链), as written in ``chains/packages/<id>.yaml``."""

    id: Identifier
    name: Text
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    valid_from: date
    definition: Text
    offices: Offices = Offices()
    sources: tuple[Source, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    segments: tuple[Segment, ...] = Field(min_length=1)
    shared: tuple[Shared, ...] = ()
    edges: tuple[Edge, ...] = ()

    def segment(self, segment_id: str) -> Segment:
        """The segment with this id; KeyError names the chain and the id."""
        for segment in self.segments:
            if segment.id == segment_id:
                return segment
        raise KeyError(f"产业链“{self.name}”没有环节 {segment_id}")

    @property
    def core_segments(self) -> frozenset[str]:
        """Ids of the segments in core stages: those whose firms are the chain's own."""
        core = {stage.id for stage in self.stages if stage.core}
        return frozenset(segment.id for segment in self.segments if segment.stage in core)

    @property
    def core_kinds(self) -> tuple[Kind, ...]:
        """Kind of each of the segments in core stages."""
        core = self.core_segments
        return tuple(segment.kind for segment in self.segments if segment.id in core)

    def stage_name(self, stage_id: str) -> str:
        """The Chinese name of a stage of this chain."""
        return next(stage.name for stage in self.stages if stage.id == stage_id)
