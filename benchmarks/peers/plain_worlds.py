"""Lines and companies of the contract deal on one path, in plain Python."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from benchmarks.peers.contract import LEAST, Deal, weights
from benchmarks.peers.contract_worlds import CLOSE_PART

STATEMENT = ("revenue", "gross", "ebitda", "ebit", "fcf")
LUMP = weights(0.0, 0.0, 1.0)


class Books:
    """A company in one world: working capital and losses go from year to year."""

    def __init__(self, company: Deal, invested: tuple[list[float], list[float]], tied: float):
        self.company, (self.capex, self.charged), self.tied = company, invested, tied
        self.opex = company["rnd_ratio"] + company["sga_ratio"]
        self.losses = company.get("nol", 0)
        self.rows: dict[str, list[float]] = {name: [] for name in STATEMENT}

    def year(
        self, y: int, revenue: float, cost: float, added: float = 0.0, one_off: float = 0.0,
        proceeds: float = 0.0,
    ) -> None:  # fmt: skip
        """One year more."""
        c = self.company
        gross = revenue - cost
        ebitda = gross - (self.opex + added) * revenue - one_off
        depreciation = c["depreciation_ratio"] * revenue + self.charged[y]
        ebit = ebitda - depreciation
        tax = c["tax_rate"] * max(ebit - self.losses, 0.0)
        self.losses = max(self.losses - ebit, 0.0)
        tied = c["nwc_ratio"] * revenue
        spent = c["capex_ratio"] * revenue + self.capex[y]
        fcf = ebit - tax + depreciation - spent - (tied - self.tied) + proceeds
        self.tied = tied
        rows = self.rows
        rows["revenue"].append(revenue)
        rows["gross"].append(gross)
        rows["ebitda"].append(ebitda)
        rows["ebit"].append(ebit)
        rows["fcf"].append(fcf)


class Worlds:
    """Alpha and beta alone ("alpha", "beta") and together ("alpha+", "beta+")."""

    def __init__(
        self, f: SimpleNamespace, d: dict[str, Any], market: dict[str, Any],
        happened: dict[str, Any], silicon: dict[str, Any],
    ) -> None:  # fmt: skip
        self.f, self.d, self.market, self.happened, self.silicon = f, d, market, happened, silicon
        self.ratio = d["companies.beta.lines.fast.price_ratio"]
        tied = {"alpha": f.tied_alpha, "beta": f.tied_beta * self.ratio}
        self.books = {
            name + world: Books(f.t["companies"][name], f.invested[name], tied[name])
            for name in ("alpha", "beta")
            for world in ("", "+")
        }
        self.cost_fast = self.cost_legacy = self.cost_beta = 1.0
        self.share, self.begun = f.first_share, False
        self.used: dict[str, list[float]] = {"acquirer": [], "target": [], "combined": []}
        self.on, self.control = float(happened["alive"]), float(happened["control"])
        self.clash = float(happened["clash"])

    def metrics(self) -> dict[str, Any]:
        """Utilization by year, and what happened."""
        return {f"{name}.utilization": rows for name, rows in self.used.items()} | {
            "risk.staff_leave": float(self.happened["leave"]),
            "risk.loss_of_control": self.control, "risk.incompatible_technology": self.clash,
            "risk.route_change": self.happened["route_change"],
            "risk.review_fails": 1.0 - self.on, "risk.divestiture": float(self.begun),
            "closed": self.on,
        }  # fmt: skip

    def year(self, y: int) -> None:
        """One year of all four books."""
        f, fast = self.f, self.market["fast"]
        lines = f.alpha["lines"]
        spoilt = 1.0 - self.clash * f.closed[y]
        unit, cheap = self._costs(y, spoilt)
        run_a = min(max(self.d["companies.alpha.utilization"][y], 0.0), 1.0)
        usable_fast = run_a * f.plant_fast[y]
        orders_fast = lines["fast"]["volume"] * f.grown[y] * fast["index"][y]
        own_fast = min(orders_fast, usable_fast)
        orders_legacy = lines["legacy"]["volume"] * self.market["legacy"]["index"][y]
        legacy = min(orders_legacy, run_a * lines["legacy"]["capacity"])
        turned = fast["index"][y] * self.happened["turned"][y]
        silicon = {}
        for world, (there, ramped) in self.silicon.items():
            orders = lines["silicon"]["volume"] * turned * ramped[y]
            usable = run_a * there[y] * lines["silicon"]["capacity"]
            silicon[world] = (there[y], orders, usable, min(orders, usable))
        run_b = min(max(self.d["companies.beta.utilization"][y], 0.0), 1.0)
        orders_beta = f.beta["lines"]["fast"]["volume"] * turned
        usable_beta = run_b * f.plant_beta[y]
        beta = min(orders_beta, usable_beta)
        self._alone(y, unit, own_fast, silicon["alone"], legacy, beta)
        self._together(
            y, cheap, spoilt, (orders_fast, usable_fast, own_fast), silicon["combined"], legacy,
            (orders_beta, usable_beta),
        )  # fmt: skip

    def _costs(self, y: int, spoilt: float) -> tuple[dict[str, float], dict[str, float]]:
        """Unit costs alone, and with what procurement saves."""
        f, d, lines = self.f, self.d, self.f.alpha["lines"]
        beta = f.beta["lines"]["fast"]
        fall, change = d["companies.alpha.cost_decline"][y], 1.0 - self.market["fast"]["change"][y]
        self.cost_fast *= max(1.0 - fall - lines["fast"]["pass_through"] * change, LEAST)
        passed = lines["legacy"]["pass_through"] * (1.0 - self.market["legacy"]["change"][y])
        self.cost_legacy *= max(1.0 - fall - passed, LEAST)
        fall = d["companies.beta.cost_decline"][y]
        self.cost_beta *= max(1.0 - fall - beta["pass_through"] * change, LEAST)
        saved = d["synergies.procurement.realization"] * self.on * spoilt * f.saving[y]
        unit, cheap = {}, {}
        for name, index, line in (
            ("fast", self.cost_fast, lines["fast"]), ("silicon", self.cost_fast, lines["silicon"]),
            ("legacy", self.cost_legacy, lines["legacy"]), ("beta", self.cost_beta, beta),
        ):  # fmt: skip
            cost = unit[name] = index * line["unit_cost"] / 1000.0
            cheap[name] = cost * (1.0 + line["cost_mix"]["chip"] * saved)
        return unit, cheap

    def _alone(
        self, y: int, unit: dict[str, float], fast: float, silicon: tuple[float, ...],
        legacy: float, beta: float,
    ) -> None:  # fmt: skip
        f, lines = self.f, self.f.alpha["lines"]
        there, made = silicon[0], silicon[3]
        price = self.market["fast"]["price"][y] * 1e-3
        self.books["alpha"].year(
            y, (fast + made) * price + legacy * self.market["legacy"]["price"][y] * 1e-3,
            fast * unit["fast"] + made * unit["silicon"] + legacy * unit["legacy"] + f.fixed[y]
            + lines["silicon"]["fixed_cost"] * there,
        )  # fmt: skip
        self.books["beta"].year(y, beta * price * self.ratio, beta * unit["beta"] + f.fixed_beta[y])
        plant = f.plant_fast[y] + lines["legacy"]["capacity"]
        plant += lines["silicon"]["capacity"] * there
        self.used["acquirer"].append((fast + made + legacy) / plant)
        self.used["target"].append(beta / f.plant_beta[y])

    def _together(
        self, y: int, unit: dict[str, float], spoilt: float, fast: tuple[float, ...],
        silicon: tuple[float, ...], legacy: float, beta: tuple[float, ...],
    ) -> None:  # fmt: skip
        """Part of beta may be sold; each makes what the other has no room for."""
        f, d, risks, lines = self.f, self.d, self.f.t["risks"], self.f.alpha["lines"]
        before, limit = self.begun, risks["divestiture"]["trigger"]["above"]
        self.begun = before or (self.happened["divest"] and self.share > limit)
        fraction, kept = risks["divestiture"]["divests"]["fraction"], 1.0
        if self.begun:
            kept = 1.0 - fraction * (1.0 if y else CLOSE_PART[0])
        cross = d["synergies.cross_selling.effects.0.scale"] * self.on * spoilt * f.crossed[y]
        orders = beta[0] * (1.0 + cross) * (1.0 + self.control * f.lost[y]) * kept
        usable = beta[1] * kept
        own = min(orders, usable)
        there, orders_s, usable_s, own_s = silicon
        after = self.on * CLOSE_PART[y]
        to_beta = min(fast[0] - fast[2], usable - own)
        to_beta_s = min(orders_s - own_s, usable - own - to_beta) * after
        to_beta *= after
        from_beta = min(orders - own, fast[1] - fast[2])
        from_beta_s = min(orders - own - from_beta, usable_s - own_s) * after
        from_beta *= after
        sold = fast[2] + own_s + to_beta + to_beta_s
        sold_beta = own + from_beta + from_beta_s
        self.share = (sold + sold_beta) / self.market["fast"]["demand"][y]
        price = self.market["fast"]["price"][y] * 1e-3
        lump = risks["incompatible_technology"]["effects"][0]["add"] * self.clash
        self.books["alpha+"].year(
            y, sold * price + legacy * self.market["legacy"]["price"][y] * 1e-3,
            fast[2] * unit["fast"] + own_s * unit["silicon"] + legacy * unit["legacy"]
            + (to_beta + to_beta_s) * unit["beta"] + f.fixed[y]
            + lines["silicon"]["fixed_cost"] * there,
            one_off=f.achieve[y] * self.on + LUMP[y] * lump,
        )  # fmt: skip
        harm = d["risks.loss_of_control.effects.0.add"] * self.control * f.harmed[y]
        harm += risks["staff_leave"]["effects"][1]["add"] * self.happened["gone"][y]
        now = self.begun and not before
        self.books["beta+"].year(
            y, sold_beta * price * self.ratio,
            own * unit["beta"] + from_beta * unit["fast"] + from_beta_s * unit["silicon"]
            + f.fixed_beta[y] * kept,
            harm, proceeds=risks["divestiture"]["divests"]["proceeds"] if now else 0.0,
        )  # fmt: skip
        plant = f.plant_fast[y] + lines["legacy"]["capacity"]
        plant += lines["silicon"]["capacity"] * there + kept * f.plant_beta[y]
        self.used["combined"].append((sold + legacy + sold_beta) / plant)
