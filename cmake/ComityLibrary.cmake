# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
#
# One folder under src/ = one library = one namespace. These functions are the only way to add code.

# comity_library(NAME SOURCES... HEADERS... DEPENDS... PRIVATE_DEPENDS... TESTS... TEST_DEPENDS...)
#
# Adds the library comity_NAME (alias comity::NAME) from the calling folder. HEADERS are public and
# relative to include/. DEPENDS and PRIVATE_DEPENDS are targets; a layer of ours is comity::LAYER.
# TESTS become one GoogleTest program NAME_test, each of its cases a test of ctest.
function(comity_library name)
    cmake_parse_arguments(arg "" ""
        "SOURCES;HEADERS;DEPENDS;PRIVATE_DEPENDS;TESTS;TEST_DEPENDS" ${ARGN})
    list(TRANSFORM arg_HEADERS PREPEND include/)
    if(arg_SOURCES)
        add_library(comity_${name} STATIC ${arg_SOURCES})
        set(scope PUBLIC)
        target_link_libraries(comity_${name} PRIVATE comity_options ${arg_PRIVATE_DEPENDS})
    else()
        add_library(comity_${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    add_library(comity::${name} ALIAS comity_${name})
    target_sources(comity_${name} ${scope}
        FILE_SET HEADERS BASE_DIRS include FILES ${arg_HEADERS})
    target_link_libraries(comity_${name} ${scope} ${arg_DEPENDS})

    if(BUILD_TESTING AND arg_TESTS)
        find_package(GTest REQUIRED)
        include(GoogleTest)
        add_executable(${name}_test ${arg_TESTS})
        target_include_directories(${name}_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
        target_link_libraries(${name}_test
            PRIVATE comity_options comity::${name} ${arg_TEST_DEPENDS}
                GTest::gmock GTest::gtest_main)
        target_compile_definitions(${name}_test
            PRIVATE COMITY_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
        gtest_discover_tests(${name}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
    endif()
endfunction()

# comity_compile_fail(NAME FILE DEPENDS...)
#
# Two tests: FILE compiles, and with -DCOMITY_BAD it does not. So a test of what must not compile
# cannot pass for the wrong reason.
function(comity_compile_fail name file)
    cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
    foreach(branch good bad)
        set(target compile_${name}_${branch})
        add_library(${target} OBJECT EXCLUDE_FROM_ALL ${file})
        target_link_libraries(${target} PRIVATE comity_options ${arg_DEPENDS})
        add_test(NAME compile.${name}.${branch}
            COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target ${target})
        # One build at a time: ninja locks its folder.
        set_tests_properties(compile.${name}.${branch} PROPERTIES RESOURCE_LOCK build)
    endforeach()
    target_compile_definitions(compile_${name}_bad PRIVATE COMITY_BAD)
    set_tests_properties(compile.${name}.bad PROPERTIES WILL_FAIL TRUE)
endfunction()

# comity_fuzz(NAME FILE DEPENDS...)
#
# The fuzz target NAME from FILE. Without COMITY_LIBFUZZER it has a main that replays files, and a
# test replays fuzz/corpus/NAME.
function(comity_fuzz name file)
    cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
    add_executable(${name} ${file})
    target_link_libraries(${name} PRIVATE comity_options ${arg_DEPENDS})
    if(COMITY_LIBFUZZER)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    else()
        target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/fuzz/replay_main.cpp)
        add_test(NAME fuzz.${name} COMMAND ${name} ${PROJECT_SOURCE_DIR}/fuzz/corpus/${name})
    endif()
endfunction()

# comity_bench(NAME FILE DEPENDS...): a Google Benchmark program, run by ./dev bench.
function(comity_bench name file)
    cmake_parse_arguments(arg "" "" "DEPENDS" ${ARGN})
    find_package(benchmark REQUIRED)
    add_executable(${name} ${file})
    target_link_libraries(${name} PRIVATE comity_options ${arg_DEPENDS} benchmark::benchmark_main)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
endfunction()
