"""How many of the core's units are one of those that people read?"""

M_PER_KM = 1000.0
M2_PER_KM2 = 1_000_000.0
PER_CENT = 100.0  # of a share, 0…1
