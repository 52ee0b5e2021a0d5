/* The floor for captions: one epoll loop that hands each event to every open line, and does nothing else.
   A line that says GET is a viewer; one that says POST publishes its body. Argument: the port. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 65536
static int viewers[MOST], count, number;

static void publish(const char *body) {
    char event[4096], chunk[4200];
    int size = snprintf(event, sizeof event, "id: %d\ndata: %s\n\n", ++number, body);
    int whole = snprintf(chunk, sizeof chunk, "%x\r\n%s\r\n", size, event);
    for (int i = 0; i < count; i++)
        if (send(viewers[i], chunk, whole, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) viewers[i--] = viewers[--count];
}

static void heard(int line) {
    char words[8192];
    int size = read(line, words, sizeof words - 1);
    if (size <= 0) { close(line); return; }
    words[size] = 0;
    if (words[0] == 'G' && count < MOST) {
        const char *head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        if (write(line, head, strlen(head)) > 0) viewers[count++] = line;
    } else if (words[0] == 'P') {
        char *body = strstr(words, "\r\n\r\n");
        if (body) publish(body + 4);
        const char *done = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        if (write(line, done, strlen(done)) < 0) perror("write");
        close(line);
    }
}

int main(int argc, char **argv) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
    struct epoll_event events[512], one = {.events = EPOLLIN};
    int door = socket(AF_INET, SOCK_STREAM, 0), loop = epoll_create1(0), on = 1;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(door, (struct sockaddr *)&place, sizeof place) || listen(door, 4096)) return 1;
    one.data.fd = door;
    epoll_ctl(loop, EPOLL_CTL_ADD, door, &one);
    for (;;) {
        int found = epoll_wait(loop, events, 512, -1);
        for (int i = 0; i < found; i++) {
            if (events[i].data.fd != door) { heard(events[i].data.fd); continue; }
            one.data.fd = accept(door, 0, 0);
            setsockopt(one.data.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            epoll_ctl(loop, EPOLL_CTL_ADD, one.data.fd, &one);
        }
    }
}
