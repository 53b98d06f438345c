"""Sums that nobody was given: what a plan no longer is, differences, wishes, debts, what was only asked for or is asked of people."""

from __future__ import annotations

from ntp_analysis.candidate import Candidate, Reason
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns

_SAYS = patterns("unreal")


def before_a_change(c: Candidate) -> bool:
    """`điều chỉnh kế hoạch từ 142 tỷ đồng xuống còn 118 tỷ đồng`: what the plan no longer is."""
    return _SAYS.from_a_sum.search(c.before) is not None and _SAYS.then_another.match(c.low, c.number.end) is not None


def changed_by(c: Candidate) -> bool:
    """`tăng 21,5 tỷ đồng so với kế hoạch giao đầu năm`: a difference."""
    return _SAYS.changed_by.search(c.before) is not None and _SAYS.so_much.match(c.low, c.number.end) is not None


def only_if(c: Candidate) -> bool:
    """`Nếu được trung ương hỗ trợ 100 tỷ đồng, tỉnh sẽ làm xong`: nobody gave it."""
    return _SAYS.conditional.search(c.low[c.walk.sentence.start : c.number.start]) is not None and not any(
        m.kind == "measure" and m.code in ("disbursed", "rate") for m in c.left
    )


def asked_to_move(c: Candidate) -> Reason:
    """`Tỉnh xin kéo dài 52 tỷ đồng sang năm 2024; trong đó Trà Cú 14 tỷ đồng`: nor are its parts given."""
    if _SAYS.asks_to_move.search(c.low, c.walk.sentence.start, c.number.start) is None:
        return False
    return Mention(c.number.start, c.number.end, "topic", "withheld")


def of_some_work(c: Candidate) -> bool:
    """`được giao 68 đầu việc, có việc chỉ 12 triệu đồng`: what one of many costs."""
    return _SAYS.some_work.search(c.low, c.walk.last_end, c.number.start) is not None


def earns_praise(c: Candidate) -> bool:
    """`tặng bằng khen cho doanh nghiệp đóng góp từ 300 triệu đồng trở lên`: what one has to give for it."""
    return (
        c.low.startswith((" trở lên", " đồng trở lên"), c.number.end)
        and _SAYS.at_least.search(c.low, c.walk.sentence.start, c.number.start) is not None
    )


def asked_in_a_list(c: Candidate) -> bool:
    """`Đề nghị UBND tỉnh: (i) sớm ban hành đơn giá; (ii) bổ sung 9.500 triệu đồng`."""
    start = c.walk.sentence.start
    return (
        _SAYS.asks_for_all.match(c.low, start) is not None
        and _SAYS.item_asked.search(c.low, start, c.number.start) is not None
    )


def owed(c: Candidate) -> bool:
    """`khối lượng hoàn thành chưa thanh toán (nợ) 5.318 triệu đồng`, `4,8 tỷ đồng chưa trả được cho nhà thầu`: a debt, of no plan."""
    return (
        _SAYS.owed.search(c.low, c.walk.last_end, c.number.start) is not None
        or _SAYS.to_contractors.match(c.low, c.number.end) is not None
    )
