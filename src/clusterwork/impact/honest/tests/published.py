"""Event studies in print that the tests agree with."""

import numpy as np

# Benzarti and Carloni 2019 as in section 6.1 of Rambachan and Roth 2023 and in R's HonestDiD:
# profits of restaurants in France in 2004 to 2007 and 2009 to 2012 about 2008.
YEARS = (2004, 2005, 2006, 2007, 2009, 2010, 2011, 2012)
PROFITS = (
    *(0.0066963518, 0.0293450337, -0.0064729722, 0.0730149895),
    *(0.1959611177, 0.3120639026, 0.2395415455, 0.1260425001),
)
_LOWER = (
    (8.428358,),
    (4.768687, 6.425420),
    (2.618051, 3.987425, 5.229950),
    (2.354220, 2.435515, 2.117686, 3.089595),
    (1.676371, 2.201960, 1.840722, 1.197866, 3.599704),
    (1.128708, 1.804591, 1.458528, 1.334081, 2.478819, 4.263950),
    (0.199282, 0.384377, 0.700520, 1.016335, 1.749579, 2.171438, 4.886698),
    (-1.368265, -0.296042, 0.595299, 1.079052, 1.654257, 2.892748, 3.805322, 7.617394),
)


def covariance_of_profits():
    matrix = np.zeros((8, 8))
    for row, values in enumerate(_LOWER):
        matrix[row, : row + 1] = matrix[: row + 1, row] = np.array(values) * 1e-4
    return matrix
