"""Rows of the tables on alternatives, stress and promises, for terminal and page alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import nullcontext

from simulator.analysis.alternatives import BUY, NOTHING, Alternatives, Choice
from simulator.analysis.prerequisites import FEWEST, LEAST, Prerequisite
from simulator.analysis.reverse import Reverse
from simulator.analysis.stress import Case
from simulator.metrics import Unit
from simulator.report.factors import Naming, averaged, condition_text, lean_row
from simulator.report.language import language, millions, of_size, tr
from simulator.report.numbers import (
    count,
    error,
    even_places,
    money_decimals,
    money_scale,
    money_suffix,
    money_unit,
    number,
    places,
    rough,
    rough_chance,
    with_error,
)
from simulator.report.quantities import told as told_in_full
from simulator.results.estimate import Estimate
from simulator.scenario.document import Document

ALTERNATIVES = ("mean", "± se", "P5", "P95", "P(best)", "buy beats it", "regret")
CASES = ("mean NPV", "change ± se", "P(loss)", "CVaR 95 %", "most at 75 %")
LEANS = ("on these paths", "on all paths", "shift, sd")
"""Means of some of the paths beside those of all."""
PLACES = ("at break-even", "usually", "distance, sd")
IRR = "median IRR"
"""One more column where the deal ends in a sale."""


def lean_heads(found: Reverse) -> tuple[str, ...]:
    """`LEANS`; where some deals fail, their tables are of those that close."""
    first, all_, shift = map(tr, LEANS)
    return first, tr("on all that close") if found.failing > 0.0 else all_, shift


def event_of(found: Reverse) -> str:
    """What the paths in question do: `pays` or `loses`."""
    return tr("pays") if found.turned else tr("loses")


def told(
    found: Estimate, unit: Unit = "money", scale: float = 1.0, most: int = 6,
    even: int | None = None,
) -> str:  # fmt: skip
    """An estimate with its error, in no more decimals than it deserves.

    even: decimals of the column of amounts in which it stands.
    """
    value, se = found.value / scale, found.se / scale
    if not math.isfinite(value):
        return number(value, unit)
    if unit != "money":
        return with_error(value, se, unit)
    decimals = min(places(value, se), most) if even is None else even
    if se == 0.0:
        return number(value, unit, decimals if value else 0)
    return f"{number(value, unit, decimals)} {error(se, unit, decimals).replace('±', '± ')}".strip()


def alternative_rows(
    found: Alternatives, scale: float = 1.0, most: int = 1
) -> list[tuple[str, ...]]:
    """Name and the columns of `ALTERNATIVES` of each choice."""
    ends = max(max(abs(one.p5), abs(one.p95)) for one in found.choices)
    regret = max(one.regret.value for one in found.choices)
    means = [(one.mean.value, one.mean.se) for one in found.choices if one.name != NOTHING]
    decimals = (
        min(even_places(means, scale=scale), most), _whole(ends, scale, most),
        _whole(regret, scale, most),
    )  # fmt: skip
    return [_alternative_row(choice, decimals, scale) for choice in found.choices]


def _alternative_row(
    choice: Choice, decimals: tuple[int, int, int], scale: float
) -> tuple[str, ...]:
    middle, ends, regret = decimals
    mean, se = choice.mean.value / scale, choice.mean.se / scale
    if choice.name == NOTHING:
        middle = ends = 0
    return (
        tr(choice.name.replace("_", " ")), number(mean, "money", middle),
        "" if choice.mean.se == 0 else error(se, "money", middle),
        number(choice.p5 / scale, "money", ends), number(choice.p95 / scale, "money", ends),
        number(choice.p_best.value, "ratio", 1),
        "" if choice.name == BUY else number(choice.p_buy_beats.value, "ratio", 1),
        number(choice.regret.value / scale, "money", regret),
    )  # fmt: skip


def alternative_remarks(
    found: Alternatives, currency: str, document: Document | None = None
) -> list[str]:
    """What is best, what it would be worth to know the path, and what waiting brings.

    document: says whether there is a sale that the NPV leaves out.
    """
    perfect = _sum(found.perfect_information, currency)
    known = tr("To know beforehand which path comes would be worth %s more.") % perfect
    best = _best(found.best)
    if document is not None and document.deal.stock > 0.0:
        best += " " + tr("That is for the acquirer's owners; what the sellers lose is not counted.")
    if document is not None and (year := _sold(document)) is not None:
        best += " " + tr("That is by NPV, without the sale at the end of %s.") % year
    return [
        f"{best} {known}",
        *(_waiting(choice, currency) for choice in found.choices if choice.waits > 0),
    ]


def _sum(found: Estimate, currency: str) -> str:
    """An amount in a sentence, with its error where its digits show it; a small one in Chinese in
    the unit of its own size.
    """
    tiny = 0.0 < abs(found.value * money_scale()) < 0.1 and language() == "zh" and not millions()
    with of_size(abs(found.value)) if tiny else nullcontext():
        told_ = rough(found.value, found.se, "money", places(found.value, found.se))
        return f"{told_} {money_suffix(currency)}"


def _best(choice: Choice) -> str:
    if choice.name == NOTHING:
        return tr("Best on average is to do nothing.")
    if choice.name == BUY:
        return tr("Best on average is to buy.")
    return tr('Best on average is "%s".') % tr(choice.name.replace("_", " "))


def _waiting(choice: Choice, currency: str) -> str:
    name, over = tr(choice.name.replace("_", " ")), _sum(choice.over_buy, currency)
    first = tr('"%s" closes %s later: that is worth %s over buying now.') % (
        name, _years(choice.waits), over
    )
    if choice.deciding_then is None:
        return first
    option = tr(
        "With the option to buy only where it then pays, waiting is worth %s more than doing "
        "nothing."
    ) % _sum(choice.deciding_then, currency)
    return f"{first} {option}"


def _years(years: float) -> str:
    text = f"{years:.3g}"
    return tr("%s year") % text if text == "1" else tr("%s years") % text


def alternative_note(found: Alternatives, currency: str, sampler: str = "") -> str:
    """How the table is to be read; sampler: that of the run beside which it stands."""
    if sampler in ("", found.sampler):
        drawn = tr("%s %s paths, the same for all.")
    else:
        drawn = tr(
            "Simulated afresh with %s %s paths, so that all choices meet the same draws: numbers "
            "differ from those above within sampling error."
        )
    note = tr(
        "Value over doing nothing, %s. Regret: mean loss against the best choice of each path. %s"
    )
    return note % (money_unit(currency), drawn % (count(found.paths), tr(found.sampler)))


def case_name(case: Case) -> str:
    """Name of a stress case; the file itself has none."""
    return tr(case.name.replace("_", " ")) or tr("as it stands")


def case_heads(cases: Sequence[Case]) -> tuple[str, ...]:
    """`CASES`, and the rate of return of those that end in a sale."""
    return CASES if all(case.irr is None for case in cases) else (*CASES, IRR)


def case_rows(
    cases: Sequence[Case], scale: float = 1.0, most: int = 6
) -> list[tuple[str, ...]]:
    """Name and the columns of `case_heads` of each, in the digits that the file itself deserves."""
    own = cases[0]
    npv = min(even_places([(one.npv.value, one.npv.se) for one in cases], scale=scale), most)
    changes = [(one.change.value, one.change.se) for one in cases if one.name]
    change = min(even_places(changes, scale=scale), most)
    tail, limit = (_whole(one.value, scale, npv) for one in (own.cvar_95, own.walk_away))
    return [_case_row(case, (npv, change, tail, limit), scale) for case in cases]


def _case_row(case: Case, decimals: tuple[int, int, int, int], scale: float) -> tuple[str, ...]:
    npv, change, tail, limit = decimals
    return (
        case_name(case), number(case.npv.value / scale, "money", npv),
        told(case.change, scale=scale, even=change) if case.name else "",
        number(case.p_loss.value, "ratio", 1), number(case.cvar_95.value / scale, "money", tail),
        number(case.walk_away.value / scale, "money", limit),
        *(() if case.irr is None else (number(case.irr.value, "ratio", 1),)),
    )  # fmt: skip


def _whole(largest: float, scale: float, most: int) -> int:
    """Decimals of amounts without an error, whose largest is this: three digits of it.

    In units beyond a million, which come where a screen is narrow, one at the most.
    """
    return min(money_decimals(largest), most) if scale == 1.0 else min(most, 1)


def case_note(cases: Sequence[Case], document: Document) -> str:
    """What a negative CVaR is, and which cases have draws of their own, where there are any; of a
    deal that ends in a sale what NPV does not hold.
    """
    notes = []
    if (year := _sold(document)) is not None:
        notes.append(
            tr(
                "NPV in all cases is without the sale at the end of %s: a case that changes only "
                "the sale leaves it as it is; see the IRR."
            ) % year
        )
    if any(case.cvar_95.value < 0.0 for case in cases):
        notes.append(
            tr("A negative CVaR is a gain: even the worst 5 % of the paths gain on average.")
        )
    others = [case_name(case) for case in cases if not case.same_draws]
    if others:
        notes.append(tr(
            "Uncertain in other quantities than the file as it stands, so that their random "
            "numbers differ, too, and the change has the error of both runs: %s."
        ) % tr(", ").join(others))  # fmt: skip
    return " ".join(notes)


def _sold(document: Document) -> int | None:
    """The calendar year in which the buyer sells again, None where it stays."""
    leave = document.deal.exit
    return None if leave is None else document.base_year + leave.year


def reverse_headline(found: Reverse, document: Document) -> str:
    """The question that the tables answer, and what they leave out."""
    often, year = rough_chance(found.event.value, found.event.se), _sold(document)
    sale = "" if year is None else tr(", without the sale at the end of %s,") % year
    if found.turned:
        first = tr("NPV to the acquirer%s is negative on most paths; it is positive on %s.")
    else:
        first = tr("NPV to the acquirer%s is negative on %s of the paths.")
    told_ = [first % (sale, often), _failing(found)]
    if not (found.leans or found.combinations):
        closing = round(found.paths * (1.0 - found.failing))
        told_.append(tr(
            "Of the %s paths on which the deal closes only %s are such: too few to say more."
        ) % (count(closing), count(found.count)))  # fmt: skip
    elif found.failing > 0.0:
        told_.append(tr("The tables are of the paths on which it closes."))
    return " ".join(filter(None, told_))


def _failing(found: Reverse) -> str:
    """On how many paths the deal does not close, and how many of those in question they are."""
    if found.failing == 0.0:
        return ""
    often, part = (number(share, "ratio", 1) for share in (found.failing, found.failing_if))
    if found.failing_if == 0.0:
        return tr("The deal does not close on %s of the paths.") % often
    if found.turned:
        told_ = tr("The deal does not close on %s of the paths: %s of those with positive NPV.")
    else:
        told_ = tr("The deal does not close on %s of the paths: %s of those with negative NPV.")
    return told_ % (often, part)


def reverse_note(found: Reverse) -> str:
    """How the tables are to be read."""
    spans = [lean.years for lean in found.leans] + [place.years for place in found.break_even]
    years = next(filter(None, spans), None)
    note = tr(
        "A path pays where NPV is zero or more, and loses where it is less. For a risk the "
        "tables tell on how many paths it happens. Shift and distance in standard deviations (sd), "
        "from the mean and the median. What comes together: a quantity in its lowest or highest "
        "third; pairs and triples are chosen on one half of the paths and measured on the other."
    )
    return f"{note} {_sentence(averaged(years))}" if years else note


def _sentence(text: str) -> str:
    """With a capital and a full stop."""
    return tr("%s.") % f"{text[0].upper()}{text[1:]}"


def combination_heads(found: Reverse) -> tuple[str, str]:
    """What the shares beside P(event) are of."""
    all_ = tr("share of all that close") if found.failing > 0.0 else tr("share of all paths")
    if found.turned:
        return all_, tr("share of the paths that pay")
    return all_, tr("share of the paths that lose")


def combination_rows(
    found: Reverse, document: Document, naming: Naming = told_in_full
) -> list[tuple[str, str, str, str]]:
    """Conditions, P(event) under them, share of all paths, share of the event's paths."""
    return [
        (
            _joined([condition_text(each, document, naming) for each in one.conditions]),
            rough_chance(one.chance.value, one.chance.se),
            number(one.frequency, "ratio", 1), number(one.covers.value, "ratio", 1),
        )
        for one in found.combinations
    ]  # fmt: skip


def _joined(conditions: Sequence[str]) -> str:
    """Those that hold together, one a line."""
    first, *others = conditions
    return "\n".join([first, *(tr("and %s") % other for other in others)])


def prerequisite_rows(
    found: Prerequisite, document: Document
) -> list[tuple[str, str, str, str]]:
    """Rows of `lean_row`; none where too few paths keep or break the promise."""
    return [lean_row(need, document) for need in found.needs]


def prerequisite_remark(found: Prerequisite) -> str:
    """On how many paths it is kept, and why nothing is said where nothing is."""
    kept = tr("Kept on %s of %s paths") % (count(found.kept), count(found.paths))
    if found.needs:
        years = next((need.years for need in found.needs if need.years), None)
        return " ".join([tr("%s.") % kept, *([_sentence(averaged(years))] if years else [])])
    if min(found.kept, found.paths - found.kept) < FEWEST:
        few = "%s: too few keep it to tell what it takes." if found.kept < FEWEST else (
            "%s: too few break it to tell what it takes."
        )
        return tr(few) % kept
    return tr("%s: no single quantity or risk differs there by %s standard deviations.") % (
        kept, f"{LEAST:g}"
    )
