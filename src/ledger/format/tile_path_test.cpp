// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "shared_data.hpp"

#include "comity/ledger/tile.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <nlohmann/json_fwd.hpp>

namespace comity::ledger {
namespace {

/// A path, and the tile that it is.
struct Row {
    std::string_view path;
    Tile tile;
};

const Row kRows[] = {
    {"tile/0/000", {.level = 0, .index = 0}},
    {"tile/0/000.p/1", {.level = 0, .index = 0, .width = 1}},
    {"tile/0/999", {.level = 0, .index = 999}},
    {"tile/0/x001/000", {.level = 0, .index = 1000}},
    {"tile/0/x001/x234/067", {.level = 0, .index = 1'234'067}},
    {"tile/0/x999/999.p/255", {.level = 0, .index = 999'999, .width = 255}},
    {"tile/7/x001/x000/000", {.level = 7, .index = 1'000'000}},
    {"tile/63/000.p/17", {.level = 63, .index = 0, .width = 17}},
    {"tile/entries/000", {.kind = Tile::Kind::kEntries, .index = 0}},
    {"tile/entries/x001/x234/067.p/8",
     {.kind = Tile::Kind::kEntries, .index = 1'234'067, .width = 8}},
    {"tile/0/x036/x028/x797/x018/x963/967", {.level = 0, .index = kTileIndexEnd - 1}},
};

TEST(TilePath, IsReadAndWrittenInOneWay) {
    for (const Row& row : kRows) {
        SCOPED_TRACE(std::string(row.path));
        EXPECT_EQ(tile_path(row.tile), row.path);
        EXPECT_EQ(parse_tile_path(row.path), row.tile);
    }
}

/// A text that is no path of a tile, and why.
struct Refused {
    std::string_view path;
    TilePathError error;
};

const Refused kRefused[] = {
    {"", TilePathError::kNotATile},
    {"tile", TilePathError::kNotATile},
    {"tile/", TilePathError::kNotATile},
    {"tile/0", TilePathError::kNotATile},
    {"/tile/0/000", TilePathError::kNotATile},
    {"Tile/0/000", TilePathError::kNotATile},
    {"checkpoint", TilePathError::kNotATile},

    {"tile//000", TilePathError::kLevel},
    {"tile/64/000", TilePathError::kLevel},
    {"tile/00/000", TilePathError::kLevel},
    {"tile/01/000", TilePathError::kLevel},
    {"tile/-1/000", TilePathError::kLevel},
    {"tile/Entries/000", TilePathError::kLevel},
    {"tile/data/000", TilePathError::kLevel},
    {"tile/8/0/000", TilePathError::kIndex},

    {"tile/0/", TilePathError::kIndex},
    {"tile/0/0", TilePathError::kIndex},
    {"tile/0/00", TilePathError::kIndex},
    {"tile/0/0000", TilePathError::kIndex},
    {"tile/0/000/", TilePathError::kIndex},
    {"tile/0/x000", TilePathError::kIndex},
    {"tile/0/001/234/067", TilePathError::kIndex},
    {"tile/0/x001/234/067", TilePathError::kIndex},
    {"tile/0/x001/x234/x067", TilePathError::kIndex},
    {"tile/0/x000/001", TilePathError::kIndex},
    {"tile/0/x000/x001/000", TilePathError::kIndex},
    {"tile/0/X001/000", TilePathError::kIndex},
    {"tile/0/x0a1/000", TilePathError::kIndex},
    {"tile/0/ 00", TilePathError::kIndex},
    {"tile/0/000\n", TilePathError::kIndex},
    {"tile/0/../000", TilePathError::kIndex},
    {"tile/0/000.p", TilePathError::kIndex},
    {"tile/0/.p/1", TilePathError::kIndex},

    {"tile/0/x036/x028/x797/x018/x963/968", TilePathError::kTooLarge},
    {"tile/0/x036/x028/x797/x018/x964/000", TilePathError::kTooLarge},
    {"tile/0/x001/x000/x000/x000/x000/x000/000", TilePathError::kTooLarge},
    {"tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999", TilePathError::kTooLarge},

    {"tile/0/000.p/", TilePathError::kWidth},
    {"tile/0/000.p/0", TilePathError::kWidth},
    {"tile/0/000.p/01", TilePathError::kWidth},
    {"tile/0/000.p/256", TilePathError::kWidth},
    {"tile/0/000.p/-1", TilePathError::kWidth},
    {"tile/0/000.p/1/", TilePathError::kWidth},
    {"tile/0/000.p/1.p/1", TilePathError::kWidth},
    {"tile/0/000.p/99999999999999999999", TilePathError::kWidth},
};

TEST(TilePath, IsRefusedWithItsCause) {
    for (const Refused& row : kRefused) {
        SCOPED_TRACE(std::string(row.path));
        const auto tile = parse_tile_path(row.path);
        ASSERT_FALSE(tile);
        EXPECT_EQ(tile.error(), row.error);
        EXPECT_TRUE(std::string_view(to_string(tile.error())).starts_with("expected "));
    }
}

TEST(TilePathDeathTest, RefusesWhatIsNoTile) {
    EXPECT_DEATH((void)tile_path({.level = 64}), "check failed");
    EXPECT_DEATH((void)tile_path({.kind = Tile::Kind::kEntries, .level = 1}), "check failed");
    EXPECT_DEATH((void)tile_path({.index = kTileIndexEnd}), "check failed");
    EXPECT_DEATH((void)tile_path({.width = 0}), "check failed");
    EXPECT_DEATH((void)tile_path({.width = 257}), "check failed");
}

TEST(TilePath, IsThatOfTheSpecificationsExamples) {
    const std::string name = "tlog/handmade/tile-paths.json";
    const auto content = shared_data(name);
    if (!content) GTEST_SKIP() << missing_data(name);
    const auto data = nlohmann::json::parse(*content);
    for (const auto& one : data["paths"]) {
        const Tile tile{.level = one["level"].get<unsigned>(),
                        .index = one["index"].get<std::uint64_t>(),
                        .width = one["width"].get<unsigned>()};
        EXPECT_EQ(tile_path(tile), one["path"].get<std::string>());
        EXPECT_EQ(parse_tile_path(one["path"].get<std::string>()), tile);
    }
    for (const auto& one : data["tile_sets"]) {
        for (const TileLevel& level : tile_levels(one["size"].get<std::uint64_t>())) {
            const std::string key = std::to_string(level.level);
            EXPECT_EQ(level.full_count, one["full"].value(key, std::uint64_t{0}));
            EXPECT_EQ(level.partial_width, one["partial"].value(key, 0U));
        }
    }
}

}  // namespace
}  // namespace comity::ledger
