// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// The 518 cases of github.com/transparency-dev/merkle: proofs that hold, and such that were changed
// in one way.
#include "shared_data.hpp"

#include "comity/ledger/tree.hpp"
#include "comity/ledger/tree_proof.hpp"
#include "comity/seal/base64.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <nlohmann/json_fwd.hpp>

namespace comity::ledger {
namespace {

namespace fs = std::filesystem;
using Case = nlohmann::json;

const std::string kFolder = "tlog/transparency-dev-merkle/testdata";

struct Named {
    std::string name;
    Case content;
};

std::vector<Named> cases_of(const std::string& kind) {
    std::vector<Named> cases;
    const fs::path folder = shared_data_path(kFolder + "/" + kind);
    if (!fs::exists(folder)) return cases;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        cases.push_back({fs::relative(entry.path(), folder).string(),
                         Case::parse(*file_content(entry.path()))});
    }
    std::ranges::sort(cases, {}, &Named::name);
    return cases;
}

/// A hash, or absent: some cases have other bytes in the place of one. Ours cannot be given those.
std::optional<Hash> hash_of(const Case& text) {
    return Hash::from(*seal::decode_base64(text.get<std::string>(), 1000));
}

/// Roots of consistency cases may be any bytes ("don't care 1"): short ones are filled up.
Hash root_of(const Case& text) {
    std::vector<std::byte> bytes = *seal::decode_base64(text.get<std::string>(), 1000);
    bytes.resize(Hash::kSize);
    return *Hash::from(bytes);
}

std::optional<Proof> proof_of(const Case& texts) {
    Proof proof;
    if (texts.is_null()) return proof;
    for (const Case& text : texts) {
        const auto hash = hash_of(text);
        if (!hash) return std::nullopt;
        proof.push_back(*hash);
    }
    return proof;
}

std::uint64_t number_of(const Case& number) {
    return number.get<std::uint64_t>();
}

bool is_error(const Case& flag) {
    return flag.get<bool>();
}

/// Runs a kind of cases; `holds` says whether a proof of it is accepted.
template <typename Holds>
void run(const std::string& kind, std::size_t count, Holds holds) {
    const std::vector<Named> cases = cases_of(kind);
    if (cases.empty()) GTEST_SKIP() << missing_data(kFolder);
    EXPECT_EQ(cases.size(), count);
    TreeHasher hasher;
    for (const auto& [name, content] : cases) {
        const auto proof = proof_of(content["proof"]);
        const bool held = proof && holds(hasher, content, *proof);
        EXPECT_NE(held, is_error(content["wantErr"])) << name;
    }
}

TEST(SharedCases, Inclusion) {
    run("inclusion", 98, [](TreeHasher& hasher, const Case& content, const Proof& proof) {
        const auto leaf = hash_of(content["leafHash"]);
        const auto root = hash_of(content["root"]);
        return leaf && root &&
               verify_inclusion(hasher, number_of(content["leafIdx"]), *leaf, proof,
                                {number_of(content["treeSize"]), *root});
    });
}

TEST(SharedCases, Consistency) {
    run("consistency", 98, [](TreeHasher& hasher, const Case& content, const Proof& proof) {
        return verify_consistency(hasher, {number_of(content["size1"]), root_of(content["root1"])},
                                  proof, {number_of(content["size2"]), root_of(content["root2"])})
            .has_value();
    });
}

TEST(SharedCases, SubtreeInclusion) {
    run("subtreeinclusion", 204, [](TreeHasher& hasher, const Case& content, const Proof& proof) {
        const auto leaf = hash_of(content["leafHash"]);
        const auto root = hash_of(content["root"]);
        return leaf && root &&
               verify_subtree_inclusion(
                   hasher, number_of(content["leafIdx"]), *leaf, proof,
                   {{number_of(content["start"]), number_of(content["end"])}, *root});
    });
}

TEST(SharedCases, SubtreeConsistency) {
    run("subtreeconsistency", 118, [](TreeHasher& hasher, const Case& content, const Proof& proof) {
        return verify_subtree_consistency(hasher,
                                          {{number_of(content["start"]), number_of(content["end"])},
                                           root_of(content["root1"])},
                                          proof,
                                          {number_of(content["size"]), root_of(content["root2"])})
            .has_value();
    });
}

/// The bytes that a text of hexadecimal digits is.
std::vector<std::byte> from_hex(const std::string& text) {
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        bytes.push_back(static_cast<std::byte>(std::stoi(text.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

TEST(SharedCases, HashesOfRfc6962) {
    const std::string name = "tlog/handmade/rfc6962-hashes.json";
    const auto content = shared_data(name);
    if (!content) GTEST_SKIP() << missing_data(name);
    const auto data = Case::parse(*content);
    const auto bytes = [](const Case& hex) { return from_hex(hex.get<std::string>()); };
    const auto hash = [&](const Case& hex) { return *Hash::from(bytes(hex)); };
    TreeHasher hasher;
    EXPECT_EQ(empty_root(), hash(data["empty_root"]));
    for (const Case& one : data["leaf_hashes"]) {
        EXPECT_EQ(hasher.leaf(bytes(one["leaf_hex"])), hash(one["hash"]));
    }
    TreeFrontier frontier;
    for (std::size_t size = 0; size <= 8; ++size) {
        EXPECT_EQ(frontier.root(hasher), hash(data["roots_by_size"][size])) << size;
        if (size < 8) frontier.append(hasher, hasher.leaf(bytes(data["leaves_hex"][size])));
    }
}

}  // namespace
}  // namespace comity::ledger
