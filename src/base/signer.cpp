// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/base/signer.hpp"

namespace comity::base {

const char* to_string(SignerError error) {
    switch (error) {
        case SignerError::kUnavailable:
            return "the signing key is not available";
    }
    return "unknown error";
}

}  // namespace comity::base
