# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
#
# Compiler options of every target, as one interface target.

add_library(comity_options INTERFACE)

target_compile_options(comity_options INTERFACE
    # No fused multiply-add behind our back: same input, same bytes out on every processor.
    -ffp-contract=off
    -Wall -Wextra -Wpedantic -Werror
    -Wconversion -Wsign-conversion -Wdouble-promotion
    -Wshadow -Wold-style-cast -Wcast-qual -Wcast-align
    -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi
    -Wformat=2 -Wimplicit-fallthrough -Wundef
    # Designated initialisers leave out what has a default on purpose.
    -Wno-missing-field-initializers
    # libstdc++'s own std::stable_sort calls what clang 19 finds deprecated.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
    # GCC 12 warns of optionals that it cannot follow.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-error=maybe-uninitialized>)

if(COMITY_SANITIZE)
    target_compile_options(comity_options INTERFACE
        -fsanitize=${COMITY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(comity_options INTERFACE -fsanitize=${COMITY_SANITIZE})
endif()

if(COMITY_LIBFUZZER)
    target_compile_options(comity_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(COMITY_COVERAGE)
    target_compile_options(comity_options INTERFACE --coverage)
    target_link_options(comity_options INTERFACE --coverage)
endif()
