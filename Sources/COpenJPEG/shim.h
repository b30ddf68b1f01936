#if __has_include(<openjpeg.h>)
#include <openjpeg.h>
#endif
