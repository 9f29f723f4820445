// Preloaded into the programs under test (LD_PRELOAD): counts every call that changes files below some folders, lets
// one of them fail, or records all of them with what they wrote, so that a power cut can be played at every point.
//
//   FAULTS_UNDER   folders, separated by ':'; calls on other files are not counted
//   FAULTS_COUNT   a file of two 64-bit numbers shared by all processes of the run: calls so far, faults given
//   FAULTS_AT      the call that fails, from 1; 0 for none
//   FAULTS_KIND    EIO, ENOSPC, EACCES, SHORT (half of what was to be written), FULL (every call from FAULTS_AT on that
//                  needs room fails with ENOSPC), KILL (the process dies before the call)
//   FAULTS_LOG     a file to which every call is recorded: the format is in PowerReplay.swift
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DESCRIPTORS = 4096, FOLDERS = 8 };

static char *folders[FOLDERS];
static int folder_count;
static _Atomic uint64_t *counters;
static uint64_t fault_at;
static const char *fault_kind = "";
static int log_descriptor = -1;
// Paths of open descriptors below the folders.
static char *paths[DESCRIPTORS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) \
    static __typeof__(name) *real_##name; \
    if (!real_##name) real_##name = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor(102))) static void begin(void) {
    REAL(open);
    const char *under = getenv("FAULTS_UNDER");
    if (!under) return;
    char *copy = strdup(under), *rest = NULL;
    for (char *word = strtok_r(copy, ":", &rest); word && folder_count < FOLDERS; word = strtok_r(NULL, ":", &rest))
        folders[folder_count++] = word;
    const char *count = getenv("FAULTS_COUNT");
    int descriptor = count ? real_open(count, O_RDWR | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        void *shared = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        if (shared != MAP_FAILED) counters = shared;
        close(descriptor);
    }
    if (getenv("FAULTS_AT")) fault_at = strtoull(getenv("FAULTS_AT"), NULL, 10);
    if (getenv("FAULTS_KIND")) fault_kind = getenv("FAULTS_KIND");
    if (getenv("FAULTS_LOG")) log_descriptor = real_open(getenv("FAULTS_LOG"), O_WRONLY | O_APPEND | O_CLOEXEC);
}

static int is_watched(const char *path) {
    for (int i = 0; i < folder_count; i++) {
        size_t length = strlen(folders[i]);
        if (!strncmp(path, folders[i], length) && (path[length] == '/' || path[length] == 0)) return 1;
    }
    return 0;
}

static const char *path_of(int descriptor) {
    return descriptor >= 0 && descriptor < DESCRIPTORS ? paths[descriptor] : NULL;
}

static void remember(int descriptor, const char *path) {
    if (descriptor < 0 || descriptor >= DESCRIPTORS) return;
    char *old = paths[descriptor];
    paths[descriptor] = path ? strdup(path) : NULL;
    free(old);
}

// op, path, other path, offset, bytes; each length before its content.
static void record(char op, const char *path, const char *other, int64_t offset, const void *bytes, uint64_t count) {
    if (log_descriptor < 0) return;
    REAL(write);
    uint32_t lengths[2] = {(uint32_t)strlen(path), (uint32_t)(other ? strlen(other) : 0)};
    size_t size = 1 + 8 + 8 + 8 + lengths[0] + lengths[1] + (bytes ? count : 0);
    char *entry = malloc(size), *at = entry;
    *at++ = op;
    memcpy(at, lengths, 8), at += 8;
    memcpy(at, &offset, 8), at += 8;
    memcpy(at, &count, 8), at += 8;
    memcpy(at, path, lengths[0]), at += lengths[0];
    if (other) memcpy(at, other, lengths[1]), at += lengths[1];
    if (bytes) memcpy(at, bytes, count);
    // One write, appended: entries of two processes do not mix.
    if (real_write(log_descriptor, entry, size) != (ssize_t)size) abort();
    free(entry);
}

enum answer { GO, FAIL, HALF };

// Whether this call is the one, and how it fails. `needs_room`: a full disk stops it.
static enum answer ask(int needs_room) {
    if (!counters) return GO;
    uint64_t call = __atomic_add_fetch((uint64_t *)&counters[0], 1, __ATOMIC_SEQ_CST);
    if (!fault_at) return GO;
    if (!strcmp(fault_kind, "FULL")) {
        if (call < fault_at || !needs_room) return GO;
        __atomic_add_fetch((uint64_t *)&counters[1], 1, __ATOMIC_SEQ_CST);
        errno = ENOSPC;
        return FAIL;
    }
    if (call != fault_at) return GO;
    __atomic_add_fetch((uint64_t *)&counters[1], 1, __ATOMIC_SEQ_CST);
    if (!strcmp(fault_kind, "KILL")) kill(getpid(), SIGKILL);
    if (!strcmp(fault_kind, "SHORT")) return needs_room ? HALF : GO;
    errno = !strcmp(fault_kind, "ENOSPC") ? ENOSPC : !strcmp(fault_kind, "EACCES") ? EACCES : EIO;
    return FAIL;
}

