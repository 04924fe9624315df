"""What a line can make, what it sells, what that brings and costs. Annual rates of one period."""

from __future__ import annotations

from simulator.jit import kernel
from simulator.model.constants import LEAST_GROWTH


@kernel
def cost_index(S, F, A):
    """Index of unit cost: ·max(0.05, 1 − learning − pass_through·(1 − P_y/P_{y−1}))."""
    for a in A:
        out, learning, change, pass_through = a[0], a[1], a[2], F[a[3]]
        for i in range(S.shape[1]):
            fall = S[learning, i] + pass_through * (1.0 - S[change, i])
            S[out, i] *= max(LEAST_GROWTH, 1.0 - fall)


@kernel
def mix_into(S, F, A):
    """out += weight·(m − 1): a component of unit cost that became m times as dear."""
    for a in A:
        out, m, share = a[0], a[1], F[a[2]]
        for i in range(S.shape[1]):
            S[out, i] += share * (S[m, i] - 1.0)


@kernel
def constrained(S, F, A):
    """Orders, capacity, usable capacity, volume (thousand units a year) of a line with capacity."""
    for a in A:
        orders, capacity, usable, volume = a[0], a[1], a[2], a[3]
        base, launched, order_scale = a[4], a[5], a[6]
        nameplate, added, begun, capacity_scale = a[7], F[a[8]], a[9], a[10]
        utilization, utilization_scale = a[11], a[12]
        for i in range(S.shape[1]):
            o = S[base, i] * S[launched, i] * S[order_scale, i]
            c = (S[nameplate, i] + added) * S[begun, i] * S[capacity_scale, i]
            u = c * min(max(S[utilization, i] * S[utilization_scale, i], 0.0), 1.0)
            S[orders, i] = o
            S[capacity, i] = c
            S[usable, i] = u
            S[volume, i] = min(o, u)


@kernel
def unconstrained(S, F, A):
    """volume = orders of a line without capacity."""
    for a in A:
        volume, base, launched, order_scale = a[0], a[1], a[2], a[3]
        for i in range(S.shape[1]):
            S[volume, i] = S[base, i] * S[launched, i] * S[order_scale, i]


@kernel
def clip_utilization(S, F, A):
    """out = utilization clipped to [0, 1]."""
    for a in A:
        out, x = a[0], a[1]
        for i in range(S.shape[1]):
            S[out, i] = min(max(S[x, i], 0.0), 1.0)


@kernel
def sales(S, F, A):
    """revenue = sold·price; cost = volume (made for itself)·unit cost + fixed cost·plant."""
    for a in A:
        revenue, cost, sold, volume = a[0], a[1], a[2], a[3]
        price, price_scale, unit_cost, unit_scale = a[4], a[5], a[6], a[7]
        fixed, plant, plant_base, fixed_scale, fx = F[a[8]], a[9], a[10], a[11], a[12]
        for i in range(S.shape[1]):
            S[revenue, i] = S[sold, i] * S[price, i] * S[price_scale, i]
            S[cost, i] = S[volume, i] * S[unit_cost, i] * S[unit_scale, i] + (
                fixed * S[plant, i] * S[plant_base, i] * S[fixed_scale, i] * S[fx, i]
            )


@kernel
def purchases(S, F, A):
    """cost = volume·price·scale + fixed cost of a line that buys."""
    for a in A:
        cost, volume, price, price_scale = a[0], a[1], a[2], a[3]
        fixed, plant, fixed_scale, fx = F[a[4]], a[5], a[6], a[7]
        for i in range(S.shape[1]):
            S[cost, i] = S[volume, i] * S[price, i] * S[price_scale, i] + (
                fixed * S[plant, i] * S[fixed_scale, i] * S[fx, i]
            )


@kernel
def pool(S, F, A):
    """Orders that one line cannot fill, made on another's spare capacity after closing.

    `unfilled` and `spare` shrink by the whole move; booked is the moved volume × share after
    closing: sold on the line that has the order, made (at its unit cost) on the other.
    """
    for a in A:
        unfilled, spare, after = a[0], a[1], a[2]
        sold, made, cost, unit_cost, unit_scale = a[3], a[4], a[5], a[6], a[7]
        for i in range(S.shape[1]):
            moved = min(S[unfilled, i], S[spare, i])
            booked = moved * S[after, i]
            S[unfilled, i] -= moved
            S[spare, i] -= moved
            S[sold, i] += booked
            S[made, i] += booked
            S[cost, i] += booked * S[unit_cost, i] * S[unit_scale, i]


@kernel
def difference(S, F, A):
    """out = x − y."""
    for a in A:
        out, x, y = a[0], a[1], a[2]
        for i in range(S.shape[1]):
            S[out, i] = S[x, i] - S[y, i]
