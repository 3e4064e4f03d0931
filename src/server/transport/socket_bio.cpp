// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "socket_bio.hpp"

#include "comity/base/check.hpp"

#include <cerrno>
#include <cstddef>

#include <openssl/bio.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace comity::server {
namespace {

int socket_of(BIO* bio) {
    return *static_cast<int*>(BIO_get_data(bio));
}

bool would_wait(ssize_t result) {
    return result < 0 && (errno == EAGAIN || errno == EINTR);
}

int write(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t count =
        ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (would_wait(count)) BIO_set_retry_write(bio);
    return static_cast<int>(count);
}

int read(BIO* bio, char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t count = ::recv(socket_of(bio), bytes, static_cast<std::size_t>(size), 0);
    if (would_wait(count)) BIO_set_retry_read(bio);
    return static_cast<int>(count);
}

long control(BIO* bio, int command, long, void*) {
    (void)bio;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

int destroy(BIO* bio) {
    delete static_cast<int*>(BIO_get_data(bio));
    return 1;
}

// Made once and never freed, as OpenSSL's own kinds are.
const BIO_METHOD* method() {
    static const BIO_METHOD* const made = [] {
        BIO_METHOD* const kind = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
        COMITY_CHECK(kind != nullptr && BIO_meth_set_write(kind, write) == 1 &&
                     BIO_meth_set_read(kind, read) == 1 && BIO_meth_set_ctrl(kind, control) == 1 &&
                     BIO_meth_set_destroy(kind, destroy) == 1);
        return kind;
    }();
    return made;
}

}  // namespace

bio_st* make_socket_bio(int socket) {
    BIO* const bio = BIO_new(method());
    COMITY_CHECK(bio != nullptr);
    BIO_set_data(bio, new int(socket));
    BIO_set_init(bio, 1);
    return bio;
}

}  // namespace comity::server
