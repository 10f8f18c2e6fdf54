"""Templates as data: what they change, and the sentence for everything that they get wrong."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from exports.columns import CATALOGUE
from exports.document.talks import PLACEHOLDERS, read_talks, talking_points, usual_talks
from exports.logo import UnusableLogo, check_logo, scale_at, size_mm
from exports.profiles import PROFILES
from exports.template import packaged, read_template, usual_template
from exports.yaml_lines import BrokenTemplate
from services.catalogue_files import FORMATS, Order, catalogue_file
from tests.exports.test_documents import content, item

INTERNAL, OUTSIDE = PROFILES["internal"], PROFILES["outside"]
SEGMENTS = {"铁粉": "iron", "铜粉": "copper"}


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("key", list(PROFILES))
def test_the_templates_that_come_with_the_program_show_every_column_of_their_profile(key):
    found = usual_template(key)

    assert found.main == PROFILES[key].columns(CATALOGUE)
    assert sum(width for *_, width in found.paper) <= 156


def test_a_template_chooses_orders_and_renames_columns_and_makes_the_title():
    text = "标题: '{本地}—{产业链}（{版本}）'\n分表: [企业全称, 环节: 细分环节]\n纸面:\n  - 企业: 100\n  - 营收: 56\n"
    template = read_template(text, INTERNAL)
    made = content(item(revenue_cny=2e9), place="云溪区", chain="粉末冶金")
    order = Order("甲", template=template)
    book = openpyxl.load_workbook(BytesIO(catalogue_file(made, ".xlsx", order)))
    page = catalogue_file(made, ".html", order).decode()

    assert [cell.value for cell in book["龙头企业"][2]] == ["企业全称", "细分环节"]
    assert book["说明"]["A1"].value == "云溪区—粉末冶金（内部版）　演示数据（虚构）"
    assert '<th scope="col">企业</th><th scope="col">营收</th></tr>' in page
    assert "20 亿元" in page
    assert template.main == usual_template("internal").main


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("标题: '{公司}目录'", "模板第 1 行：标题里的占位词 {公司} 不存在；可用：{本地}、{产业链}、{版本}"),
        ("标题: '{本地.__class__}'", "占位词 {本地.__class__} 不存在"),
        ("标题: '{本地'", "标题里的花括号不成对"),
        ("标题: ''", "标题要有 1 到 60 个字"),
        ("# 说明\n分表:\n  - 序号\n  - 企业名\n", "模板第 4 行：“企业名”不是可用的列；可用：序号、"),
        ("分表:\n  - 序号\n  - 序号\n", "模板第 3 行：“序号”写了两次"),
        ("分表:\n  - 环节: ''\n", "模板第 2 行：表头要有 1 到 30 个字"),
        ("分表:\n  - {环节: a, 段: b}\n", "模板第 2 行：一行只写一个"),
        ("总表:\n  - 序号\n", "总表少了“对接状态、最近联系、拜访记录、下一步”：没有它，填好的目录带不回来"),
        ("总表:\n  - 对接状态: 情况\n", "模板第 2 行：“对接状态”的表头不能改"),
        ("纸面:\n  - 序号\n", "模板第 2 行：这里要写“列: 毫米”"),
        ("纸面:\n  - 企业: 宽\n", "模板第 2 行：“宽”不是列宽"),
        ("纸面:\n  - 企业: 100\n  - 环节: 100\n", "纸面各列共 200 毫米，超过版心的 156 毫米"),
        ("颜色: 红\n", "模板第 1 行：没有“颜色”这一项；可用：标题、总表、分表、纸面"),
        ("分表: 序号\n", "模板第 1 行：这里要列出若干行"),
        ("标题: [a]\n", "模板第 1 行：这里要写一段文字"),
        ("标题: a\n标题: b\n", "模板第 2 行：“标题”写了两次"),
        ("分表:\n- 序号\n  - 环节: [\n", "写法不合 YAML"),
        ("a\x00b", "控制字符"),
        ("- 序号", "模板要写成“名称: 内容”"),
        ("x" * 70_000, "模板超过 64,000 字"),
    ],
)  # fmt: skip
def test_a_broken_template_says_what_is_wrong_in_which_line(text, told):
    with pytest.raises(BrokenTemplate) as caught:
        read_template(text, INTERNAL)

    assert told in str(caught.value)


@pytest.mark.parametrize(
    "part", ["总表:\n  - 得分\n", "分表:\n  - 推荐理由\n", "纸面:\n  - 推荐理由: 50\n", "纸面:\n  - 得分: 20\n"]
)
def test_no_template_shows_a_reader_outside_what_he_may_not_see(part):
    with pytest.raises(BrokenTemplate, match="不能放进对外版"):
        read_template(part, OUTSIDE)


@given(st.text(max_size=80))
def test_whatever_is_written_the_answer_is_a_template_or_a_sentence(text):
    for whole in (text, f"标题: {text}", f"分表:\n  - {text}"):
        try:
            read_template(whole, INTERNAL)
        except BrokenTemplate as problem:
            assert str(problem).startswith("模板第 ")


def test_nothing_in_a_template_makes_an_object():
    with pytest.raises(BrokenTemplate):
        read_template("标题: !!python/object/apply:os.system ['true']", INTERNAL)


def test_talking_points_are_read_by_the_names_of_segments():
    talks = read_talks("通用: ['都问{企业}']\n各环节:\n  铜粉:\n    - 问{环节}\n", SEGMENTS)

    assert talking_points({"name": "甲", "segment_id": "iron"}, talks) == ["都问甲"]
    assert talking_points({"segment_id": "copper", "segment_name": "铜粉"}, talks) == ["问铜粉"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("通用:\n  - 拜访{公司}\n", "模板第 2 行：谈话要点里的占位词 {公司} 不存在；可用：{企业}"),
        ("各环节:\n  锡粉:\n    - a\n", "本链没有“锡粉”这个环节；可用：铁粉、铜粉"),
        ("各环节: a\n", "这里要写成“名称: 内容”"),
    ],
)
def test_broken_talking_points_say_what_is_wrong(text, told):
    with pytest.raises(BrokenTemplate) as caught:
        read_talks(text, SEGMENTS)

    assert told in str(caught.value)


def test_the_text_to_begin_with_reads_as_the_usual_points_also_with_its_example():
    text = usual_talks(SEGMENTS)

    assert all(f"{{{word}}}" in text for word in PLACEHOLDERS)
    assert read_talks(text, SEGMENTS) == read_talks("通用: \n  - a\n", SEGMENTS).__class__()
    opened = text.replace("\n# 各环节:  # 去掉行首的“# ”即启用\n#   ", "\n各环节:\n  ").replace(
        "\n#     - ", "\n    - "
    )
    assert set(read_talks(opened, SEGMENTS).by_segment) == {"iron"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_stands_on_the_front_of_every_format(kind):
    logo = picture(kind)
    files = {suffix: catalogue_file(content(), suffix, Order("甲", logo=logo)) for suffix in FORMATS}
    plain = {suffix: catalogue_file(content(), suffix, Order("甲")) for suffix in FORMATS}

    assert size_mm(logo) == (66.0, 22.0)
    assert scale_at(logo, 96) * 300 / 96 * 25.4 == pytest.approx(66)
    assert b"data:image/" in files[".html"] and b"data:image/" not in plain[".html"]
    assert [len(PdfReader(BytesIO(one[".pdf"])).pages[0].images) for one in (files, plain)] == [1, 0]
    assert openpyxl.load_workbook(BytesIO(files[".xlsx"]))["说明"]._images
    assert len(files[".docx"]) > len(plain[".docx"])


@pytest.mark.parametrize(
    ("file", "told"), [(b"", "不是完好的"), (b"<svg/>", "不是完好的"), (picture()[:60], "不是完好的"), (b"x" * 1_000_001, "文件太大"),
                       (picture(size=(5_000, 1)), "5000×1 像素")]
)  # fmt: skip
def test_what_is_no_small_picture_is_refused(file, told):
    with pytest.raises(UnusableLogo, match=told):
        check_logo(file)


def test_the_packaged_text_says_how_it_is_written():
    assert packaged("internal").startswith("# 内部版的模板")
