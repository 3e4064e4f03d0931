// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "tls_context.hpp"

#include "comity/base/check.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace comity::server {
namespace {

constexpr std::string_view kProtocol = "\x08http/1.1";
constexpr std::string_view kSessionContext = "comity";

base::Unexpected<NetworkError> fail(const std::string& file, std::string text) {
    return base::Unexpected(NetworkError{.where = file, .text = std::move(text)});
}

// Whoever offers protocols, and not this one among them, is refused.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned offered_size, void*) {
    unsigned char* out = nullptr;
    const auto* const ours = reinterpret_cast<const unsigned char*>(kProtocol.data());
    const int result = SSL_select_next_proto(
        &out, chosen_size, ours, static_cast<unsigned>(kProtocol.size()), offered, offered_size);
    if (result != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = out;
    return SSL_TLSEXT_ERR_OK;
}

// No chain is looked at: any certificate will do.
int accept_certificate(X509_STORE_CTX*, void*) {
    return 1;
}

// A key under a passphrase is refused; OpenSSL would ask for it on the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

void set_up(SSL_CTX* context) {
    COMITY_CHECK(SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    // Sessions live in the clients' tickets, and take no memory here.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    COMITY_CHECK(SSL_CTX_set_session_id_context(
                     context, reinterpret_cast<const unsigned char*>(kSessionContext.data()),
                     static_cast<unsigned>(kSessionContext.size())) == 1);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, accept_certificate, nullptr);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    SSL_CTX_set_default_passwd_cb(context, no_passphrase);
}

// OpenSSL says the same of a file that is missing and of one that holds something else.
base::Expected<void, NetworkError> check_readable(const std::string& file) {
    errno = 0;
    if (std::ifstream(file).good()) return {};
    return fail(
        file, std::string("cannot be read (") + std::strerror(errno) + "); expected a file in PEM");
}

}  // namespace

void FreeTlsContext::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

base::Expected<TlsContext, NetworkError> make_tls_context(const TlsFiles& files) {
    for (const std::string& file : {files.certificate_chain, files.private_key}) {
        if (auto readable = check_readable(file); !readable) {
            return base::Unexpected(readable.error());
        }
    }
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    COMITY_CHECK(context != nullptr);
    set_up(context.get());
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate_chain.c_str()) != 1) {
        return fail(files.certificate_chain,
                    "holds no certificate that can be used; expected one in PEM, and behind it "
                    "those that vouch for it");
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.private_key.c_str(), SSL_FILETYPE_PEM) !=
        1) {
        const bool is_other = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
        return fail(files.private_key,
                    is_other ? "is not the key of the certificate in " + files.certificate_chain
                             : "holds no private key that can be used; expected one in PEM, "
                               "without a passphrase");
    }
    ERR_clear_error();
    return context;
}

}  // namespace comity::server
