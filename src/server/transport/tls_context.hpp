// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/server/network.hpp"

#include <memory>

// OpenSSL's name, so that its headers stay out of this one.
struct ssl_ctx_st;

namespace comity::server {

struct FreeTlsContext {
    void operator()(ssl_ctx_st* context) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, FreeTlsContext>;

/// What the TLS connections of one address share: TLS 1.3 alone, ALPN "http/1.1" for who asks. A
/// client may show any certificate, and need show none: the connection proves that it holds the
/// key, and who that is the service knows by the certificate's hash.
base::Expected<TlsContext, NetworkError> make_tls_context(const TlsFiles& files);

}  // namespace comity::server
