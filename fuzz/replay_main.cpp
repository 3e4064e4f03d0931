// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Where there is no libFuzzer: runs a fuzz target over the files and folders given as arguments.
// Exit 0: every input ran; 2: an argument cannot be read or holds no input. A fault of the target
// ends the program where it stands, after the input's name was printed with -v.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

// NOLINTNEXTLINE(readability-identifier-naming): the name is libFuzzer's
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

/// The files that an argument names, in a fixed order; none where there are none.
std::vector<fs::path> inputs_of(const fs::path& argument) {
    std::vector<fs::path> files;
    std::error_code error;
    if (fs::is_regular_file(argument, error)) files.push_back(argument);
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(argument, error)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool run(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return false;
    const std::string content(std::istreambuf_iterator<char>(stream), {});
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    bool verbose = false;
    std::size_t ran = 0;
    for (int i = 1; i < count; ++i) {
        if (std::string_view(arguments[i]) == "-v") {
            verbose = true;
            continue;
        }
        const std::vector<fs::path> files = inputs_of(arguments[i]);
        if (files.empty()) {
            std::fprintf(stderr, "%s: no input, expected a file or a folder of files\n",
                         arguments[i]);
            return 2;
        }
        for (const fs::path& file : files) {
            if (verbose) std::fprintf(stderr, "%s\n", file.c_str());
            if (!run(file)) {
                std::fprintf(stderr, "%s: cannot be read\n", file.c_str());
                return 2;
            }
            ++ran;
        }
    }
    if (ran == 0) {
        std::fprintf(stderr, "usage: %s [-v] FILE|FOLDER...\n", arguments[0]);
        return 2;
    }
    std::printf("%zu inputs\n", ran);
    return 0;
}
