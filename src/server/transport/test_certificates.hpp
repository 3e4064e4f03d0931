// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/hash.hpp"

#include <string>
#include <string_view>

namespace comity::server {

/// A folder for one test, gone with it.
class TestFolder {
  public:
    TestFolder();
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder();

    std::string path(std::string_view name) const;
    /// Writes a file and names it.
    std::string write(std::string_view name, std::string_view content) const;

  private:
    std::string folder_;
};

/// A key and a certificate that it signed itself, as files in PEM.
struct TestCertificate {
    std::string certificate;
    std::string key;
    seal::Hash hash;  ///< of the certificate's DER
};

TestCertificate make_certificate(const TestFolder& folder, const std::string& name,
                                 const char* passphrase = nullptr);

}  // namespace comity::server
