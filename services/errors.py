"""Errors whose message is a complete Chinese sentence for the user; anything else is a fault of the program."""

from __future__ import annotations

from analysis.demand import NotProductive
from analysis.matching import SegmentError
from analysis.presence import NothingToCompare
from analysis.scoring import WeightError
from analysis.search.filter import UnknownFacet
from analysis.validation.panel import UnusablePanel
from chains.load import ChainInvalid
from data.demo import NotDemo, StoreNotEmpty
from data.imports import ImportRefused
from data.regions import UnknownRegion
from data.store import StoreBusy, StoreError
from exports.document.talks import BrokenTalk
from exports.fonts import NoFont
from exports.logo import UnusableLogo
from exports.profiles import UnknownProfile
from exports.yaml_lines import BrokenTemplate
from services.admission import ReasonMissing
from services.catalogue import EmptyCatalogue
from services.catalogue_files import WrongCatalogueFormat
from services.catalogue_versions import VersionFileLost, VersionTaken
from services.context import NoData, NoHome
from services.day_sheet import WrongSheetFormat
from services.expansion_check import WrongPeriod
from services.firm import UnknownFirm
from services.homecoming import NotACatalogue
from services.judging import WrongJudging
from services.known_clusters import WrongClusters
from services.lists import NotOwner, UnknownList, UnusableText
from services.map_file import WrongMapFormat
from services.matching import FirmsChanged, NothingToMatch
from services.outreach import WrongOutreach
from services.package_figures import NotReadable
from services.package_files import PackageFileInvalid
from services.packages import NoChain, PackageRefused, UnknownChain
from services.presence import NotMatched
from services.projects import UnknownProject, WrongEvent
from services.review import WrongDecision
from services.saved_views import NotYourView, UnknownView, ViewTaken
from services.saved_weights import NameTaken, UnknownWeights, UnusableName
from services.scenario import UnknownInScenario
from services.standalone import WrongFirmsFile
from services.table_file import ColumnAbsent
from services.target_search import UnknownChoice
from services.trips import UnknownTrip, WrongDays
from services.visits import NothingToVisit

USER_ERRORS = (
    BrokenTalk,
    BrokenTemplate,
    ChainInvalid,
    ColumnAbsent,
    EmptyCatalogue,
    FirmsChanged,
    ImportRefused,
    NameTaken,
    NoChain,
    NoData,
    NoFont,
    NoHome,
    NotACatalogue,
    NotDemo,
    NotMatched,
    NotOwner,
    NotProductive,
    NotReadable,
    NotYourView,
    NothingToCompare,
    NothingToMatch,
    NothingToVisit,
    PackageFileInvalid,
    PackageRefused,
    ReasonMissing,
    SegmentError,
    StoreError,
    StoreNotEmpty,
    UnknownChain,
    UnknownChoice,
    UnknownFacet,
    UnknownFirm,
    UnknownInScenario,
    UnknownList,
    UnknownProfile,
    UnknownProject,
    UnknownRegion,
    UnknownTrip,
    UnknownView,
    UnknownWeights,
    UnusableLogo,
    UnusableName,
    UnusablePanel,
    UnusableText,
    VersionFileLost,
    VersionTaken,
    ViewTaken,
    WeightError,
    WrongCatalogueFormat,
    WrongClusters,
    WrongDays,
    WrongDecision,
    WrongEvent,
    WrongFirmsFile,
    WrongPeriod,
    WrongSheetFormat,
    WrongJudging,
    WrongMapFormat,
    WrongOutreach,
)

__all__ = ["USER_ERRORS", "StoreBusy"]
