// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes ledgers for tests of the program from outside, always the same ones:
//
//     ledger_fixture DIR KEY       two seconds of a new ledger, and the log's private key in KEY
//     ledger_fixture DIR more      two more seconds
//     ledger_fixture DIR endless   one record after the other, until it is killed; prints the
//     number
//                                  of records after each commit
#include "comity/ledger/testing/test_ledger.hpp"
#include "comity/seal/signer_key.hpp"
#include "comity/system/posix_disk.hpp"

#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

namespace {

using namespace comity;
using ledger::TestLedger;

void write_key(const std::string& path) {
    const std::string name(ledger::kOrigin);
    const std::string text = "seed of " + name;
    const seal::Hash seed = seal::sha256(std::as_bytes(std::span(text)));
    std::ofstream(path) << seal::format_signer_key(name, seed.span()) << "\n";
}

void begin(base::Disk& disk, const std::string& key) {
    TestLedger test(disk);
    test.tick();
    test.file_signed("air-unit-a", "r1");
    test.tick();
    test.close();
    write_key(key);
}

void add_more(base::Disk& disk) {
    TestLedger test(disk, TestLedger::Existing{.clock = 2'000});
    test.file_signed("air-unit-b", "r1");
    test.deliver("air-unit-a");
    test.tick();
    test.deliver("air-unit-b");
    test.tick();
    test.close();
}

void add_endlessly(base::Disk& disk) {
    TestLedger test(disk, TestLedger::Existing{.clock = 2'000});
    while (true) {
        test.deliver("air-unit-a");
        ledger::must(test.ledger().commit());
        std::printf("%llu\n",
                    static_cast<unsigned long long>(test.ledger().state().record_count()));
        std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const std::string what = argv[2];
    try {
        const auto disk = system::PosixDisk::open(argv[1], system::Access::kCreate);
        if (!disk) return 3;
        if (what == "more") {
            add_more(**disk);
        } else if (what == "endless") {
            add_endlessly(**disk);
        } else {
            begin(**disk, what);
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "ledger_fixture: %s\n", error.what());
        return 3;
    }
    return 0;
}
