// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/watch/change.hpp"

namespace comity::watch {

const char* to_string(Phase phase) {
    switch (phase) {
        case Phase::kPredicted:
            return "predicted";
        case Phase::kInside:
            return "inside";
        case Phase::kResolved:
            return "resolved";
        case Phase::kUnresolved:
            return "unresolved";
    }
    return "";
}

}  // namespace comity::watch
