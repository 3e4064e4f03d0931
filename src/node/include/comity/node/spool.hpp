// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/base/disk.hpp"
#include "comity/base/expected.hpp"
#include "comity/geo/instant.hpp"
#include "comity/seal/hash.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

/// The spool (docs/formats/spool.md): urgent warnings that left before they could be recorded.
namespace comity::node {

struct SpoolLimits {
    /// Of the file where it is made now: whole blocks, kMinSpool to kMaxSpool. One that is there
    /// keeps its size.
    std::uint64_t bytes = std::uint64_t{4} << 20;
};

inline constexpr std::uint64_t kMinSpool = std::uint64_t{4} * base::File::kBlock;
inline constexpr std::uint64_t kMaxSpool = std::uint64_t{1} << 30;
/// Bytes of one payload.
inline constexpr std::size_t kMaxSpoolPayload = std::size_t{64} << 10;
/// Addressees of one entry.
inline constexpr std::size_t kMaxSpoolAddressees = 256;

enum class [[nodiscard]] SpoolFault : std::uint8_t{
    kLimits,      ///< a size that is not of whole blocks, or outside its limits
    kTooLarge,    ///< a payload over its limit, or an entry that no empty spool has room for
    kAddressees,  ///< none, too many, or one that is not the id of a party
    kFull,        ///< no room until what is pending is filed
    kNumber,      ///< no entry of this number was ever given
    kStopped,     ///< a write failed before: open it again
    kNoSpace,     ///< no room on the medium to make the file
    kMedium,      ///< the medium failed, or does not permit it
    kDamaged,     ///< the file says nowhere what was filed
    kNewer,       ///< written by a newer format than this program knows: `where` names both
};

/// Words for a person: what is wrong.
const char* to_string(SpoolFault fault);

struct SpoolError {
    SpoolFault fault;
    std::string where;  ///< the number or the file, and what was expected, as far as it applies
    friend bool operator==(const SpoolError&, const SpoolError&) = default;
};

/// A warning as it left. A value.
struct SpoolEntry {
    geo::Instant left_at{};
    std::set<accord::PartyId> addressees;
    std::vector<std::byte> payload;  ///< what the node needs to file it
    friend bool operator==(const SpoolEntry&, const SpoolEntry&) = default;
};

struct Spooled {
    std::uint64_t number = 0;  ///< 1, 2, 3 ... for ever
    SpoolEntry entry;
    friend bool operator==(const Spooled&, const Spooled&) = default;
};

/// Keeps warnings from when they leave until they are in the ledger, in a file whose room was taken
/// when it was made: it works on a medium that is full. A resource, with one user.
///
/// A warning never waits for it. Where `append` gives an error, the warning leaves all the same,
/// with the number 0, which says "not spooled": it is not known after the end of the program that
/// it left.
///
/// Durability. What `append` has numbered is pending after any crash, until it is marked. After an
/// error, or a crash before the answer, the entry may be pending or not; what was appended before
/// is. Nothing is ever pending without all that was appended before it and not marked, but for
/// `missing`.
///
/// Filing. Whoever files what is pending looks first whether the ledger has the number: a crash
/// between the record and the mark leaves an entry that is filed and pending.
///
/// Threads. One at a time.
class Spool {
  public:
    /// The file "spool" of this directory, made where there is none. Other names but "spool.new"
    /// are left alone. kLimits, kNoSpace, kMedium, kDamaged, kNewer.
    static base::Expected<std::unique_ptr<Spool>, SpoolError> open(base::Disk& disk,
                                                                   const SpoolLimits& limits = {});

    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;
    ~Spool() = default;

    /// The number of the entry, which is durable. kTooLarge, kAddressees, kFull; kMedium, and
    /// kStopped from then on.
    base::Expected<std::uint64_t, SpoolError> append(const SpoolEntry& entry);

    /// What is not marked as filed, by number. Valid until the next call that changes something.
    const std::vector<Spooled>& pending() const { return pending_; }

    /// Entries up to this number are in the ledger, and their room is used again; durable. Nothing
    /// is done where they are marked already. kNumber; kMedium, and kStopped from then on.
    base::Expected<void, SpoolError> mark_filed(std::uint64_t up_to);

    /// Of the last entry, 0 where there was none.
    std::uint64_t last_number() const { return last_number_; }

    /// How many entries, found at opening, were neither marked nor whole though a later one is:
    /// damage. Their numbers are those that `pending` lacks.
    std::uint64_t missing() const { return missing_; }

  private:
    struct Extent {
        std::uint64_t begin = 0;  ///< its first block, the marks not counted
        std::uint64_t count = 0;
    };

    Spool() = default;
    void find_entries(const std::vector<std::byte>& area);
    base::Expected<void, SpoolError> make_durable(const std::vector<std::byte>& area);
    std::uint64_t place_for(std::uint64_t count) const;
    base::Expected<void, SpoolError> write(std::uint64_t offset, std::span<const std::byte> bytes,
                                           const std::string& what);
    std::vector<std::byte> mark() const;

    std::unique_ptr<base::File> file_;
    seal::Sha256 sha256_;
    std::uint64_t blocks_ = 0;  // behind the marks
    std::uint64_t sequence_ = 0;
    std::uint64_t filed_ = 0;
    std::uint64_t last_number_ = 0;
    std::uint64_t missing_ = 0;
    std::vector<Spooled> pending_;
    std::vector<Extent> extents_;  // of what is pending, in the same order
    bool stopped_ = false;
};

}  // namespace comity::node
