"""Whether a keyword is what a phrase is about: 轴承及配件 is about 轴承, 轴承设备 and 轴承油 are not."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.matching.normalise import JOINT
from analysis.matching.verbs import TRADE, VERBS, verbs_in

#: What follows the keyword within its noun.
(
    HEAD,
    JOINED,
    PART,
    FORM,
    EQUIPMENT,
    CHEMICAL,
    TECHNOLOGY,
    WORKS,
    SERVICE,
    PLACE,
    MODIFIER,
    OTHER,
    DENIED,
    DEFINED,
    AGENT,
) = range(15)

_NEUTRAL = "板块 产品 制品 系列 成品 半成品 品种 类 等 各类 品 相关 有关 成型 及其 各种 商品 之 类产品 系列产品 成套 总成 业 行业 事业 产业"
_PART = "零部件 零件 配件 部件 组件 附件 备件 元件 零配件 备品备件 配套件 易损件 元器件 器件"
_FORM = (
    "薄膜 膜 板 板材 管 管材 管件 管道 棒 棒材 线 线材 丝 丝材 带 带材 箔 粉 粉末 片 片材 块 砖 砌块 条 卷 环 芯 壳 壳体 件 毛坯 坯 网架 桁架 框架 骨架 型材 纤维 树脂 布 网 绳 球 体 "
    "材 材料 料 锭 坯 铸件 锻件 构件 模组 机组 单元 模块 颗粒 粒料 母粒 卷材 纸 毡 毯 板块 电芯 电池 电机 组 套件 结构件 预制件 包 束 杆 柱 轴 轮 盘 罩"
)
_EQUIPMENT = (
    "设备 机械 机 机器 装置 仪 仪器 仪表 系统 生产线 模具 工具 器具 器材 器 车 柜 泵 阀 塔 炉 窑 床 站 装备 终端 平台 设施 车辆 用具 量具 夹具 机床 具 电源 软件 网络 支架 扣件 架 座 夹 扣 盖 "
    "门窗 木门 防盗门 窗 幕墙 家具 工艺品 玩具 服装 饰品 首饰 灯 刀 锯 笔 衣 巾 床 椅 桌 拍 钟 表 枪 伞 台 配电板 配电盘 仪表板 控制板 电路板 桶 罐 盒 箱"
)
_CHEMICAL = "油 剂 漆 涂料 添加剂 助剂 原料 辅料 胶 液 水 药 酸 盐 单体 溶液 试剂 中间体 化学品 药水 色浆 油墨 浆 膏 蜡 清洗剂 脱模剂 外加剂 燃料 颜料 染料 釉料 焊料 釉 调料 种子 饲料 肥料 矿 矿石 化工"
_TECHNOLOGY = "技术 工艺 软件 领域 理论 方案 科技 知识 标准 资料 图书 情报 数据 专利 领域内 范围内"
_WORKS = "工程 施工 安装 作业 拆除 装修 搭建 敷设 幕墙工程 项目 建筑 房屋 厂房 建设 结构工程 隔断 屋面 围护 发电"
_SERVICE = "服务 租赁 管理 运营 业务 贸易 市场 维护 出租 物流 运输 仓储 站场 经营 销售 加盟 连锁 工作 中转 技术服务"
_AGENT = "代理 咨询 中介 保险 培训 广告 票务 报关 报检 电商 商务 信息咨询 信息服务 配载 信息 认证咨询 咨询服务 代理服务 代理业务 代办 信息配载服务 信息服务业务 公估"
_PLACE = "厂 公司 企业 基地 店 场 中心 园 园区 车间 院 部 处 行"

_CLASSES = (
    (TECHNOLOGY, _TECHNOLOGY),
    (WORKS, _WORKS),
    (SERVICE, _SERVICE),
    (AGENT, _AGENT),
    (PART, _PART),
    (CHEMICAL, _CHEMICAL),
    (EQUIPMENT, _EQUIPMENT),
    (FORM, _FORM),
    (PLACE, _PLACE),
)
_ENDINGS = {word: head for head, words in reversed(_CLASSES) for word in words.split()}
_LONGEST_ENDING = max(map(len, _ENDINGS))
_JOIN = re.compile(rf"^[{JOINT} ]*(?:及其|以及|及|与|和|或|并|/|、|,|\+|-|\.|兼)")
_NEUTRALS = re.compile(rf"^(?:{'|'.join(sorted(_NEUTRAL.split(), key=len, reverse=True))}|[{JOINT} ])*$")
_VERBAL = re.compile(
    rf"^(?:{'|'.join(sorted(VERBS, key=len, reverse=True))}|及其|以及|及|与|和|、|的|等|业务|活动|[{JOINT} /])*$"
)
_SPECIAL = re.compile(r"^(?:专用|成套|配套|通用)(?=.)")
_MODIFIER = re.compile(r"的|所需|专用|用|所|(?:养殖|种植|加工|制造|运输)类.")

#: What stands before the keyword within its noun.
PLAIN, WASTE, COMPOUND, EXCEPTED, QUALIFIED = range(5)
_WASTE = re.compile(r"(?:废旧?|报废|旧|二手|回收|废弃|闲置)[^、及和与]{0,4}$")
_COMPOUND = re.compile(
    r"(?:氧化|氯化|硫化|氮化|碳化|硅化|氟化|溴化|碘化|磷化|硫酸|硝酸|碳酸|磷酸|草酸|醋酸|硅酸|氢|覆|敷|仿|伪|假|代|防|抗|耐|除|无|非)$"
)
_EXCEPTED = re.compile(r"(?:除(?![尘草湿臭锈虫油铁])|不含|不包括|不包含)[^，。；]{0,12}$")


@lru_cache(maxsize=200_000)
def head_of(suffix: str) -> int:
    """The class of what follows a keyword.

    >>> head_of("") == HEAD, head_of("及配件") == JOINED, head_of("清洗设备") == EQUIPMENT
    (True, True, True)
    """
    if _NEUTRALS.match(suffix) or _sold_first(suffix):
        return HEAD
    if _JOIN.match(suffix):
        return JOINED
    core = suffix.strip(f"{JOINT} 、").removesuffix("等").split(JOINT)[0] or suffix
    core = _SPECIAL.sub("", core)
    core = re.split(r"及其|以及|及|与|和|或|/|、", core)[0] or core
    if _NEUTRALS.match(core):
        return HEAD
    head = next((_ENDINGS[core[-n:]] for n in range(_LONGEST_ENDING, 0, -1) if core[-n:] in _ENDINGS), OTHER)
    if head == OTHER and len(core) == 1:
        return CHEMICAL  # one more character makes another word: 石灰岩, 木材厂 aside
    if head in (EQUIPMENT, CHEMICAL, FORM, PART, OTHER) and _MODIFIER.search(core):
        return MODIFIER
    return head


def verbal_head_of(suffix: str) -> int:
    """The class of what follows a keyword that is itself an activity (货物运输, 检测).

    Further verbs add to it (货物运输、装卸), an agent's do not (货物运输代理), and a noun behind "和" is shared (检测与维保设备).

    >>> verbal_head_of("及销售") == HEAD, verbal_head_of("代理") == AGENT, verbal_head_of("与维保设备") == EQUIPMENT
    (True, True, True)
    """
    if suffix.startswith(("代理", "咨询", "中介", "信息", "代办")):
        return AGENT
    if _VERBAL.match(suffix):
        return HEAD
    head = head_of(suffix)
    if head == JOINED:
        shared = head_of(_JOIN.sub("", suffix))
        return shared if shared in (EQUIPMENT, CHEMICAL, TECHNOLOGY, AGENT, FORM, WORKS) else JOINED
    return head


#: A verb right behind a keyword, and another noun behind that.
INNER_VERB = rf"^(?:的)?((?:{'|'.join(sorted(VERBS, key=len, reverse=True))}|、|/)+)(?:及其|以及|及|与|和|并|、|，).+"
_INNER_VERB = re.compile(INNER_VERB)
_AGAIN = re.compile(r"[及与和并、，](?:上述|该|本|其|新|相关|自有)*产品$")


@lru_cache(maxsize=200_000)
def inner_verbs_of(suffix: str) -> int:
    """Verb bits of a keyword's own verb where more nouns follow: 模具制造及其制品, 容器销售及电动机.

    >>> inner_verbs_of("制造及其制品") > 0, inner_verbs_of("制造"), inner_verbs_of("及配件")
    (True, 0, 0)
    """
    found = _INNER_VERB.match(suffix)
    return verbs_in(found[1]) if found and not _sold_first(suffix) else 0


def _sold_first(suffix: str) -> bool:
    """Is it sold, and then something done that "product" stands for (仪表的销售与新产品的开发)?"""
    found = _INNER_VERB.match(suffix) if _AGAIN.search(suffix) else None
    return found is not None and verbs_in(found[1]) == TRADE


@lru_cache(maxsize=200_000)
def prefix_of(prefix: str) -> int:
    """The class of what precedes a keyword.

    >>> prefix_of("氧化") == COMPOUND, prefix_of("报废") == WASTE, prefix_of("外球面") == PLAIN
    (True, True, True)
    """
    if not prefix:
        return PLAIN
    if _EXCEPTED.search(prefix):
        return EXCEPTED
    if _WASTE.search(prefix):
        return WASTE
    return COMPOUND if _COMPOUND.search(prefix) else PLAIN
