"""Python files of about 45 lines, for ruff: a module of a team, with a class and functions."""

import os
import sys

AREAS = ["billing", "catalogue", "delivery", "loyalty", "returns", "stock", "support"]


def unit(index):
    area = AREAS[index % len(AREAS)]
    limit = 10 + index % 90
    rate = 2 + index % 7
    return f'''"""What {area} does with list {index}."""

import json
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass
class Order{index}:
    """One order of {area}."""

    number: str
    amount: int = {limit}
    placed: date = date(2026, 1, {1 + index % 28})
    words: tuple[str, ...] = ("{area}", "list {index}")

    def is_large(self) -> bool:
        """Whether it is worth a letter."""
        return self.amount >= {limit * rate} and len(self.words) > {index % 3}


def due(order: Order{index}, days: int = {limit}) -> date:
    """The day by which it must be paid."""
    day = order.placed + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def total(orders: list[Order{index}]) -> int:
    """The sum, with a rebate on every {rate}th order."""
    sum_so_far = 0
    for position, order in enumerate(orders):
        if position % {rate} == 0 and order.is_large():
            sum_so_far += order.amount * 9 // 10
        else:
            sum_so_far += order.amount
    return sum_so_far


def written(orders: list[Order{index}]) -> str:
    """The orders as JSON, the latest first."""
    ordered = sorted(orders, key=lambda order: order.placed, reverse=True)
    return json.dumps([{{"number": order.number, "due": str(due(order))}} for order in ordered])
'''


def main():
    folder, files = sys.argv[1], int(sys.argv[2])
    lines = size = 0
    for index in range(files):
        path = os.path.join(folder, f"{index // 100:03}", f"m{index:05}.py")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = unit(index)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        lines += text.count("\n")
        size += len(text.encode())
    print(lines, size)


if __name__ == "__main__":
    main()
