#include <xlsxwriter.h>
// mallopt, which tunes the allocator to the library's habits.
#include <malloc.h>
