"""The notebooks that people open: stored so that nbval compares something, and readable."""

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = ["explore.ipynb", "own_articles.ipynb"]
LONGEST_CELL = 6


def cells(name: str, kind: str) -> list[dict]:
    return [c for c in json.loads((HERE / name).read_text(encoding="utf-8"))["cells"] if c["cell_type"] == kind]


def ignored(cell: dict) -> bool:
    return "nbval-ignore-output" in cell["metadata"].get("tags", [])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_cells_were_run_in_order_so_that_nbval_compares_them(name):
    assert [c["execution_count"] for c in cells(name, "code")] == list(range(1, len(cells(name, "code")) + 1))
    compared = [c for c in cells(name, "code") if c["outputs"]]
    assert len(compared) >= 6 and not any(map(ignored, compared))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_are_free_of_errors_and_of_this_machine(name):
    for cell in cells(name, "code"):
        assert all(output["output_type"] != "error" for output in cell["outputs"])
        stored = json.dumps([o.get("text") or o.get("data", {}).get("text/html") for o in cell["outputs"]])
        assert "/tmp/" not in stored and str(HERE.parent) not in stored and "Warning" not in stored


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_steps_are_short_and_told(name):
    example = '"""'  # a cell that only writes down an example article may be as long as that
    for cell in cells(name, "code"):
        source = "".join(cell["source"])
        if example not in source:
            assert len(source.splitlines()) <= LONGEST_CELL and "def " not in source
    assert len(cells(name, "markdown")) >= len(cells(name, "code")) / 2
    assert "".join(cells(name, "markdown")[0]["source"]).startswith("# ")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_parameters_can_be_given(name):
    (parameters,) = [c for c in cells(name, "code") if "parameters" in c["metadata"].get("tags", [])]
    assert "lang = " in "".join(parameters["source"])


def run(name: str, **parameters: str) -> list[dict]:
    """Run a notebook as `papermill -p` does, and return its cells; a cell that fails is raised."""
    import papermill

    return papermill.execute_notebook(
        HERE / name, None, parameters, cwd=HERE, kernel_name="python3", progress_bar=False
    ).cells


def outputs(cells: list[dict]) -> str:
    return json.dumps([output for cell in cells if cell["cell_type"] == "code" for output in cell["outputs"]])


def test_a_folder_of_ones_own_is_read_and_nothing_is_written_into_it(tmp_path):
    mine = "Đến ngày 30/9/2023, huyện Na Hang giải ngân 21 tỷ đồng vốn Chương trình giảm nghèo bền vững, đạt 37%."
    (tmp_path / "bac_me.txt").write_text(mine, encoding="utf-8")
    told = outputs(run("own_articles.ipynb", folder=str(tmp_path)))
    assert "<Corpus: 1 article, 2 figures" in told and "Na Hang" in told
    assert [path.name for path in tmp_path.iterdir()] == ["bac_me.txt"]
    assert (tmp_path / "bac_me.txt").read_text(encoding="utf-8") == mine


@pytest.mark.parametrize(
    "text",
    [
        "Đến ngày 30/9/2024, tỉnh Sơn La giải ngân 812 tỷ đồng vốn Chương trình 1719, đạt 37% kế hoạch năm 2024.",
        "Cả nước giải ngân 36% vốn các chương trình mục tiêu quốc gia năm 2024.",
        "Hôm nay trời nắng.",
    ],
    ids=["another province", "the country", "no figures"],
)
def test_exploring_takes_any_articles(text, tmp_path):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("explore.ipynb", source=str(tmp_path))


def test_exploring_names_no_article_and_no_place_of_the_seeds():
    seeds = {path.stem for path in (HERE.parent / "seeds").glob("*.txt")}
    for cell in cells("explore.ipynb", "code"):
        code = "".join(line.partition("#")[0] for line in cell["source"])
        assert not any(name in code for name in {*seeds, "Lai Châu", "Hà Giang", "Nậm Nhùn"})
