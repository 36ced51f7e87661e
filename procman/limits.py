"""What no contents page comes near: refused before it fills the memory, from wherever it comes."""

from __future__ import annotations

#: Bytes of a page, from disk or unpacked from the network.
MAX_BYTES = 32 * 1024 * 1024
#: Why a larger one is refused.
TOO_LARGE = f"larger than {MAX_BYTES // 2**20} MiB, which no contents page is"
