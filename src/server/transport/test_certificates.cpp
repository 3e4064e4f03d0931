// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "test_certificates.hpp"

#include "comity/base/check.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <vector>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace comity::server {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string text_of(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
}

seal::Hash hash_of(const X509* certificate) {
    std::vector<unsigned char> der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
    unsigned char* out = der.data();
    i2d_X509(certificate, &out);
    return seal::sha256(std::as_bytes(std::span(der)));
}

}  // namespace

TestFolder::TestFolder() {
    folder_ = std::filesystem::temp_directory_path() / "comity_server_XXXXXX";
    COMITY_CHECK(::mkdtemp(folder_.data()) != nullptr);
}

TestFolder::~TestFolder() {
    std::filesystem::remove_all(folder_);
}

std::string TestFolder::path(std::string_view name) const {
    return folder_ + "/" + std::string(name);
}

std::string TestFolder::write(std::string_view name, std::string_view content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
}

TestCertificate make_certificate(const TestFolder& folder, const std::string& name,
                                 const char* passphrase) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3'600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    COMITY_CHECK(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

    const Bio key_bio(BIO_new(BIO_s_mem()), &BIO_free);
    COMITY_CHECK(PEM_write_bio_PrivateKey(key_bio.get(), key.get(),
                                          passphrase != nullptr ? EVP_aes_128_cbc() : nullptr,
                                          nullptr, 0, nullptr, const_cast<char*>(passphrase)) == 1);
    const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
    COMITY_CHECK(PEM_write_bio_X509(bio.get(), certificate.get()) == 1);
    return {.certificate = folder.write(name + ".crt", text_of(bio.get())),
            .key = folder.write(name + ".key", text_of(key_bio.get())),
            .hash = hash_of(certificate.get())};
}

}  // namespace comity::server
