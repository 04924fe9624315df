"""Write sobol_directions.npz: the numbers that start the Sobol sequence in each dimension.

Run: python -m simulator.sampling.data.make_directions

They are those of Joe and Kuo, "Constructing Sobol sequences with better two-dimensional
projections", SIAM J. Sci. Comput. 30 (2008), set new-joe-kuo-6, as SciPy ships them for
`scipy.stats.qmc.Sobol`; the first DIMENSIONS of 21,201. The tests compare points with SciPy's.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np

TARGET = Path(__file__).with_name("sobol_directions.npz")
DIMENSIONS = 4096


def main() -> None:
    """Write the file."""
    source = resources.files("scipy.stats") / "_sobol_direction_numbers.npz"
    with source.open("rb") as stream, np.load(stream) as numbers:
        polynomials = numbers["poly"][:DIMENSIONS]
        initial = numbers["vinit"][:DIMENSIONS]
    degree = int(polynomials.max()).bit_length() - 1
    np.savez_compressed(
        TARGET, polynomials=polynomials.astype(np.uint32),
        initial=initial[:, :degree].astype(np.uint16),
    )


if __name__ == "__main__":
    main()
