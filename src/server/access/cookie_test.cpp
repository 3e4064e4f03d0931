// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "comity/server/cookie.hpp"

#include <string>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

const std::string kToken = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const std::string kOther = "_-ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

TEST(Cookie, IsSetForThisHostAndNoScript) {
    EXPECT_EQ(session_cookie(kToken, false),
              "comity_session=" + kToken + "; Path=/; HttpOnly; SameSite=Strict");
    EXPECT_EQ(session_cookie(kToken, true),
              "__Host-comity_session=" + kToken + "; Path=/; HttpOnly; SameSite=Strict; Secure");
    EXPECT_EQ(ended_session_cookie(true),
              "__Host-comity_session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
}

TEST(Cookie, IsFoundAmongOthers) {
    EXPECT_EQ(session_token("comity_session=" + kToken, false), kToken);
    EXPECT_EQ(session_token("a=b; comity_session=" + kOther + "; c=d", false), kOther);
    EXPECT_EQ(session_token("a; comity_session = " + kToken + " ;", false), kToken);
    EXPECT_EQ(session_token("__Host-comity_session=" + kToken, true), kToken);
}

TEST(Cookie, WhatIsNone) {
    const std::string cookie = "comity_session=" + kToken;
    EXPECT_EQ(session_token("", false), std::nullopt);
    EXPECT_EQ(session_token(";;=;", false), std::nullopt);
    EXPECT_EQ(session_token("comity_session=", false), std::nullopt);
    EXPECT_EQ(session_token("comity_session", false), std::nullopt);
    EXPECT_EQ(session_token("xcomity_session=" + kToken, false), std::nullopt);
    EXPECT_EQ(session_token("Comity_session=" + kToken, false), std::nullopt);
    EXPECT_EQ(session_token(cookie + "A", false), std::nullopt);
    EXPECT_EQ(session_token(cookie.substr(0, cookie.size() - 1), false), std::nullopt);
    EXPECT_EQ(session_token("comity_session=\"" + kToken + "\"", false), std::nullopt);
    EXPECT_EQ(session_token(cookie + "; " + cookie, false), std::nullopt) << "set by another";
    EXPECT_EQ(session_token(cookie, true), std::nullopt) << "not the name over TLS";
    EXPECT_EQ(session_token("__Host-comity_session=" + kToken, false), std::nullopt);
}

}  // namespace
}  // namespace comity::server
