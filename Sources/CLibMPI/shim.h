/* The library may be missing: then the program is built without the trait MPI, and nothing uses it. */
#if __has_include(<mpi.h>)
#include <mpi.h>
#endif
