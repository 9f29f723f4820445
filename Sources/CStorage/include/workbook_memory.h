// What libxlsxwriter 1.1.4 leaves to chance, taken in hand: where it keeps parts while it writes a workbook, whether a
// write of such a part succeeded, and how it turns a time into a date.
#ifndef WORKBOOK_MEMORY_H
#define WORKBOOK_MEMORY_H

#include <stddef.h>

// Forgets what went wrong on this thread before.
void workbook_memory_begin(void);

// Whether a part of a workbook could not be kept on this thread since `workbook_memory_begin`.
int workbook_memory_failed(void);

// How many parts this thread has kept in memory since `workbook_memory_begin`: none means that the library is not
// built to be taken in hand.
int workbook_memory_parts(void);

// A file without a name, in memory; its descriptor, or -1.
int workbook_memory_file(void);

// For tests: the part of that number (from 1) on this thread fails to take bytes; 0 for none.
void workbook_memory_fail_at(int part);

#endif
