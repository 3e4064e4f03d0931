// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/seal/verifier_key.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Makes evidence bundles (docs/formats/bundle.md) of receipts.
namespace comity::verify {

struct BundleContent {
    std::string party;  ///< whose deliveries it shows
    seal::VerifierKey log;
    std::vector<std::string> receipts;  ///< texts, in the order in which they are to be read
};

struct BundleFile {
    std::string name;  ///< "report.html", "bundle.txt", "receipts/0001-intent.put.txt"
    std::string content;
    friend bool operator==(const BundleFile&, const BundleFile&) = default;
};

enum class [[nodiscard]] BundleWriteFault : std::uint8_t{
    kParty,        ///< a party's name that bundle.txt cannot hold
    kTooMany,      ///< more receipts than a bundle has
    kNoReceipt,    ///< a text that is no receipt
    kDoesNotHold,  ///< a receipt, or all of them together, does not hold under the log's key
};

struct BundleWriteError {
    BundleWriteFault fault;
    std::string text;  ///< which receipt, and why
};

/// The files of a bundle, report.html first, in the order in which a zip holds them. Every receipt
/// is checked; the numbers of the first and the last delivery to the party are those of the
/// receipts. The same content makes the same bytes.
base::Expected<std::vector<BundleFile>, BundleWriteError> write_bundle(
    const BundleContent& content);

/// The zip of these files, stored; the same files make the same bytes.
std::string zip_bundle(const std::vector<BundleFile>& files);

}  // namespace comity::verify
