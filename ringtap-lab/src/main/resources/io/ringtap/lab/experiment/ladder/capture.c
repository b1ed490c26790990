/*
 * The rungs of AF_PACKET as a C program climbs them, to be measured beside Ringtap's.
 *
 *   capture INTERFACE recv|recvmmsg|ring THREADS BUFFER_BYTES
 *
 * Counts packets until SIGINT, then takes no more, reads what has arrived, and says as tcpdump does how many packets
 * were captured and how many the kernel dropped. Several threads share a fanout group by CPU.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_THREADS = 64, BATCH = 64, SLOT = 65792, BLOCK = 256 * 1024, RETIRE_MILLIS = 20 };

struct worker {
  pthread_t thread;
  int fd;
  int mode; /* 'r' recv, 'm' recvmmsg, 'R' ring */
  char *ring;
  unsigned blocks;
  unsigned long long captured;
  unsigned long long bytes;
};

static atomic_int stopping;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void filter(int fd, unsigned keep) {
  struct sock_filter code = {BPF_RET | BPF_K, 0, 0, keep};
  struct sock_fprog program = {1, &code};
  if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program)) fail("SO_ATTACH_FILTER");
}

static void open_socket(struct worker *w, int index, long buffer) {
  int one = 1;
  w->fd = socket(AF_PACKET, SOCK_RAW, 0);
  if (w->fd < 0) fail("socket");
  if (setsockopt(w->fd, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one)) fail("SO_TIMESTAMPNS");
  if (w->mode == 'R') {
    int version = TPACKET_V3;
    struct tpacket_req3 request = {
        .tp_block_size = BLOCK,
        .tp_block_nr = buffer / BLOCK,
        .tp_frame_size = 2048,
        .tp_frame_nr = buffer / BLOCK * (BLOCK / 2048),
        .tp_retire_blk_tov = RETIRE_MILLIS,
    };
    if (setsockopt(w->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version)) fail("PACKET_VERSION");
    if (setsockopt(w->fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof request)) fail("PACKET_RX_RING");
    w->blocks = request.tp_block_nr;
    w->ring = mmap(NULL, (size_t)BLOCK * w->blocks, PROT_READ | PROT_WRITE, MAP_SHARED, w->fd, 0);
    if (w->ring == MAP_FAILED) fail("mmap");
  } else {
    int half = buffer / 2;
    if (setsockopt(w->fd, SOL_SOCKET, SO_RCVBUFFORCE, &half, sizeof half)) fail("SO_RCVBUFFORCE");
  }
  filter(w->fd, 0);
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = index};
  if (bind(w->fd, (struct sockaddr *)&address, sizeof address)) fail("bind");
}

static void count(struct worker *w, unsigned length) {
  w->captured++;
  w->bytes += length;
}

static int drain_ring(struct worker *w, unsigned *next) {
  struct tpacket_block_desc *block = (void *)(w->ring + (size_t)*next * BLOCK);
  if (!(__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) return 0;
  int packets = block->hdr.bh1.num_pkts;
  char *at = (char *)block + block->hdr.bh1.offset_to_first_pkt;
  for (int i = 0; i < packets; i++) {
    struct tpacket3_hdr *header = (void *)at;
    count(w, header->tp_len);
    at += header->tp_next_offset;
  }
  __atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
  *next = *next + 1 == w->blocks ? 0 : *next + 1;
  return packets;
}

static int drain_recv(struct worker *w, char *slots) {
  ssize_t length = recv(w->fd, slots, SLOT, MSG_DONTWAIT | MSG_TRUNC);
  if (length < 0) return 0;
  count(w, length);
  return 1;
}

static int drain_recvmmsg(struct worker *w, struct mmsghdr *messages) {
  int packets = recvmmsg(w->fd, messages, BATCH, MSG_DONTWAIT | MSG_TRUNC, NULL);
  if (packets < 0) return 0;
  for (int i = 0; i < packets; i++) count(w, messages[i].msg_len);
  return packets;
}

static void *work(void *argument) {
  struct worker *w = argument;
  unsigned next = 0;
  int quiet = 0;
  char *slots = malloc((size_t)SLOT * BATCH);
  struct iovec vectors[BATCH];
  struct mmsghdr messages[BATCH];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){slots + (size_t)SLOT * i, SLOT};
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  for (;;) {
    int ending = atomic_load(&stopping);
    int packets = w->mode == 'R'   ? drain_ring(w, &next)
                  : w->mode == 'm' ? drain_recvmmsg(w, messages)
                                   : drain_recv(w, slots);
    if (packets) {
      quiet = 0;
      continue;
    }
    /* A block is retired after RETIRE_MILLIS; until then its packets are not to be seen. */
    if (ending && ++quiet > 10) break;
    struct pollfd set = {w->fd, POLLIN | POLLERR, 0};
    poll(&set, 1, ending ? 10 : 100);
  }
  free(slots);
  return NULL;
}

int main(int argc, char **argv) {
  static struct worker workers[MAX_THREADS];
  if (argc != 5) {
    fprintf(stderr, "usage: capture INTERFACE recv|recvmmsg|ring THREADS BUFFER_BYTES\n");
    return 2;
  }
  int index = if_nametoindex(argv[1]);
  int threads = atoi(argv[3]);
  long buffer = atol(argv[4]) / threads;
  if (!index) fail(argv[1]);
  sigset_t interrupt; /* blocked before there are threads, which inherit that */
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt, NULL);
  int group = 0;
  for (int i = 0; i < threads; i++) {
    workers[i].mode = !strcmp(argv[2], "ring") ? 'R' : !strcmp(argv[2], "recvmmsg") ? 'm' : 'r';
    open_socket(&workers[i], index, buffer);
    if (threads > 1) {
      int flags = PACKET_FANOUT_CPU | (i == 0 ? PACKET_FANOUT_FLAG_UNIQUEID : 0);
      int fanout = group | flags << 16;
      if (setsockopt(workers[i].fd, SOL_PACKET, PACKET_FANOUT, &fanout, sizeof fanout)) fail("PACKET_FANOUT");
      socklen_t length = sizeof fanout;
      if (getsockopt(workers[i].fd, SOL_PACKET, PACKET_FANOUT, &fanout, &length)) fail("PACKET_FANOUT");
      group = fanout & 0xffff;
    }
  }
  for (int i = 0; i < threads; i++) {
    int unused = 0;
    if (setsockopt(workers[i].fd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof unused)) fail("SO_DETACH_FILTER");
    if (pthread_create(&workers[i].thread, NULL, work, &workers[i])) fail("pthread_create");
  }
  int signal;
  sigwait(&interrupt, &signal);
  for (int i = 0; i < threads; i++) filter(workers[i].fd, 0);
  atomic_store(&stopping, 1);
  unsigned long long captured = 0, dropped = 0;
  for (int i = 0; i < threads; i++) {
    struct tpacket_stats_v3 stats = {0};
    socklen_t length = sizeof stats;
    pthread_join(workers[i].thread, NULL);
    getsockopt(workers[i].fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length);
    captured += workers[i].captured;
    dropped += stats.tp_drops;
  }
  printf("%llu packets captured\n%llu packets dropped by kernel\n", captured, dropped);
  return 0;
}
