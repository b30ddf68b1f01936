/* The library may be missing: then the flags that go with it are missing too, and nothing uses it. */
#if __has_include(<zip.h>)
#include <zip.h>
#endif
