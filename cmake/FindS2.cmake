# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
#
# S2 (Debian libs2-dev) has neither a CMake nor a pkg-config file. Target: S2::S2, its headers as
# those of the system.
find_path(S2_INCLUDE_DIR s2/s2loop.h)
find_library(S2_LIBRARY s2)
find_library(S2_ABSL_HASH_LIBRARY absl_hash)
find_library(S2_ABSL_SET_LIBRARY absl_raw_hash_set)
# Without optimisation, or with sanitizers, headers of absl call this one too.
find_library(S2_ABSL_LOGGING_LIBRARY absl_raw_logging_internal)
find_library(S2_CRYPTO_LIBRARY crypto)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(S2 REQUIRED_VARS
    S2_LIBRARY S2_INCLUDE_DIR S2_ABSL_HASH_LIBRARY S2_ABSL_SET_LIBRARY
    S2_ABSL_LOGGING_LIBRARY S2_CRYPTO_LIBRARY)

if(S2_FOUND AND NOT TARGET S2::S2)
    add_library(S2::S2 INTERFACE IMPORTED)
    target_include_directories(S2::S2 SYSTEM INTERFACE ${S2_INCLUDE_DIR})
    target_link_libraries(S2::S2 INTERFACE ${S2_LIBRARY} ${S2_ABSL_HASH_LIBRARY}
        ${S2_ABSL_SET_LIBRARY} ${S2_ABSL_LOGGING_LIBRARY} ${S2_CRYPTO_LIBRARY})
endif()
