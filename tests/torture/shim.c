/* Stands between a program and its disk (LD_PRELOAD): writes down, in one order, everything that is asked of the files
   under SHIM_ROOT, or lets the n-th of these calls fail. No root, no special file system, any SQLite. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { FILES = 1024, NAME = 512 };
static char names[FILES][NAME]; /* by descriptor; empty for files that are not watched */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -1;
static long countdown = 0; /* calls until one fails; 0: none will */
static int failing = 0, sticky = 0;
static long seen = 0;

#define REAL(name, type) \
    static type real; \
    if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef ssize_t (*write_t)(int, const void *, size_t);
typedef int (*fd_t)(int);
typedef int (*truncate_t)(int, off_t);
typedef int (*path_t)(const char *);
typedef int (*rename_t)(const char *, const char *);
typedef int (*open_t)(const char *, int, ...);

static int watched_path(const char *path) {
    const char *root = getenv("SHIM_ROOT");
    size_t length = root ? strlen(root) : 0;
    return length && path && !strncmp(path, root, length) && !strstr(path, "-shm");
}

static const char *watched(int fd) { return fd >= 0 && fd < FILES && names[fd][0] ? names[fd] : NULL; }

/* One entry: kind, length of the path, offset, length of the data, path, data. */
static void note(char kind, const char *path, int64_t offset, const void *data, uint32_t length) {
    REAL("write", write_t);
    const char *where = getenv("SHIM_JOURNAL");
    if (!where) return;
    if (journal < 0) {
        open_t open_ = (open_t)dlsym(RTLD_NEXT, "open");
        journal = open_(where, O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    uint16_t name = (uint16_t)strlen(path);
    size_t size = 15 + name + length;
    char *entry = malloc(size);
    entry[0] = kind;
    memcpy(entry + 1, &name, 2);
    memcpy(entry + 3, &offset, 8);
    memcpy(entry + 11, &length, 4);
    memcpy(entry + 15, path, name);
    if (length) memcpy(entry + 15 + name, data, length);
    if (real(journal, entry, size) != (ssize_t)size) abort();
    free(entry);
}

/* Tell whether this call must fail, and with what. */
static int fails(int kind) {
    int wrong = 0;
    pthread_mutex_lock(&lock);
    seen++;
    if (countdown > 0 && (failing != EIO + 1000 || kind == 'F')) {
        if (countdown == 1) {
            wrong = failing >= 1000 ? failing - 1000 : failing;
            if (!sticky) countdown = 0;
        } else {
            countdown--;
        }
    }
    pthread_mutex_unlock(&lock);
    return wrong;
}

/* Called by the program itself: from the n-th call on, fail; 1000 more means only when it waits for the disk. */
void shim_arm(long n, int error, int for_good) {
    pthread_mutex_lock(&lock);
    countdown = n;
    failing = error;
    sticky = for_good;
    seen = 0;
    pthread_mutex_unlock(&lock);
}

/* Called by the program itself: no further call fails; returns how many calls there were. */
long shim_disarm(void) {
    pthread_mutex_lock(&lock);
    countdown = 0;
    long were = seen;
    pthread_mutex_unlock(&lock);
    return were;
}

/* Called by the program itself: a command was acknowledged. */
void shim_ack(const char *text) {
    pthread_mutex_lock(&lock);
    note('A', "", 0, text, (uint32_t)strlen(text));
    pthread_mutex_unlock(&lock);
}

static int opened(int fd, const char *path, int flags) {
    if (fd >= 0 && fd < FILES) {
        if (watched_path(path)) {
            pthread_mutex_lock(&lock);
            snprintf(names[fd], NAME, "%s", path);
            if (flags & O_CREAT) note('C', path, 0, NULL, 0);
            pthread_mutex_unlock(&lock);
        } else {
            names[fd][0] = 0;
        }
    }
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(#name, open_t); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        return opened(real(path, flags, mode), path, flags); \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL("close", fd_t);
    if (fd >= 0 && fd < FILES) names[fd][0] = 0;
    return real(fd);
}

#define PWRITE(name) \
    ssize_t name(int fd, const void *data, size_t size, off_t offset) { \
        REAL(#name, pwrite_t); \
        const char *path = watched(fd); \
        int wrong = path ? fails('W') : 0; \
        if (wrong) { errno = wrong; return -1; } \
        ssize_t done = real(fd, data, size, offset); \
        if (path && done > 0) { \
            pthread_mutex_lock(&lock); \
            note('W', path, offset, data, (uint32_t)done); \
            pthread_mutex_unlock(&lock); \
        } \
        return done; \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *data, size_t size) {
    REAL("write", write_t);
    const char *path = watched(fd);
    int wrong = path ? fails('W') : 0;
    if (wrong) { errno = wrong; return -1; }
    off_t offset = path ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = real(fd, data, size);
    if (path && done > 0) {
        pthread_mutex_lock(&lock);
        note('W', path, offset, data, (uint32_t)done);
        pthread_mutex_unlock(&lock);
    }
    return done;
}

#define SYNC(name) \
    int name(int fd) { \
        REAL(#name, fd_t); \
        const char *path = watched(fd); \
        int wrong = path ? fails('F') : 0; \
        if (wrong) { errno = wrong; return -1; } \
        int done = getenv("SHIM_JOURNAL") && path ? 0 : real(fd); \
        if (path && !done) { \
            pthread_mutex_lock(&lock); \
            note('F', path, 0, NULL, 0); \
            pthread_mutex_unlock(&lock); \
        } \
        return done; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name) \
    int name(int fd, off_t size) { \
        REAL(#name, truncate_t); \
        const char *path = watched(fd); \
        int wrong = path ? fails('T') : 0; \
        if (wrong) { errno = wrong; return -1; } \
        int done = real(fd, size); \
        if (path && !done) { \
            pthread_mutex_lock(&lock); \
            note('T', path, size, NULL, 0); \
            pthread_mutex_unlock(&lock); \
        } \
        return done; \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

int unlink(const char *path) {
    REAL("unlink", path_t);
    int done = real(path);
    if (!done && watched_path(path)) {
        pthread_mutex_lock(&lock);
        note('U', path, 0, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return done;
}

int rename(const char *from, const char *to) {
    REAL("rename", rename_t);
    int done = real(from, to);
    if (!done && watched_path(from)) {
        pthread_mutex_lock(&lock);
        note('R', from, 0, to, (uint32_t)strlen(to));
        pthread_mutex_unlock(&lock);
    }
    return done;
}
