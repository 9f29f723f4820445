// What Swift does not see of the C library.
#ifndef DISK_SYNC_H
#define DISK_SYNC_H

// Waits until everything written to the file system of that descriptor is on its disk; 0, or -1 with `errno`.
int disk_sync_file_system(int descriptor);

#endif
