"""What sentences say by the weight of their words, beside the wordings of the lexicon."""

import csv

import pytest

from ntp_analysis import obstacle_lexicon, obstacle_model
from ntp_analysis.obstacles import find_obstacles
from ntp_analysis.text import sentences, view


def weighed(text: str, lexicon: bool = True) -> list:
    v = view(text)
    spans = sentences(v)
    found = find_obstacles("a", v.text, spans, low=v.low) if lexicon else []
    return obstacle_model.weigh("a", v.text, v.low, spans, found)


SAID = [
    ("Cả phòng có ba người, một người nghỉ thai sản, hai người còn lại ôm mười dự án của ba chương trình.", "capacity"),
    ("Cát phải chở từ dưới xuôi lên, tính ra đắt gấp rưỡi dự toán nên thợ bỏ về.", "materials"),
    ("Lớp may mở ra, gọi mãi cũng chỉ được bảy người đến học.", "beneficiaries"),
    ("Mưa từ tháng 6 đến tháng 10, xe chở đá không lên nổi dốc.", "terrain"),
    ("Xã hỏi huyện, huyện hỏi tỉnh, hơn nửa năm chưa thấy văn bản nào trả lời cách làm.", "guidance"),
]


@pytest.mark.parametrize("text, code", SAID)
def test_sentence_says_it_without_a_wording(text, code):
    assert code in {o.obstacle for o in weighed(text, lexicon=False)}


NOT_SAID = [
    "Đẩy mạnh công tác phối hợp giữa các sở, ngành trong triển khai ba chương trình mục tiêu quốc gia.",
    "Làm tốt công tác đền bù, giải phóng mặt bằng để các công trình đúng tiến độ.",
    "Chỉ đạo các phòng, ban phối hợp chặt chẽ với ngành cấp trên để được hướng dẫn về chuyên môn.",
    "Năm 2024, huyện được giao 46 tỷ đồng vốn sự nghiệp, đã giải ngân 31 tỷ đồng.",
    "Bà con phấn khởi vì đường vào bản đã được đổ bê tông.",
    "",
    "2024 - 46,5%",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_commanded_done_or_plain_is_none(text):
    assert weighed(text) == []


def test_offsets_phrase_and_quote_are_the_texts_own():
    text = "Năm nay chậm.\nLớp may mở ra, gọi mãi cũng chỉ được bảy người đến học."
    (row,) = weighed(text, lexicon=False)
    assert text[row.start : row.end] == row.phrase and row.phrase in row.quote and row.quote in text
    assert (row.obstacle, row.found_by) == ("beneficiaries", "weights")


def test_a_wording_stands_where_it_is_not_unlikely():
    (row,) = weighed("Giải phóng mặt bằng còn chậm.")
    assert (row.obstacle, row.found_by, row.phrase) == ("land", "lexicon", "Giải phóng mặt bằng còn chậm")


def test_an_unlikely_wording_does_not_count():
    found = find_obstacles("a", "Cán bộ sợ sai.", [(0, 14)])
    plain = "Xã có 12 thôn."
    assert obstacle_model.weigh("a", plain, plain.lower(), [(0, len(plain))], found) == []


def test_rows_come_in_the_sentences_order_and_once_a_code_and_sentence():
    rows = weighed("\n".join(text for text, _ in SAID))
    assert [r.start for r in rows] == sorted(r.start for r in rows)
    text = "\n".join(text for text, _ in SAID)
    keys = [(text.count("\n", 0, r.start), r.obstacle) for r in rows]
    assert len(keys) == len(set(keys))


def test_tone_marks_of_either_fashion_weigh_the_same():
    model = obstacle_model.load()
    early, late = view("chậm vì đền bù, hòa giải, ủy quyền").low, view("chậm vì đền bù, hoà giải, uỷ quyền").low
    assert model.probabilities(early) == model.probabilities(late)


def test_the_weights_are_of_the_codes_and_each_begins_somewhere():
    with obstacle_model.DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {entry.code for entry in obstacle_lexicon.load().entries}
    assert {r["code"] for r in rows} == {r["code"] for r in rows if not r["words"]} == codes
    assert all(float(r["weight"]) for r in rows) and len({(r["code"], r["words"]) for r in rows}) == len(rows)
    assert all(len(r["words"].split()) <= obstacle_model.LONGEST for r in rows)


def test_a_sum_does_not_hang_on_the_order_of_its_words():
    model = obstacle_model.Model({"land": -0.3}, {"đất": [("land", 0.1)], "nền": [("land", 0.2)]})
    assert 0.1 + 0.2 - 0.3 != 0
    assert model.probabilities("đất nền") == model.probabilities("nền đất") == {"land": 0.5}
