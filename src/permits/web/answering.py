"""Waiting for the writer without holding up anybody else."""

import asyncio
from concurrent.futures import Future

from permits.services.writer import Answer


async def answered(sent: "Future[Answer]") -> Answer:
    """The writer's answer.

    A request that is given up meanwhile must not take the answer away from the writer, which
    has others to answer: hence the shield.
    """
    return await asyncio.shield(asyncio.wrap_future(sent))
