"""Reading: what general tools find of what the annotated articles state, and what it costs.

    uv venv /tmp/peers
    uv pip install --python /tmp/peers/bin/python . -r benchmarks/peers/requirements.txt
    /tmp/peers/bin/python benchmarks/peers/reading.py [--articles 30]

No peer does the whole: each is asked for the part that it offers, on the same texts, and may find it anywhere in the
text. `found` is the share of the values, days or places of the gold tables that are among what it gives; `given` is
how many it gives an article. None ties a number to its place, programme, measure and day; ours does, and is
counted here by the same loose measure.
"""

from __future__ import annotations

import argparse
import csv
import logging
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "tests" / "corpus"
Finder = Callable[[str], Iterable[object]]
PARTS = ("value", "day", "place")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=30)
    chosen = gold(parser.parse_args().articles)
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    print(f"{len(chosen)} articles, {sum(len(text) for text, _ in chosen) / len(chosen):,.0f} characters each")
    print(f"{'':34} {'part':6} {'found':>6} {'given':>6} {'ms an article':>14}")
    for make in (ours, dates_by_dateparser, amounts_by_quantulum3, places_by_underthesea, places_by_spacy):
        try:
            name, parts = make()
        except ImportError as error:
            print(f"{make.__name__}: not installed ({error.name})")
            continue
        for part, finder in parts.items():
            print(f"{name:34} {part:6} " + measured(chosen, part, finder))
    return 0


def gold(count: int) -> list[tuple[str, dict[str, list[set[object]]]]]:
    """Return texts and what they state: for each part a list of sets, any member of which is right."""
    stated: dict[str, dict[str, list[set[object]]]] = {}
    with (CORPUS / "dev" / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts = stated.setdefault(row["article"], {part: [] for part in PARTS})
            cells = {
                "value": {float(cell) for cell in row["value"].split("|")},
                "day": set(row["as_of"].split("|")) - {""},
                "place": set(row["place"].split("|")) - {"Việt Nam", ""},
            }
            for part, right in cells.items():
                if right and right not in parts[part]:
                    parts[part].append(right)
    texts = {path.stem: path for path in sorted((CORPUS / "dev" / "articles").glob("*.txt"))}
    known = [id for id in texts if id in stated]
    return [(texts[id].read_text(encoding="utf-8"), stated[id]) for id in known[:count]]


def measured(articles: list, part: str, finder: Finder) -> str:
    finder(articles[0][0])  # loads what is loaded once
    right = wanted = given = 0
    seconds = 0.0
    for text, stated in articles:
        start = time.process_time()
        found = set(finder(text)) - {""}
        seconds += time.process_time() - start
        given += len(found)
        wanted += len(stated[part])
        right += sum(bool(alternatives & found) for alternatives in stated[part])
    share = right / wanted if wanted else 0
    return f"{share:6.0%} {given / len(articles):6.1f} {seconds / len(articles) * 1e3:14.1f}"


def ours() -> tuple[str, dict[str, Finder]]:
    """All parts at once, each tied to its figure; the time is that of the whole reading every time."""
    from ntp_analysis.engine import read_article
    from ntp_analysis.model import Article

    def cells(name: str) -> Finder:
        return lambda text: [getattr(figure, name) for figure in read_article(Article("a", text)).figures]

    return "ntp_analysis", {"value": cells("value"), "day": cells("as_of"), "place": cells("place")}


def dates_by_dateparser() -> tuple[str, dict[str, Finder]]:
    """Days in running text, in Vietnamese; percentages and numbers are taken for days, too."""
    from dateparser.search import search_dates

    def find(text: str) -> Iterable[object]:
        return [moment.date().isoformat() for _, moment in search_dates(text, languages=["vi"]) or ()]

    return "dateparser.search", {"day": find}


def amounts_by_quantulum3() -> tuple[str, dict[str, Finder]]:
    """Numbers with units, in English only: neither the decimal comma nor tỷ and triệu."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its stored model of English units does not load with a newer scikit-learn
    return "quantulum3", {"value": lambda text: [quantity.value for quantity in parser.parse(text)]}


def places_by_underthesea() -> tuple[str, dict[str, Finder]]:
    """Entities of a model learnt from Vietnamese news; locations alone can be compared."""
    from underthesea import ner

    def find(text: str) -> Iterable[object]:
        found: list[str] = []
        for line in filter(None, map(str.strip, text.splitlines())):
            name: list[str] = []
            for word, _, _, label in [*ner(line), ("", "", "", "O")]:
                if name and label != "I-LOC":
                    found.append(without_kind(" ".join(name)))
                    name = []
                if label.endswith("LOC"):
                    name.append(word)
        return found

    return "underthesea.ner", {"place": find}


def without_kind(name: str) -> str:
    """Return a unit's bare name, as the gold tables have it."""
    return re.sub(r"^(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|TP\.?) ", "", name, flags=re.IGNORECASE)


def places_by_spacy() -> tuple[str, dict[str, Finder]]:
    """spaCy has no Vietnamese model: its tokenizer and phrase matcher, given the names of our gazetteer."""
    import spacy
    from spacy.matcher import PhraseMatcher

    from ntp_analysis.gazetteer import gazetteer

    language = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    names = {unit.name for units in gazetteer().by_code.values() for unit in units if unit.level != "commune"}
    matcher = PhraseMatcher(language.vocab)
    matcher.add("place", [language.make_doc(name) for name in sorted(names)])

    def find(text: str) -> Iterable[object]:
        document = language(text)
        return [document[start:end].text for _, start, end in matcher(document)]

    return "spaCy phrase matcher, our names", {"place": find}


if __name__ == "__main__":
    sys.exit(main())
