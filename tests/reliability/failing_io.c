/* Preloaded: after fault_arm, the n-th call that changes a file whose path holds `match` fails, once or from there on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long left = 0;
static int for_ever = 0, number = 0, armed = 0;
static char match[4096] = "";

void fault_arm(long at, int ever, int error, const char *part) {
    left = at; for_ever = ever; number = error; armed = 1;
    strncpy(match, part, sizeof match - 1);
}

static int fails(const char *path) {
    if (!armed || !strstr(path, match)) return 0;
    if (--left == 0 || (left < 0 && for_ever)) { errno = number; return 1; }
    return 0;
}

static int fails_at(int handle) {
    char link[64], path[4096];
    if (!armed) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return fails(path);
}

#define REAL(name) ((typeof(&name)) dlsym(RTLD_NEXT, #name))
ssize_t write(int h, const void *b, size_t n) { return fails_at(h) ? -1 : REAL(write)(h, b, n); }
ssize_t pwrite(int h, const void *b, size_t n, off_t o) { return fails_at(h) ? -1 : REAL(pwrite)(h, b, n, o); }
ssize_t pwrite64(int h, const void *b, size_t n, off64_t o) { return fails_at(h) ? -1 : REAL(pwrite64)(h, b, n, o); }
int fsync(int h) { return fails_at(h) ? -1 : REAL(fsync)(h); }
int fdatasync(int h) { return fails_at(h) ? -1 : REAL(fdatasync)(h); }
int ftruncate(int h, off_t n) { return fails_at(h) ? -1 : REAL(ftruncate)(h, n); }
int ftruncate64(int h, off64_t n) { return fails_at(h) ? -1 : REAL(ftruncate64)(h, n); }
int unlink(const char *p) { return fails(p) ? -1 : REAL(unlink)(p); }
