"""What `format.md` says in words, because neither the schema nor the checks know it."""

from __future__ import annotations

HEAD = """\
<!-- Written by docs/make_format.py from the schema; change that, or the schema. -->

# Format of a scenario file

A scenario is a TOML file. Money is in millions of the scenario's `currency`, volumes are in
thousand units a year, prices and unit costs in currency a unit, rates are fractions a year, dates
are years from t = 0, the end of the base year. An unknown key is a fault.

In the tables below a **quantity** is a number or a [distribution](#distributions), drawn once a
path; a **driver** is a yearly rate: a number, a list by year whose last entry carries on, or a
distribution, drawn anew each year. The range of a quantity holds for all that it can draw. `–`
under "default" stands for a key that may be left out and then says nothing. `simulator schema`
prints all of this for editors.

A path such as `companies.alder.lines.pumps.unit_cost` names a value wherever one is named: in
effects, correlations, stress cases, sources, on the command line and in messages.

"""

TOP = "Keys that stand before the first table, and all tables."

NOTES = {
    "Document": """\
`extends` lays other files under this one: tables are merged key by key, lists and distributions
are replaced whole, the file itself comes last. A stress case or an alternative of a base file
that does not fit is warned of and refused when it is used.""",
    "Line": """\
A line that sells needs `unit_cost`; a line that buys has neither capacity nor unit cost.
`additions` need `capacity`.""",
    "Deal": """\
`cash + stock + debt` must sum to 1. With `stock` the acquirer needs `shares` and `share_price`;
`intangibles` need `intangibles_life`.""",
    "EarnOut": "Give `year` or `years`, and `rate` or `amount`.",
    "Exit": "Give `price` or `multiple`; `multiple` needs `of`.",
    "Effect": "Give `scale` or `add`, whichever [the quantity takes](#what-effects-can-change).",
    "Risk": """\
Give `probability` or `hazard`; `repeat` goes with `hazard`, `timing` with `probability`.
`terminates` is for `scope = "deal"`; a risk that terminates the deal has neither trigger nor
`repeat`.""",
    "Trigger": "Give `above` or `below`.",
    "Claim": "Give `at_least` or `at_most`; a yearly metric needs `year`.",
    "Correlation": """\
Both must be uncertain. The matrix must be positive semi-definite; a fault names its smallest
eigenvalue, and `repair_correlations = true` takes the nearest matrix that is one.""",
    "Alternative": "`nothing` and `buy` are names that every scenario has already.",
}
"""Rules across keys, by table class."""

SOURCES = """\
## `[sources]`

A path, or a pattern with `*`, and a text: who says so. The longest pattern that fits a value is
shown with it; a note on a table counts for all in it. Notes that begin with `fact:`, `public:` or
`source:` are counted as facts, those with `assumption:` or `assumed` as assumptions; of others,
those with § or an address are facts. A value that is given anew, in a file that extends another or
on the command line, keeps no note that was written for the old one: a report marks it as changed.
A note vouches for what stood there when it was written: an edit of the value in the file itself
cannot be known, so change the note with it.

## `[references]`

A mark and what it stands for, such as `P3 = "LightCounting, …"`. Reports list the marks that occur
in texts and notes.

## `[translations.zh]` and `[translations.en]`

Path = text, for reports in Chinese (`--lang zh`) and for readable names in English. A path that
holds a text (`title`, `description`, `claims.0.text`, `risks.staff_leave.text`) translates it; one
that holds a table (`risks.staff_leave`, `companies.alder.lines.pumps`) its name. What is not
translated is told as it stands; `simulator check` says how much that is. Reports tell quantities
with these names: `segments.g800.growth` as `800G modules: demand growth`.

"""

EFFECTS = """\
## What effects can change

An effect changes one quantity by `scale` (it is multiplied by max(0, 1 + size · weight)) or by
`add` (size · weight is added). Scales of one quantity multiply, adds add. Which of the two a
quantity takes is fixed:

"""

RAMPS = """\
The **weight** is the average over a period of a profile that begins at a date, rises linearly to
1 over `ramp` years, and falls back to 0 after `duration` years. An effect takes `ramp` and
`duration` of its synergy or risk where it has none of its own. `one_off` and `capex` are booked
whole in the period of the date; a shift of `launch` moves the date whole. `*` stands for any one
name: `companies.*.lines.*.unit_cost` is the unit cost of every line.

"""

CHANGES = {
    "segments.<name>.growth": "demand growth, in the years it lasts",
    "segments.<name>.price_decline": "fall of the price, in the years it lasts",
    "segments.<name>.demand": "level of demand, without a lasting change of it",
    "companies.<name>.rnd_ratio": "research and development over revenue",
    "companies.<name>.sga_ratio": "selling and administration over revenue",
    "companies.<name>.one_off": "a cost of one period, millions of the company's currency",
    "companies.<name>.capex": "an investment of one period, in millions, not depreciated",
    "companies.<name>.lines.<name>.orders": "what customers order (buy lines: what is bought)",
    "companies.<name>.lines.<name>.capacity": "nameplate capacity",
    "companies.<name>.lines.<name>.utilization": "the usable share of it",
    "companies.<name>.lines.<name>.unit_cost": "the whole unit cost",
    "companies.<name>.lines.<name>.unit_cost.<name>": "one component of `cost_mix`",
    "companies.<name>.lines.<name>.fixed_cost": "fixed cost of the line",
    "companies.<name>.lines.<name>.price": "own price of a line that sells",
    "companies.<name>.lines.<name>.price_paid": "price paid by a line that buys",
    "companies.<name>.lines.<name>.launch": "date of the launch, years; by deals and risks",
    "synergies.<name>": "all sizes of a synergy; by risks",
}
"""What an effect on each quantity changes; a quantity that is not here stops the writing."""

METRICS_HEAD = """\
## Metrics

Names of results: in claims, in `--fail-if` and `--precision`, in tables and in the library.
`<name>` stands for a name of the file. The combined firm's may be written short: `gross_margin`
is `combined.gross_margin`.

| metric | unit | by year | meaning |
|---|---|---|---|
"""
