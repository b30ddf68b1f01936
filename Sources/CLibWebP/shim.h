/* The library may be missing: then the flags that go with it are missing too, and nothing uses it. */
#if __has_include(<webp/decode.h>)
#include <webp/decode.h>
#endif
