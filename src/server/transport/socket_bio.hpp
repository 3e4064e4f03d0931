// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// OpenSSL's name, so that its headers stay out of this one.
struct bio_st;

namespace comity::server {

/// What OpenSSL reads from and writes to: a socket that does not wait. Its own kind raises SIGPIPE
/// where the other end is gone, and so would end the program. Does not close the socket.
bio_st* make_socket_bio(int socket);

}  // namespace comity::server
