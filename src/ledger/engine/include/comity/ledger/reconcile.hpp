// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/ledger/ledger_error.hpp"
#include "comity/ledger/ledger_index.hpp"
#include "comity/ledger/ledger_secret.hpp"
#include "comity/ledger/receipt.hpp"
#include "comity/ledger/store.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a restored copy does before it may go on: it compares itself with the checkpoints that
/// witnesses and parties have seen, and never signs a second history.
namespace comity::ledger {

/// How a copy stands to what others have seen of its log.
enum class Standing : std::uint8_t {
    kWhole,   ///< it has all that anybody showed
    kBehind,  ///< somebody has seen more than it has
    kForked,  ///< somebody has seen another history: nobody may go on with it
};

struct SeenComparison {
    Standing standing = Standing::kWhole;
    TreeHead had;   ///< the public log of the copy
    TreeHead seen;  ///< the greatest checkpoint that was shown; of a fork, the one that differs
    std::size_t at = 0;  ///< which of the notes shows that
    friend bool operator==(const SeenComparison&, const SeenComparison&) = default;
};

enum class [[nodiscard]] SeenFault : std::uint8_t{
    kNone,       ///< no checkpoint at all: silence is not agreement
    kNote,       ///< not a signed note with a checkpoint
    kOtherLog,   ///< the checkpoint of another log
    kSignature,  ///< not signed by the log's key
};

/// Words for a person: what was expected.
const char* to_string(SeenFault fault);

struct SeenError {
    SeenFault fault;
    std::size_t at;  ///< which of the notes
    friend bool operator==(const SeenError&, const SeenError&) = default;
};

/// Compares a ledger with checkpoints (signed notes) that others kept of its log. A checkpoint that
/// is shorter than the ledger has to be one that the ledger had; of longer ones no two have one
/// size and two roots. Longer ones of different sizes are only compared once the ledger has them:
/// whoever takes records back compares again.
base::Expected<SeenComparison, SeenError> compare_with_seen(LedgerIndex& index,
                                                            std::span<const std::string> notes);

/// More ticks than this, eleven days, are not taken back.
inline constexpr std::uint64_t kMostLostTicks = 1'000'000;

enum class [[nodiscard]] TakeBackFault : std::uint8_t{
    kReceipt,    ///< a receipt that does not hold under the log's key
    kMissing,    ///< the receipts do not lead to a tick that was seen: records are missing
    kEntry,      ///< a record that does not fit what the ledger has
    kOtherRoot,  ///< all ticks are there, and they do not lead to the checkpoint that was seen
};

/// Words for a person: why it did not succeed.
const char* to_string(TakeBackFault fault);

struct TakeBackError {
    TakeBackFault fault;
    std::string where;
    friend bool operator==(const TakeBackError&, const TakeBackError&) = default;
};

/// The entries that a ledger lacks up to the checkpoint that was seen, made again from receipts for
/// their records: records from the receipts, ticks from the records and the secret. They are only
/// given where they lead to just the root that was seen: then they are the lost ones, to the bit.
/// Only then are the ticks signed again, all of them, and Ed25519 gives the signatures that were
/// kept. Nothing is written.
base::Expected<std::vector<Entry>, TakeBackError> take_back(LedgerIndex& index,
                                                            LedgerSecret& secret,
                                                            base::Signer& signer,
                                                            const TreeHead& seen,
                                                            std::span<const Receipt> receipts);

}  // namespace comity::ledger
