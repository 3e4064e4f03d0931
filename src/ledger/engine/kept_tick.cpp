// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/ledger/kept_tick.hpp"

#include "format/codec.hpp"

#include <algorithm>

namespace comity::ledger {
namespace {

constexpr std::uint16_t kVersion = 1;

template <typename Codec, typename Self>
void layout(Codec& c, Self& kept) {
    c.u64(kept.tick.second);
    c.hash(kept.tick.slots);
    c.u32(kept.slot_count);
    c.u64(kept.records);
}

}  // namespace

std::array<std::byte, KeptTick::kBytes> encode(const KeptTick& kept) {
    Bytes bytes;
    Encoder encoder(bytes);
    encoder.u16(kVersion);
    layout(encoder, kept);
    std::array<std::byte, KeptTick::kBytes> out;
    COMITY_CHECK(bytes.size() + kept.signature.size() == out.size());
    std::ranges::copy(kept.signature, std::ranges::copy(bytes, out.begin()).out);
    return out;
}

base::Expected<KeptTick, FormatError> decode_kept_tick(std::span<const std::byte> bytes) {
    Decoder decoder(bytes);
    std::uint16_t version = 0;
    decoder.u16(version);
    if (!decoder.failed() && version != kVersion) decoder.fail(FormatFault::kUnknownVersion, 0);
    KeptTick kept;
    layout(decoder, kept);
    const std::size_t at = decoder.position();
    Bytes signature;
    decoder.rest(signature);
    if (!decoder.failed() && signature.size() != kept.signature.size()) {
        const bool is_short = signature.size() < kept.signature.size();
        decoder.fail(is_short ? FormatFault::kTruncated : FormatFault::kTrailing, at);
    }
    if (auto finished = decoder.finish(); !finished) return base::Unexpected(finished.error());
    std::ranges::copy(signature, kept.signature.begin());
    return kept;
}

bool is_same_entry(EntryView a, EntryView b) {
    if (a.kind != b.kind) return false;
    if (std::ranges::equal(a.bytes, b.bytes)) return true;
    if (a.kind != EntryKind::kTick) return false;
    auto one = decode_kept_tick(a.bytes);
    auto other = decode_kept_tick(b.bytes);
    if (!one || !other || (one->is_signed() && other->is_signed())) return false;
    one->signature = other->signature;
    return *one == *other;
}

}  // namespace comity::ledger
