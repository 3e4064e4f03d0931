// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/seal/ed25519.hpp"
#include "comity/seal/note.hpp"
#include "comity/seal/verifier_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The log and the witnesses of the examples in docs/formats/tlog-*.md: made by another
/// implementation (Python's integers), so that ours is checked with what it did not make itself.
namespace comity::ledger::example {

inline constexpr std::string_view kLogKey =
    "node.example/comity+82f90965+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
inline constexpr std::string_view kWitnessKey =
    "party-b.example/witness+6a334b1d+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";

// Their seeds are this byte 32 times.
inline constexpr std::byte kLogSeed{0x01};
inline constexpr std::byte kWitnessSeed{0x02};
inline constexpr std::byte kOtherSeed{0x03};  ///< of nobody in the examples

inline constexpr std::uint64_t kWitnessTime = 1'448'349'845;

inline const std::string kText =
    "node.example/comity\n"
    "3\n"
    "Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n";
inline const std::string kLogLine =
    "— node.example/comity "
    "gvkJZeP4XtNwdZHrZgRbASEYEhu+xcK/"
    "oVeX8LFOdJshW8azyidX66rQvWmvT9g8cCZbxigQIlFCWgyNxC1SizkGvQw=\n";
inline const std::string kWitnessLine =
    "— party-b.example/witness "
    "ajNLHQAAAABWVBCVeFQ96y/"
    "3FGtRwHbYEqsHfDs+1xHcwJ5w5mQY+r+jwafvaKTRH3UXRL7FLM+gqhxyE8sFiFtfUjsE6dwy"
    "4+BVDg==\n";

inline const std::string kProof =
    "c2sp.org/tlog-proof@v1\n"
    "index 0\n"
    "qxq38Hx8j+Dv9LpvqlPH5EEukaWZFT6KpOAb7s5beCU=\n"
    "Zx8UbF5HHooag6PCFM5LqQe486WIjRTMjNPOdbsS75Q=\n"
    "\n" +
    kText + "\n" + kLogLine + kWitnessLine;

inline const std::string kPolicy =
    "log node.example/comity+82f90965+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c\n"
    "witness a party-a.example/witness+0f46a0ba+BO1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR\n"
    "witness b party-b.example/witness+6a334b1d+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU\n"
    "witness o observer.example/witness+01486040+BMqTrBcFGHBx1nuDx/8O/oEI6OxFMFdddyaHkzPb2r58\n"
    "group parties any a b\n"
    "group both all parties o\n"
    "quorum both\n";

/// The example's proof holds under this one.
inline const std::string kPolicyMet =
    kPolicy.substr(0, kPolicy.find("quorum")) + "quorum parties\n";

inline const std::string kCheckpoint = kText + "\n" + kLogLine + kWitnessLine;

inline std::array<std::byte, seal::SeedSigner::kSeedSize> seed(std::byte byte) {
    std::array<std::byte, seal::SeedSigner::kSeedSize> bytes{};
    bytes.fill(byte);
    return bytes;
}

inline seal::VerifierKey key(std::string_view text) {
    return *seal::parse_verifier_key(text);
}

inline seal::Note note() {
    return *seal::parse_note(kCheckpoint);
}

}  // namespace comity::ledger::example
