// The upstream that all proxies are measured against; it does as little as an HTTP/1.1 server can. Usage: upstream <port>
//
//   /<any path>/<n>            200 with a JSON body of n bytes, for GET and for POST (its body is read and dropped)
//   /<any path>/trace          200 with the X-Trace-ID that came, as JSON
//   /<any path>/connections    200 with the number of connections accepted so far
//
// One thread, level-triggered epoll, connections kept alive. A body without Content-Length, a pipelined request or a head over 16 KB
// closes the connection: no proxy here should send one, and the load generator counts it as an error.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_MAX = 16384, BODY_MAX = 1 << 20, ANSWERS = 16, EVENTS = 256 };

struct answer { size_t size, length; char *bytes; };

struct connection {
    int fd;
    size_t filled;          // bytes of the head so far
    size_t body_left;       // bytes of the body still to be read
    const char *reply;      // what to send once the body is in
    size_t reply_length;
    char own[256];          // a reply made for this request
    char head[HEAD_MAX];
};

static struct answer answers[ANSWERS];
static unsigned long accepted;

static const struct answer *answer_of(size_t size) {
    int i = 0;
    for (; i < ANSWERS && answers[i].bytes; i++) {
        if (answers[i].size == size) return &answers[i];
    }
    if (i == ANSWERS || size < 11 || size > BODY_MAX) return NULL;
    char *bytes = malloc(size + 128);
    int head = sprintf(bytes, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", size);
    memcpy(bytes + head, "{\"data\":\"", 9);
    memset(bytes + head + 9, 'x', size - 11);
    memcpy(bytes + head + size - 2, "\"}", 2);
    answers[i] = (struct answer){size, head + size, bytes};
    return &answers[i];
}

static void reply_with(struct connection *c, const char *quote, const char *text, size_t length) {
    if (length > 128) length = 128;
    c->reply_length = sprintf(c->own, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s%.*s%s", length + 2 * strlen(quote), quote, (int)length, text, quote);
    c->reply = c->own;
}

// Reads a whole head, which ends before `end`; chooses the reply. False for what is not understood.
static int read_head(struct connection *c, char *end) {
    char *line = memchr(c->head, '\r', end - c->head + 1), *value;
    char *target = memchr(c->head, ' ', line - c->head);
    char *target_end = target ? memchr(target + 1, ' ', line - target - 1) : NULL;
    if (!target_end) return 0;
    size_t length = 0, trace_length = 0;
    const char *trace = "";
    while (line < end) {
        char *name = line + 2;
        line = memchr(name, '\r', end - name + 1);
        switch (*name | 32) {
        case 'c':
            if (line - name > 15 && !strncasecmp(name, "content-length:", 15)) length = strtoul(name + 15, NULL, 10);
            break;
        case 't':
            if (line - name > 18 && !strncasecmp(name, "transfer-encoding:", 18)) return 0;
            break;
        case 'x':
            if (line - name > 11 && !strncasecmp(name, "x-trace-id:", 11)) {
                for (value = name + 11; *value == ' '; value++) {}
                trace = value;
                trace_length = line - value;
            }
            break;
        }
    }
    char *segment = memrchr(target, '/', target_end - target);
    if (!segment) return 0;
    segment++;
    c->body_left = length;
    if (*segment == 't') {
        reply_with(c, "\"", trace, trace_length);
    } else if (*segment == 'c') {
        char text[32];
        reply_with(c, "", text, sprintf(text, "%lu", accepted));
    } else {
        const struct answer *answer = answer_of(strtoul(segment, NULL, 10));
        if (!answer) return 0;
        c->reply = answer->bytes;
        c->reply_length = answer->length;
    }
    return 1;
}

// Takes what has come; false when the connection is to be closed.
static int serve(struct connection *c) {
    static char dropped[65536];
    ssize_t got;
    if (!c->reply) {
        got = recv(c->fd, c->head + c->filled, HEAD_MAX - c->filled, 0);
        if (got <= 0) return got < 0 && errno == EAGAIN;
        c->filled += got;
        char *end = memmem(c->head, c->filled, "\r\n\r\n", 4);
        if (!end) return c->filled < HEAD_MAX;
        if (!read_head(c, end)) return 0;
        size_t beyond = c->head + c->filled - (end + 4);
        if (beyond > c->body_left) return 0;
        c->body_left -= beyond;
    } else {
        got = recv(c->fd, dropped, c->body_left < sizeof dropped ? c->body_left : sizeof dropped, 0);
        if (got <= 0) return got < 0 && errno == EAGAIN;
        c->body_left -= got;
    }
    if (c->body_left) return 1;
    // One answer at most is under way, so it fits into the socket's buffer.
    if (send(c->fd, c->reply, c->reply_length, MSG_NOSIGNAL) != (ssize_t)c->reply_length) return 0;
    c->reply = NULL;
    c->filled = 0;
    return 1;
}

static void accept_all(int listener, int poll) {
    int fd, on = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        accepted++;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *c = malloc(sizeof *c);
        c->fd = fd;
        c->filled = c->body_left = 0;
        c->reply = NULL;
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){.events = EPOLLIN, .data.ptr = c});
    }
}

int main(int argc, char **argv) {
    if (argc != 2) return fprintf(stderr, "usage: upstream <port>\n"), 2;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1, poll = epoll_create1(EPOLL_CLOEXEC);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) return perror("upstream"), 1;
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &(struct epoll_event){.events = EPOLLIN, .data.ptr = NULL});
    struct epoll_event events[EVENTS];
    for (;;) {
        int count = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (!c) {
                accept_all(listener, poll);
            } else if (!serve(c)) {
                close(c->fd);
                free(c);
            }
        }
    }
}
