// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/expected.hpp"
#include "comity/ledger/receipt_check.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Evidence bundles, version 1 (docs/formats/bundle.md): the list `bundle.txt`, and what its
/// receipts show together.
namespace comity::ledger {

/// `bundle.txt`. A value.
struct BundleList {
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;
    static constexpr std::size_t kMaxReceipts = 100'000;

    struct File {
        std::string name;  ///< letters, digits and _ . - ; within the folder receipts
        seal::Hash content;
        friend bool operator==(const File&, const File&) = default;
    };

    std::string log;                   ///< verifier key of the log
    std::string party;                 ///< whose deliveries it shows
    std::uint64_t first_delivery = 0;  ///< 0 and 0: it shows none
    std::uint64_t last_delivery = 0;
    std::vector<File> receipts;
    friend bool operator==(const BundleList&, const BundleList&) = default;
};

enum class [[nodiscard]] BundleFault : std::uint8_t{
    kTooLarge,         ///< more than kMaxBytes
    kLine,             ///< another line than the one that stands here
    kText,             ///< a party that is empty, too long or with control characters
    kNumber,           ///< no decimal number below 2^63 without leading zeros, or first after last
    kFileName,         ///< a name with other characters than it may have, or twice
    kHash,             ///< not 64 lower-case hexadecimal digits
    kTooManyReceipts,  ///< more than kMaxReceipts
    kNoFinalNewline,   ///< the last line has no end
};

/// Words for a person: what was expected.
const char* to_string(BundleFault fault);

struct BundleError {
    BundleFault fault;
    std::size_t line;  ///< counted from 1
    friend bool operator==(const BundleError&, const BundleError&) = default;
};

base::Expected<BundleList, BundleError> parse_bundle_list(std::string_view text);

/// What it writes parses to the same list.
std::string format_bundle_list(const BundleList& list);

/// The numbers from first to last of which none of the receipts is a delivery to the list's party:
/// what the bundle leaves out.
std::vector<std::uint64_t> omitted_deliveries(const BundleList& list,
                                              const std::vector<ReceiptFindings>& receipts);

}  // namespace comity::ledger
