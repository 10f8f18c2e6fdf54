"""The verbs of business scopes, what each means for a firm's role, and how a phrase begins or ends with them."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from analysis.matching.normalise import JOINT

# What a verb says the firm does. One bit each, so that "研发、生产、销售" is one number.
MAKE, PROCESS, GROW, RD, DESIGN, TRADE, OPERATE, INSTALL = (1 << n for n in range(8))
REPAIR, LEASE, SERVE, MOVE, STORE, TEST, BUILD, COLLECT, INVEST, AGENCY, FINISH, CONSULT = (
    1 << n for n in range(8, 20)
)
RUN, EXTRACT, ACQUIRE = (1 << n for n in range(20, 23))

MAKING = MAKE | PROCESS
SERVING = SERVE | MOVE | STORE | TEST | REPAIR | INSTALL | LEASE | COLLECT | BUILD | DESIGN | OPERATE | INVEST | RUN

_WORDS: dict[int, str] = {
    # 制售 and 产销 say two things at once, see _COMPOUND
    MAKE: "生产 制造 制作 加工制造 自产 组装 装配 总装 改装 冶炼 轧制 织造 编织 缝制 酿造 烧制 烘焙 压制 配制 调制 灌装 制取 酿制 制备 承制 产",
    # working on a material for others or for oneself: counts as making what it is said of
    PROCESS: "加工 深加工 精加工 初加工 粗加工 精深加工 来料加工 来样加工 代加工 代工 再加工 定制加工 铸造 锻造 锻压 冲压 压铸 注塑 "
    "焊接 铆焊 铆接 净制 切制 炒制 炙制 蒸制 煅制 煮制 压延 拉丝 磨制 研磨 粉碎 定制 订制 初制 精制 提炼 提纯 熔炼 碾压 预制 再造 来料装配 洗选 磁选 浮选 精选 选矿 雕刻 提取 萃取",
    # one step done to a thing that somebody else made
    FINISH: "切割 喷涂 电镀 热处理 分切 剪切 裁剪 烘干 抛光 打磨 表面处理 喷漆 喷砂 涂装 酸洗 镀锌 晾晒 分拣 分级 筛选",
    GROW: "种植 养殖 培植 种殖 养植 栽植 栽种 繁养 采摘 饲养 繁育 繁殖 培育 栽培 选育 育种 育苗 放养 育肥 散养 圈养 放牧 种养殖 种养 孵化 扩繁 制种 良种繁育 捕捞 采集 驯养 组培 扦插",
    RD: "研发 开发 研究 研制 技术开发 技术研发 技术研究 试制 研究开发 开发研究 科研 研究与试验发展 产品开发 开发设计",
    DESIGN: "设计 外观设计 结构设计",
    TRADE: "销售 购进 销 批发 零售 经销 代销 购销 贸易 批零 批零兼营 批兼零 批发兼零售 零售兼批发 兼零售 兼批发 进出口 采购 供应 出口 进口 专卖 "
    "直销 自销 代购 代购代销 购买 订购 展销 分销 网售 售卖 寄售 内销 外销 国内贸易 对外贸易 转口贸易 调拨 运销 供销 销 售 营销 "
    "进出口业务 进出口贸易 租售 买卖 邮购 网上销售 互联网销售 网络销售 线上销售 在线销售 零售业务 批发业务 零售业 批发业 零",
    # says nothing of what is done with the goods, in practice selling them
    OPERATE: "经营 主营 兼营 自营 经营销售 销售经营 业务经营",
    INSTALL: "安装 调试 装修 装饰 装璜 装潢 改造 安装施工 施工安装 拆装 安拆 布线 升级改造",
    REPAIR: "维修 修理 维护 保养 检修 维保 养护 售后服务 售后 维修服务 修配 大修 年检 翻新 修补 翻修",
    LEASE: "租赁 出租 经营租赁 融资租赁 租赁服务 出租服务",
    SERVE: "服务 技术服务 技术支持 服务外包 运维 清洗 清洁 分装 印刷 配套服务 应用 展示 展览",
    # advice about a thing is not the thing done
    CONSULT: "咨询 技术咨询 技术转让 转让 培训 推广 管理 策划 信息咨询 信息服务 指导 引进 监理 技术推广 交流 技术交流 咨询服务 推广应用 "
    "技术推广服务 鉴定评估 评估",
    MOVE: "运输 货运 客运 配送 物流 搬运 装卸 储运 运送 托运 驳运 运输服务 物流配送 物流服务 配送服务",
    STORE: "仓储 储存 贮存 储藏 存储 保管 储备 仓储服务 堆存 冷储 贮藏",
    TEST: "检测 检验 测试 监测 检定 校准 认证 鉴定 试验 化验 探伤 质检 检验检测 检测服务 检验服务 计量检定",
    BUILD: "施工 建设 承包 承建 建造 总承包 专业承包 铺设 敷设 架设 拆除 工程施工 施工总承包 建筑施工 搭建 劳务分包 分包 设计施工 搭设 承装 承修 承试 涂装施工 防腐施工",
    COLLECT: "回收 拆解 处理 利用 综合利用 处置 收集 清运 再生 循环利用 再利用 回收利用 梯次利用",
    INVEST: "投资 投资建设 开发经营 投资管理 投资开发",
    RUN: "运营 运营管理 经营管理 建设运营",
    EXTRACT: "开采 采掘 采矿 露天开采 地下开采 挖掘",
    AGENCY: "代理 中介 代办 经纪 代理服务 居间",
}
_COMPOUND = {
    "制售": MAKE | TRADE,
    "产销": MAKE | TRADE,
    "自产自销": MAKE | TRADE,
    "加工销售": PROCESS | TRADE,
    "产供销": MAKE | TRADE,
    "现场制售": MAKE | TRADE,
    "销售代理": TRADE | AGENCY,
    "代理销售": TRADE | AGENCY,
    "佣金代理": TRADE | AGENCY,
    "收购": TRADE | ACQUIRE,
    "统购": TRADE | ACQUIRE,
    "屠宰": FINISH,
    "宰杀": FINISH,
    "采选": EXTRACT | PROCESS,
    "收储": STORE | TRADE,
    "研制生产": RD | MAKE,
    "设计研发": RD | DESIGN,
    "研发设计": RD | DESIGN,
    "种植销售": GROW | TRADE,
    "养殖销售": GROW | TRADE,
    "生产经营": MAKE | OPERATE,
    "修造": MAKE | REPAIR,
    "选冶": EXTRACT | PROCESS,
    "采选冶": EXTRACT | PROCESS,
    "制安": MAKE | INSTALL,
    "制作安装": MAKE | INSTALL,
    "销售安装": TRADE | INSTALL,
}

VERBS: MappingProxyType[str, int] = MappingProxyType(
    {word: bit for bit, words in _WORDS.items() for word in words.split() if len(word) > 1}
    | {f"{word}加工": FINISH for word in _WORDS[FINISH].split()}
    | _COMPOUND
)
#: Verbs that never govern the noun right behind them: 焊接钢管, 包装用品, 检验仪器, 管理软件 are kinds of things.
_NEVER_LEADING = (
    "展览 检验 测试 监测 试验 化验 物流 装饰 印刷 仓储 处理 管理 培训 储运 清洗 清洁 应用 展示 咨询 认证 鉴定 计量检定 贸易 服务 技术服务 配送 监理 "
    "铸造 锻造 锻压 冲压 压铸 注塑 压延 拉丝 研磨 预制 翻新 定制 回收 再生 利用 货运 客运 营销 探伤 质检 孵化 防腐 自产 零售业 批发业 "
    "编织 织造 缝制 酿造 烧制 冶炼 轧制 改装 装配 总装 焊接 铆焊 采摘 采集 捕捞 装璜 装潢 国内贸易 对外贸易 销售代理 投资 运营 建设 施工 烘焙 织造 育种 科研 转让 交流 指导 配制 压制 保管 评估 外销 内销 分包 代工 灌装 产品开发 育苗 存储 洗选 磁选 浮选 精选 选矿 采选 雕刻 提取 萃取 修补 挖掘 采掘 采矿"
).split() + _WORDS[FINISH].split()
#: Verbs that also stand before a noun to name a kind of thing: 检测设备, 加工中心, 装修材料.
_MODIFYING = (
    "加工 检测 运输 装修 安装 养殖 种植 饲养 维修 供应 采购 储存 研究 设计 经营 粉碎 组装 培育 繁育 维护 保养 出口 进口 进出口 租赁 推广 栽培 "
    "深加工 冶炼 轧制 收集 调试 修理"
).split()
#: What such a verb then modifies; the verb counts only if something more than these words follows it.
_GENERIC = (
    "设备 机械 机 仪器 仪表 仪 中心 技术 软件 材料 服务 工程 业 装置 系统 器材 工具 用品 资料 企业 单位 部门 人员 车间 基地 厂 场 工艺 "
    "场所 许可 性 型 区 站 点 平台 方案 管理 车辆 车 公司 成套 专用 辅助 零配件 配件 部件 附件 耗材 用 所用 所需 信息 理论 院 所 品 商 件 耗 及 与 和 的 研发 咨询"
).split()
#: After these verbs, which mostly do govern what follows (生产设备, 制造机械), only what can be nothing else.
#: After these, such a word at the beginning of what follows is enough (运输机械变速器, 检测仪器探头).
_LOOSE_VERBS = "运输 检测 养殖 种植 饲养 储存 收集 栽培 繁育 培育".split()
_APPARATUS = "设备 机械 仪器 仪表 装置 中心 技术 软件 车辆 工具 器材 系统 机 车 用".split()
_MAKING_VERBS = "生产 制造 制作 研发 开发".split()
_GENERIC_OF_MAKING = "资料 线 企业 单位 部门 人员 车间 基地 厂 场 许可 许可证 性 型 区 所需 用 所用 经营 活动 管理 业 中心 商 技术 工艺 及 与 和 的".split()
_JOINS = ["及其", "以及", "及", "与", "和", "并", "兼", "或", "且", "/", "-", "、", "，", ".", " ", JOINT]
_FRAMES = (
    "专业从事 主要从事 从事 承揽 承接 承办 提供 开展 进行 专业 主要 受托 委托 接受委托 自主 组织 组织成员 开展成员 本公司 本企业 "
    "现场 网上 互联网 线上 在线 网络 对外 国内 以 为成员 为本社成员 组织本社成员 统一 限 仅限 只限 其他 各类 各种 代客"
).split()
_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十])[.、)]"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_VERB = _any(list(VERBS))
_LEADING = _any([word for word in VERBS if word not in _NEVER_LEADING])
_JOIN = _any(_JOINS)
#: Alternatives: every verb, those that govern the noun behind them, words that frame a statement.
VERB, LEADING, FRAME = _VERB, _LEADING, _any(_FRAMES)
#: A phrase's beginning: frame words, then verbs with conjunctions between them.
LEAD = rf"^((?:{_NUMBER})?(?:(?:{_any(_FRAMES)})*(?:{_JOIN})*(?:{_VERB})(?:{_JOIN})*)*(?:{_any(_FRAMES)})*(?:{_LEADING})(?:{_JOIN})*)"
#: A phrase's end: verbs, with what may stand between and behind them.
TRAIL = rf"((?:的|之|等|{_JOIN})*(?:{_any(_FRAMES)})?(?:{_VERB})(?:{_VERB}|{_JOIN}|{_any(_FRAMES)}|的|业务|活动|项目|等|相关|一体化)*)$"
#: A lead that is no verb here because nothing but generic words follows.
MODIFIER = rf"(?:{_any(_MODIFYING)})$"
GENERIC_REST = rf"^(?:{_any(_GENERIC)})+$"
LOOSE_LEAD = rf"(?:{_any(_LOOSE_VERBS)})$"
APPARATUS_FIRST = rf"^(?:{_any(_APPARATUS)})"
MAKING_LEAD = rf"(?:{_any(_MAKING_VERBS)})$"
GENERIC_OF_MAKING = rf"^(?:{_any(_GENERIC_OF_MAKING)})+$"
_TURNING = [word for word in VERBS if VERBS[word] & (TRADE | MAKE | PROCESS | REPAIR | INSTALL | LEASE)]
#: The verbs of the first of two nouns that have verbs of their own (甲销售及乙制造, 甲、乙加工和丙销售).
BETWEEN = rf"^.*?[^及与和并兼、]((?:{_any(_TURNING)}|、|/)+)(?:以及|及|与|和|并|兼)[^其].+$"
#: The same where the second noun waits for its verb (甲、乙销售及丙、丁制造).
SOLD_BETWEEN = r"^.*?[^及与和并兼、]((?:的|批发|零售|销售|兼|、)*(?:销售|零售|批发|经销))(?:以及|及|与|和|并)[^其].+$"
SELLING = rf"(?:{_any([word for word in VERBS if VERBS[word] & TRADE])})"
MAKING_WORD = rf"(?:{_any([word for word in VERBS if VERBS[word] & MAKING])})"
_SCAN = re.compile(rf"(?:{_VERB})")


@lru_cache(maxsize=32)
def item_verbs(bits: int) -> tuple[str, str]:
    """Patterns of verbs of some kinds (``bits``) with which an item of a list begins, the last one, and ends, the first."""
    kind = _any([word for word, bit in VERBS.items() if bit & bits])
    run = rf"(?:{_any(_FRAMES)}|{_JOIN}|{_VERB})*(?:{kind})(?:{_JOIN}|{_VERB})*"
    return (
        # a 、 between two verbs does not begin an item
        rf"^(?:.*(?:[，：；（ ]|[^发售产造工制装修]、))?({run}：?)",
        rf"((?:的|之|等)?(?:{kind})(?:{_JOIN}|{_VERB}|业务|活动)*)(?:[、，：；。） ]|$)",
    )


@lru_cache(maxsize=65_536)
def verbs_in(text: str) -> int:
    """Bits of all verbs in a text, longest words first.

    >>> verbs_in("的研发、生产及销售") == RD | MAKE | TRADE
    True
    """
    bits = 0
    for word in _SCAN.findall(text):
        bits |= VERBS[word]
    return bits
