"""`ascent reach`: who can reach whom in a stack, before it is deployed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, Directory, complete_stack
from ascent.cli.shared.usage import must_be_one_of
from ascent.output.console import console
from ascent.planning import chosen_stacks, start
from common.problems import InputError

if TYPE_CHECKING:
    from ascent.reach.answer import Answer
    from ascent.reach.ask import Network
    from ascent.reach.places import Place

_PLACE = "internet, a service, a store, load-balancer, cloudfront, a service of AWS, or a range of addresses"


def run(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Stack to ask.", autocompletion=complete_stack)],
    source: Annotated[str | None, typer.Argument(metavar="[FROM]", help=f"{_PLACE}; all without it.")] = None,
    target: Annotated[str | None, typer.Argument(metavar="[TO]", help="The same; all without it.")] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="N", help="TCP port at TO.", show_default="those that it listens on"),
    ] = None,
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 the way is open, or all ways were listed, 1 it is closed or not known to be open, 2 bad input."""
    with start(cwd, chosen_stacks(cwd, [stack])) as planning:
        from ascent.reach.ask import Network

        if port is not None and target is None:
            raise InputError(f"ascent reach {stack} --port {port}: it is a port at TO; name FROM and TO")
        plan = planning.recordings()[0].plan
    network = Network(plan)
    begin = None if source is None else _place(network, stack, source)
    end = None if target is None else _place(network, stack, target)
    if begin is not None and end is not None:
        _must_differ(stack, begin, end)
    answers = _answers(network, begin, end, port)
    if as_json:
        from ascent.document import text_of
        from ascent.reach.document import to_document

        print(text_of(to_document(stack, answers)), end="")
    else:
        _print(stack, answers, alone=end is not None)
    return end is None or answers[0].reaches


def _place(network: Network, stack: str, name: str) -> Place:
    place = network.place(name)
    if place is None:
        wanted = must_be_one_of(name, list(network.places), "or a public range of addresses")
        raise InputError(f"ascent reach {stack} {name}: {wanted}")
    return place


def _must_differ(stack: str, source: Place, target: Place) -> None:
    from ascent.reach.places import Kind

    if source == target:
        raise InputError(f"ascent reach {stack} {source.name} {target.name}: FROM and TO are the same; name two places")
    if source.kind is target.kind is Kind.INTERNET:
        raise InputError(
            f"ascent reach {stack} {source.name} {target.name}: both are on the internet; name a place of the stack"
        )


def _answers(network: Network, source: Place | None, target: Place | None, port: int | None) -> list[Answer]:
    if source is not None and target is not None:
        return [network.ask(source, target, port)]
    from ascent.reach.places import Kind

    sources = [place for place in network.own if place.opens] if source is None else [source]
    return [
        network.ask(one, other)
        for one in sources
        for other in network.own
        if one != other and not one.kind is other.kind is Kind.INTERNET
    ]


def _print(stack: str, answers: list[Answer], *, alone: bool) -> None:
    from ascent.output.console.reach import print_way, print_ways

    if alone:
        print_way(console(), answers[0])
    else:
        print_ways(console(), stack, answers)
