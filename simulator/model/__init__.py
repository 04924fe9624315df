"""What happens on a path: numba kernels over blocks, one formula a function."""
