"""What a line can make, what it sells, what that brings and costs. Annual rates of one period."""

from __future__ import annotations

from simulator.algebra import clip, larger, smaller
from simulator.model.constants import LEAST_GROWTH
from simulator.model.formula import formula


@formula("u r r s")
def cost_index(index, learning, change, pass_through):
    """Index of unit cost: ·max(0.05, 1 − learning − pass_through·(1 − P_y/P_{y−1}))."""
    fall = learning + pass_through * (1.0 - change)
    return index * larger(LEAST_GROWTH, 1.0 - fall)


@formula("u r s")
def mix_into(out, m, share):
    """out += weight·(m − 1): a component of unit cost that became m times as dear."""
    return out + share * (m - 1.0)


@formula("w w w w r r r r s r r r r")
def constrained(
    base, launched, order_scale, nameplate, added, begun, capacity_scale, utilization, used_scale
):
    """Orders, capacity, usable capacity, volume (thousand units a year) of a line with capacity."""
    orders = base * launched * order_scale
    capacity = (nameplate + added) * begun * capacity_scale
    usable = capacity * clip(utilization * used_scale, 0.0, 1.0)
    return orders, capacity, usable, smaller(orders, usable)


@formula("w r r r")
def unconstrained(base, launched, order_scale):
    """volume = orders of a line without capacity."""
    return base * launched * order_scale


@formula("w r")
def clip_utilization(x):
    """out = utilization clipped to [0, 1]."""
    return clip(x, 0.0, 1.0)


@formula("w w r r r r r r s r r r r")
def sales(
    sold, volume, price, price_scale, unit_cost, unit_scale,
    fixed, plant, plant_base, fixed_scale, fx,
):  # fmt: skip
    """revenue = sold·price; cost = volume (made for itself)·unit cost + fixed cost·plant."""
    revenue = sold * price * price_scale
    cost = volume * unit_cost * unit_scale + fixed * plant * plant_base * fixed_scale * fx
    return revenue, cost


@formula("w r r r s r r r")
def purchases(volume, price, price_scale, fixed, plant, fixed_scale, fx):
    """cost = volume·price·scale + fixed cost of a line that buys."""
    return volume * price * price_scale + fixed * plant * fixed_scale * fx


@formula("u u r u u u r r")
def pool(unfilled, spare, after, sold, made, cost, unit_cost, unit_scale):
    """Orders that one line cannot fill, made on another's spare capacity after closing.

    `unfilled` and `spare` shrink by the whole move; booked is the moved volume × share after
    closing: sold on the line that has the order, made (at its unit cost) on the other.
    """
    moved = smaller(unfilled, spare)
    booked = moved * after
    return (
        unfilled - moved, spare - moved,
        sold + booked, made + booked, cost + booked * unit_cost * unit_scale,
    )  # fmt: skip
