/* 128 KiB are asked for, and the block gets a mapping of its own.
 *
 * The request is above the mmap threshold and does not fit into what is left
 * of the heap, so malloc calls mmap: the block lies just below the libraries.
 * free gives it back with munmap, and its line is gone from /proc/PID/maps. */
#define BYTES (128 * 1024)
#include "malloc-one.c"
