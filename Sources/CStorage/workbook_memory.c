// libxlsxwriter writes every part of a workbook to a temporary file first and does not look at the result of a write:
// with a full disk a statement lacks rows and nobody is told. It asks `lxw_tmpfile` for those files, and the C library
// for `gmtime`, whose one result all threads share. Both are taken from here instead: the program's own symbols come
// before a shared library's. Parts then lie in memory, never on a disk that others can read, and each write is known.
#define _GNU_SOURCE
#include "workbook_memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static _Thread_local int failed;
static _Thread_local int parts;
static _Thread_local int failing_part;

void workbook_memory_begin(void) {
    failed = 0;
    parts = 0;
}
int workbook_memory_failed(void) { return failed; }
int workbook_memory_parts(void) { return parts; }
void workbook_memory_fail_at(int part) { failing_part = part; }
int workbook_memory_file(void) { return memfd_create("workbook", MFD_CLOEXEC); }

struct part {
    char *bytes;
    size_t count, room, position;
    int fails;
};

static ssize_t part_write(void *cookie, const char *bytes, size_t count) {
    struct part *part = cookie;
    size_t end = part->position + count;
    if (part->fails) {
        failed = 1;
        errno = ENOSPC;
        return 0;
    }
    if (end > part->room) {
        size_t room = part->room ? part->room * 2 : 16384;
        while (room < end) room *= 2;
        char *more = realloc(part->bytes, room);
        if (!more) {
            failed = 1;
            errno = ENOMEM;
            return 0;
        }
        part->bytes = more;
        part->room = room;
    }
    if (part->position > part->count) memset(part->bytes + part->count, 0, part->position - part->count);
    memcpy(part->bytes + part->position, bytes, count);
    part->position = end;
    if (end > part->count) part->count = end;
    return (ssize_t)count;
}

static ssize_t part_read(void *cookie, char *bytes, size_t count) {
    struct part *part = cookie;
    if (part->position >= part->count) return 0;
    if (count > part->count - part->position) count = part->count - part->position;
    memcpy(bytes, part->bytes + part->position, count);
    part->position += count;
    return (ssize_t)count;
}

static int part_seek(void *cookie, off64_t *offset, int whence) {
    struct part *part = cookie;
    off64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off64_t)part->position : (off64_t)part->count;
    if (base + *offset < 0) {
        errno = EINVAL;
        return -1;
    }
    part->position = (size_t)(base + *offset);
    *offset = base + *offset;
    return 0;
}

static int part_close(void *cookie) {
    struct part *part = cookie;
    free(part->bytes);
    free(part);
    return 0;
}

// The library's own name for it.
FILE *lxw_tmpfile(char *folder) {
    (void)folder;
    struct part *part = calloc(1, sizeof(struct part));
    if (!part) {
        failed = 1;
        return NULL;
    }
    parts++;
    part->fails = parts == failing_part;
    cookie_io_functions_t calls = {part_read, part_write, part_seek, part_close};
    FILE *file = fopencookie(part, "w+", calls);
    if (!file) {
        free(part);
        failed = 1;
    }
    return file;
}

// The same result for each thread on its own.
struct tm *gmtime(const time_t *seconds) {
    static _Thread_local struct tm result;
    return gmtime_r(seconds, &result);
}
