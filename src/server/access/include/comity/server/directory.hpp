// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/accord/ids.hpp"
#include "comity/base/disk.hpp"
#include "comity/seal/hash.hpp"
#include "comity/server/enrolment.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace comity::server {

struct KnownMachine {
    accord::PartyId party;
    std::string name;
    friend bool operator==(const KnownMachine&, const KnownMachine&) = default;
};

struct KnownPerson {
    accord::PartyId party;
    Person person;
    friend bool operator==(const KnownPerson&, const KnownPerson&) = default;
};

/// Everybody who is enrolled, from the folder `access`. Empty until it is loaded for the first
/// time. What a lookup gives lives until the next load. From one thread. A resource; the disk
/// outlives it.
class Directory {
  public:
    explicit Directory(base::Disk& access) : disk_(access) {}
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    /// What a load found.
    struct Load {
        bool is_changed = false;              ///< somebody may or may not come in now
        std::vector<wire::FileFault> faults;  ///< those that are there now, said each time
    };
    /// Reads the whole folder and takes what has changed; cheap where nothing has, and meant to be
    /// called each second. A file that is damaged, or cannot be read, is a fault: its party stays
    /// as it was last read, and the others are taken. A party without a file is gone.
    Load reload_if_changed();

    /// Null where it is nobody's. The key is looked up by its SHA-256: how long that takes tells
    /// something of a hash that nobody can choose, and nothing of a key.
    const KnownMachine* machine_by_api_key(std::string_view key) const;
    /// The SHA-256 of a certificate (DER) that the connection has shown the key of.
    const KnownMachine* machine_by_certificate(const seal::Hash& certificate) const;
    /// By what a person signs in with.
    const KnownPerson* person(std::string_view sign_in) const;

    const PartyAccess* party(const accord::PartyId& party) const;
    /// All of them, by their ids.
    std::vector<const PartyAccess*> parties() const;

  private:
    // One stored file.
    struct File {
        seal::Hash hash;                      // of its bytes, as last seen
        std::optional<PartyAccess> good;      // as last read without a fault
        std::vector<wire::FileFault> faults;  // of those bytes
    };

    // Whether anything is different.
    bool read(const std::string& name, File& file);
    void index();
    void add(const PartyAccess& access, const std::string& file);

    base::Disk& disk_;
    std::map<std::string, File> files_;
    std::vector<wire::FileFault> shared_;  // of what two files have
    std::map<Credential, KnownMachine> machines_;
    std::map<std::string, KnownPerson, std::less<>> people_;
    std::map<accord::PartyId, const PartyAccess*> parties_;
};

}  // namespace comity::server