static int opened(int descriptor, const char *path, int flags, int existed) {
    if (descriptor < 0) return descriptor;
    remember(descriptor, path);
    if ((flags & O_CREAT) && !existed) record('c', path, NULL, 0, NULL, 0);
    if ((flags & O_TRUNC) && existed) record('t', path, NULL, 0, NULL, 0);
    return descriptor;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list list; \
            va_start(list, flags); \
            mode = va_arg(list, mode_t); \
            va_end(list); \
        } \
        int changes = (flags & (O_CREAT | O_TRUNC)) != 0; \
        if (!path || !is_watched(path)) { \
            int other = real_##name(path, flags, mode); \
            if (other >= 0) remember(other, NULL); \
            return other; \
        } \
        if (changes && ask(1) == FAIL) return -1; \
        pthread_mutex_lock(&mutex); \
        int existed = access(path, F_OK) == 0; \
        int descriptor = opened(real_##name(path, flags, mode), path, flags, existed); \
        pthread_mutex_unlock(&mutex); \
        return descriptor; \
    }
OPEN(open)
OPEN(open64)

int openat(int folder, const char *path, int flags, ...) {
    REAL(openat);
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list list;
        va_start(list, flags);
        mode = va_arg(list, mode_t);
        va_end(list);
    }
    int descriptor = real_openat(folder, path, flags, mode);
    if (descriptor >= 0) remember(descriptor, NULL);
    return descriptor;
}

int close(int descriptor) {
    REAL(close);
    if (descriptor >= 0 && descriptor < DESCRIPTORS && paths[descriptor]) {
        pthread_mutex_lock(&mutex);
        remember(descriptor, NULL);
        pthread_mutex_unlock(&mutex);
    }
    return real_close(descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    REAL(write);
    const char *path = path_of(descriptor);
    if (!path) return real_write(descriptor, bytes, count);
    enum answer answer = ask(1);
    if (answer == FAIL) return -1;
    if (answer == HALF && count > 1) count /= 2;
    pthread_mutex_lock(&mutex);
    int64_t offset = lseek(descriptor, 0, SEEK_CUR);
    ssize_t wrote = real_write(descriptor, bytes, count);
    if (wrote > 0) record('w', path, NULL, offset, bytes, (uint64_t)wrote);
    pthread_mutex_unlock(&mutex);
    return wrote;
}

#define PWRITE(name, type) \
    ssize_t name(int descriptor, const void *bytes, size_t count, type offset) { \
        REAL(name); \
        const char *path = path_of(descriptor); \
        if (!path) return real_##name(descriptor, bytes, count, offset); \
        enum answer answer = ask(1); \
        if (answer == FAIL) return -1; \
        if (answer == HALF && count > 1) count /= 2; \
        pthread_mutex_lock(&mutex); \
        ssize_t wrote = real_##name(descriptor, bytes, count, offset); \
        if (wrote > 0) record('w', path, NULL, offset, bytes, (uint64_t)wrote); \
        pthread_mutex_unlock(&mutex); \
        return wrote; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, type) \
    int name(int descriptor, type size) { \
        REAL(name); \
        const char *path = path_of(descriptor); \
        if (!path) return real_##name(descriptor, size); \
        if (ask(0) == FAIL) return -1; \
        pthread_mutex_lock(&mutex); \
        int result = real_##name(descriptor, size); \
        if (result == 0) record('t', path, NULL, size, NULL, 0); \
        pthread_mutex_unlock(&mutex); \
        return result; \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name, op) \
    int name(int descriptor) { \
        REAL(name); \
        const char *path = path_of(descriptor); \
        if (!path) return real_##name(descriptor); \
        if (ask(0) == FAIL) return -1; \
        pthread_mutex_lock(&mutex); \
        record(op, path, NULL, 0, NULL, 0); \
        pthread_mutex_unlock(&mutex); \
        return 0; \
    }
// The test's own disk need not wait: only that it was asked for counts.
SYNC(fsync, 's')
SYNC(fdatasync, 's')
SYNC(syncfs, 'S')

int rename(const char *from, const char *to) {
    REAL(rename);
    if (!is_watched(from) && !is_watched(to)) return real_rename(from, to);
    if (ask(0) == FAIL) return -1;
    pthread_mutex_lock(&mutex);
    int result = real_rename(from, to);
    if (result == 0) record('r', from, to, 0, NULL, 0);
    pthread_mutex_unlock(&mutex);
    return result;
}

// A second name of a file; not recorded: what a power cut leaves of a merge its manifest tells.
int link(const char *from, const char *to) {
    REAL(link);
    if (!is_watched(to) || access(from, F_OK) != 0) return real_link(from, to);
    if (ask(1) == FAIL) return -1;
    return real_link(from, to);
}

int unlink(const char *path) {
    REAL(unlink);
    if (!is_watched(path) || access(path, F_OK) != 0) return real_unlink(path);
    if (ask(0) == FAIL) return -1;
    pthread_mutex_lock(&mutex);
    int result = real_unlink(path);
    if (result == 0) record('u', path, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&mutex);
    return result;
}

int rmdir(const char *path) {
    REAL(rmdir);
    if (!is_watched(path)) return real_rmdir(path);
    pthread_mutex_lock(&mutex);
    int result = real_rmdir(path);
    if (result == 0) record('d', path, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&mutex);
    return result;
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (!is_watched(path)) return real_mkdir(path, mode);
    if (ask(1) == FAIL) return -1;
    pthread_mutex_lock(&mutex);
    int result = real_mkdir(path, mode);
    if (result == 0) record('m', path, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&mutex);
    return result;
}
