"""Pages about several deals, with their tables and pictures, in a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulator.cli.folder import listed, refuse_unusable, whole
from simulator.cli.pdf import add_pdfs, refuse_without_weasyprint
from simulator.report.wishes import Form, possible_files
from simulator.report.wording import Wording, wording

if TYPE_CHECKING:
    from simulator.analysis.deals import Deals
    from simulator.analysis.runs import Drawing
    from simulator.cli.screen import Screen
    from simulator.report.figures import Pictures
    from simulator.results.result import Result


class Page(NamedTuple):
    """Where a page goes, in which languages, and whether as PDF."""

    folder: Path
    form: Form

    @staticmethod
    def of(out: Path | None, languages: tuple[str, ...], pdf: bool) -> Page | None:
        """What the options say; a usage error where it cannot be done, None where nothing is."""
        if out is None:
            return None
        refuse_unusable(out)
        if pdf:
            refuse_without_weasyprint()
        return Page(out, Form(languages=languages, pdf=pdf))


def yearly_of_page() -> tuple[str, ...]:
    """Yearly metrics that the page of a comparison shows."""
    from simulator.report.contest import FIRM, SHOWN_YEARLY

    return tuple(f"{FIRM}.{metric}" for metric in SHOWN_YEARLY)


def write_comparison(
    page: Page, results: Mapping[str, Result], files: Sequence[str], drawing: Drawing,
    screen: Screen,
) -> None:  # fmt: skip
    """comparison.html, comparison.csv (a row a pair and metric) and figures/."""
    import pandas as pd

    from simulator.report.collect import deal_size
    from simulator.report.comparison import comparison_page
    from simulator.report.contest import Contest, named

    contest = Contest(results, named(list(results)))
    command = ["simulator", "compare", *files, "--paths", str(contest.first.raw.paths)]
    command += ["--seed", str(drawing.seed), "--sampler", str(drawing.sampler)]
    command += ["--out", str(page.folder)]
    size = max(map(deal_size, results.values()))
    words = wording(result.scenario for result in results.values())
    with whole(page.folder, possible_files("comparison")) as temporary:
        write_pages(temporary, page, "comparison", size, words,
                    lambda: comparison_page(contest, command))  # fmt: skip
        table = pd.concat(contest.pairs, names=["deal", "metric"])
        table.rename(columns={"a": "other", "b": "first"}).to_csv(temporary / "comparison.csv")
        add_pdfs(temporary, page.form, "comparison", screen)
        written = listed(temporary)
    screen.message(f"wrote {page.folder}/{written}")


def write_portfolio(
    page: Page, all_: Deals, folder: Path, words: Wording,
    write_table: Callable[[Path], None], screen: Screen,
) -> None:  # fmt: skip
    """deals.html, deals.csv (a row a deal) and figures/."""
    from simulator.report.portfolio import portfolio_page

    first = all_.standings[0]
    command = ["simulator", "deals", str(folder), "--paths", str(first.paths)]
    command += ["--seed", str(first.seed), "--sampler", first.sampler, "--out", str(page.folder)]
    size = max(one.paid.price for one in all_.standings)
    with whole(page.folder, possible_files("deals")) as temporary:
        write_pages(temporary, page, "deals", size, words, lambda: portfolio_page(all_, command))
        write_table(temporary / "deals.csv")
        add_pdfs(temporary, page.form, "deals", screen)
        written = listed(temporary)
    screen.message(f"wrote {page.folder}/{written}")


def write_pages(
    folder: Path, page: Page, stem: str, size: float, words: Wording,
    make: Callable[[], tuple[str, Pictures]],
) -> None:  # fmt: skip
    """The page in each language, and its pictures; size settles the unit of money."""
    from simulator.report.language import speaking

    form = page.form
    for name in form.languages:
        with speaking(name, size, words):
            text, pictures = make()
        (folder / form.page_name(name, stem)).write_text(text, encoding="utf-8")
        figures = folder / "figures" / ("" if name == form.languages[0] else name)
        figures.mkdir(parents=True, exist_ok=True)
        for file, content in pictures.pngs.items():
            (figures / f"{file}.png").write_bytes(content)
