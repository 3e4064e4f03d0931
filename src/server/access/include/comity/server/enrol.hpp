// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "comity/base/disk.hpp"
#include "comity/base/entropy.hpp"
#include "comity/base/expected.hpp"
#include "comity/server/enrolment.hpp"
#include "comity/server/password.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace comity::server {

/// A secret that was made for somebody. It is nowhere but here: who loses it gets another one.
struct Issued {
    enum class Kind : std::uint8_t { kApiKey, kPassword };
    Kind kind = Kind::kApiKey;
    std::string of;  ///< the machine's name, or what the person signs in with
    std::string secret;
};

struct Enrolled {
    PartyAccess access;  ///< as it is stored now
    bool is_new = false;
    std::vector<Issued> issued;  ///< machines first, in the order of the file
};

/// Why nobody was enrolled.
enum class [[nodiscard]] EnrolFailure : std::uint8_t{
    kEnrolment,  ///< the enrolment has faults
    kDamaged,    ///< the stored file of another party is damaged, so nothing can be compared to it
    kBusy,       ///< somebody else is enrolling
    kDisk,       ///< the disk failed; what was stored before is there, or the new one, whole
};

struct EnrolError {
    EnrolFailure failure = EnrolFailure::kEnrolment;
    std::vector<wire::FileFault> faults;  ///< of kEnrolment and kDamaged
    std::string where;                    ///< of kDisk: the file, empty for the folder
    base::DiskError disk = base::DiskError::kIo;
};

/// The name of a party's file in the folder `access` of the data.
std::string stored_name(const accord::PartyId& party);

/// Enrols the party of this text, `file` by name, in the folder `access`: whole or not at all, in
/// place of what is stored of the party. Machines of the same name and people of the same sign-in
/// keep their credential where the text gives none. No two parties share a key, a credential or a
/// sign-in.
base::Expected<Enrolled, EnrolError> enrol(base::Disk& access, std::string_view text,
                                           std::string_view file, base::Entropy& entropy,
                                           const PasswordCost& cost = {});

}  // namespace comity::server
