// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "console_files.hpp"

#include "comity/base/bytes.hpp"
#include "comity/seal/hash.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <zlib.h>

namespace comity::server {
namespace {

namespace fs = std::filesystem;

struct Type {
    std::string_view extension;
    std::string_view type;
};
constexpr std::array kTypes{
    Type{".html", "text/html; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".mjs", "text/javascript; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".geojson", "application/geo+json"},
    Type{".webmanifest", "application/manifest+json"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".ico", "image/x-icon"},
    Type{".woff2", "font/woff2"},
    Type{".wasm", "application/wasm"},
    Type{".txt", "text/plain; charset=utf-8"},
};

std::string type_of(const std::string& path) {
    for (const Type& one : kTypes) {
        if (path.ends_with(one.extension)) return std::string(one.type);
    }
    return "application/octet-stream";
}

std::string gzipped(const std::string& plain) {
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return {};
    }
    std::string out(deflateBound(&stream, plain.size()), '\0');
    std::string in = plain;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return ended == Z_STREAM_END ? out : std::string();
}

std::string etag_of(const std::string& content) {
    const seal::Hash hash = seal::sha256(base::bytes_of(content));
    return '"' + base::to_hex(hash.span().first(8)) + '"';
}

bool takes_gzip(const HttpRequest& request) {
    return request.header("accept-encoding").find("gzip") != std::string_view::npos;
}

}  // namespace

base::Expected<ConsoleFiles, std::string> ConsoleFiles::read(const std::string& folder) {
    ConsoleFiles files;
    std::error_code error;
    if (!fs::is_directory(folder, error)) return files;
    std::size_t bytes = 0;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        if (!at->is_regular_file(error)) continue;
        std::ifstream stream(at->path(), std::ios::binary);
        std::ostringstream content;
        content << stream.rdbuf();
        if (!stream) return base::Unexpected(at->path().string() + ": cannot be read");
        File file{.type = type_of(at->path().string()),
                  .etag = etag_of(content.str()),
                  .plain = std::make_shared<const std::string>(content.str())};
        bytes += file.plain->size();
        if (files.files_.size() >= kMaxFiles || bytes > kMaxBytes) {
            return base::Unexpected(
                fmt::format("{}: more than {} files or {} bytes, expected the "
                            "console's files alone",
                            folder, kMaxFiles, kMaxBytes));
        }
        std::string path = "/" + fs::relative(at->path(), folder, error).generic_string();
        file.is_named_by_content = path.starts_with("/assets/");
        if (auto smaller = gzipped(*file.plain);
            !smaller.empty() && smaller.size() < file.plain->size()) {
            file.gzip = std::make_shared<const std::string>(std::move(smaller));
        }
        files.files_.emplace(std::move(path), std::move(file));
    }
    if (error) return base::Unexpected(folder + ": " + error.message());
    return files;
}

std::optional<HttpResponse> ConsoleFiles::get(const HttpRequest& request) const {
    const auto found = files_.find(request.path == "/" ? "/index.html" : request.path);
    if (found == files_.end()) return std::nullopt;
    const File& file = found->second;
    HttpResponse response{
        .headers = {{.name = "content-type", .value = file.type},
                    {.name = "etag", .value = file.etag},
                    {.name = "vary", .value = "accept-encoding"},
                    {.name = "cache-control",
                     .value = file.is_named_by_content ? "public, max-age=31536000, immutable"
                                                       : "no-cache"}}};
    add_security_headers(response);
    if (request.header("if-none-match") == file.etag) {
        response.status = 304;
        return response;
    }
    response.body = file.plain;
    if (file.gzip != nullptr && takes_gzip(request)) {
        response.body = file.gzip;
        response.headers.push_back({.name = "content-encoding", .value = "gzip"});
    }
    return response;
}

void add_security_headers(HttpResponse& response) {
    const auto add = [&](const char* name, const char* value) {
        response.headers.push_back({.name = name, .value = value});
    };
    add("content-security-policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'");
    add("x-content-type-options", "nosniff");
    add("referrer-policy", "no-referrer");
    add("cross-origin-opener-policy", "same-origin");
    add("cross-origin-resource-policy", "same-origin");
    add("permissions-policy", "geolocation=(), camera=(), microphone=()");
}

}  // namespace comity::server
