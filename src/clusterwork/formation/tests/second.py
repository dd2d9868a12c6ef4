"""Is there any plan? The rules written out once more, for a solver of another kind (Z3)."""

from __future__ import annotations

from itertools import combinations

import z3

from clusterwork.formation import Instance, School
from clusterwork.formation.tests import plainly


def possible(instance: Instance, seconds: float = 60.0, n_left: int = 0) -> bool:
    """Whether a plan that leaves out at most so many schools keeps every rule but those of
    pyramids; fails where Z3 cannot tell."""
    answer = _Rules(instance, n_left).solver(seconds).check()
    assert answer != z3.unknown, "the second solver needs more time"
    return bool(answer == z3.sat)


class _Rules:
    """x[i, r]: school i is in the cluster whose first school is r."""

    def __init__(self, instance: Instance, n_left: int) -> None:
        self.instance, self.policy, self.n_left = instance, instance.policy, n_left
        self.schools, self.n = instance.schools, len(instance.schools)
        self.number = {school.id: i for i, school in enumerate(self.schools)}
        self.x = {(i, r): z3.Bool(f"x{i}_{r}") for r in range(self.n) for i in range(r, self.n)}
        self.said: list[z3.BoolRef] = []
        self.cover()
        self.sizes()
        self.pairs()
        self.locks()
        self.hubs()
        self.contributors()

    def solver(self, seconds: float) -> z3.Solver:
        solver = z3.SolverFor("QF_FD")
        solver.set("timeout", int(1000 * seconds))
        solver.add(*self.said)
        return solver

    def say(self, *rules: z3.BoolRef) -> None:
        self.said.extend(rules)

    def members(self, r: int) -> list[tuple[int, z3.BoolRef]]:
        return [(i, self.x[i, r]) for i in range(r, self.n)]

    def cover(self) -> None:
        for i in range(self.n):
            places = [(self.x[i, r], 1) for r in range(i + 1)]
            self.say(z3.PbLe(places, 1) if self.n_left else z3.PbEq(places, 1))
        if self.n_left:
            self.say(z3.PbGe([(here, 1) for here in self.x.values()], self.n - self.n_left))
        for (_, r), here in self.x.items():
            self.say(z3.Implies(here, self.x[r, r]))

    def sizes(self) -> None:
        low, high = self.policy.size
        for r in range(self.n):
            head, others = self.x[r, r], [(x, 1) for _, x in self.members(r)[1:]]
            if len(others) + 1 < low:
                self.say(z3.Not(head))
            elif others:
                self.say(z3.Implies(head, z3.PbGe(others, low - 1)))
                self.say(z3.PbLe(others, high - 1))
        heads = [(self.x[r, r], 1) for r in range(self.n)]
        least, most = self.policy.count or (0, self.n)
        self.say(z3.PbGe(heads, max(least, -(-(self.n - self.n_left) // high))))
        self.say(z3.PbLe(heads, min(most, self.n // low)))

    def never(self, i: int, j: int) -> None:
        i, j = sorted((i, j))
        for r in range(i + 1):
            self.say(z3.Or(z3.Not(self.x[i, r]), z3.Not(self.x[j, r])))

    def always(self, i: int, j: int) -> None:
        i, j = sorted((i, j))
        for r in range(j + 1):
            self.say(self.x[i, r] == self.x[j, r] if r <= i else z3.Not(self.x[j, r]))

    def pairs(self) -> None:
        for i, j in combinations(range(self.n), 2):
            if self.apart(self.schools[i], self.schools[j]):
                self.never(i, j)

    def apart(self, a: School, b: School) -> bool:
        policy = self.policy
        far = policy.limit_minutes and policy.limit_to == "pairs"
        if far and plainly.worse(self.instance, a, b) > policy.limit_minutes + 1e-9:
            return True
        if policy.same_authority and a.authority and b.authority and a.authority != b.authority:
            return True
        either = {"", "Dual stream"}
        mixed = a.medium != b.medium and not {a.medium, b.medium} & either
        return bool(policy.same_medium and mixed)

    def locks(self) -> None:
        locks, place = self.instance.locks, self.places()
        for a, b in locks.together:
            self.always(self.number[a], self.number[b])
        for a, b in locks.apart:
            self.never(self.number[a], self.number[b])
        for (a, here), (b, there) in combinations(place.items(), 2):
            (self.always if here == there else self.never)(self.number[a], self.number[b])

    def places(self) -> dict[str, str]:
        """Fixed school to the label that it keeps; a label stands in one cluster only."""
        labels = set(self.instance.current.values())
        return {i: at for i, at in self.instance.locks.fixed.items() if at in labels}

    def hubs(self) -> None:
        if self.policy.limit_to != "hub" or not self.policy.limit_minutes:
            return
        for r in range(self.n):
            able = []
            for h, here in self.members(r):
                far = [x for i, x in self.members(r) if self.too_far(i, h)]
                able.append(z3.And(here, *(z3.Not(x) for x in far)))
            self.say(z3.Implies(self.x[r, r], z3.Or(*able)))

    def too_far(self, i: int, h: int) -> bool:
        minutes = plainly.worse(self.instance, self.schools[i], self.schools[h])
        return minutes > self.policy.limit_minutes + 1e-9

    def contributors(self) -> None:
        if not self.policy.contributing:
            return
        for r in range(self.n):
            able = [
                z3.And(here, *self.alike(r, j))
                for j, here in self.members(r)
                if self.schools[j].strong
            ]
            self.say(z3.Implies(self.x[r, r], z3.Or(*able)))

    def alike(self, r: int, j: int) -> list[z3.BoolRef]:
        """School j's share lies near the mean of the others' in r; shares in hundredths."""
        limit = round(self.policy.contributing_fsm)
        if not limit:
            return []
        share = [round(100 * school.fsm_share) for school in self.schools]
        others = [(i, x) for i, x in self.members(r) if i != j]
        above = [(x, share[i] - share[j] - limit) for i, x in others]
        below = [(x, share[j] - share[i] - limit) for i, x in others]
        return [z3.PbLe(above, 0), z3.PbLe(below, 0)] if others else []
