// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "values.hpp"
#include "words.hpp"

#include "comity/accord/agreement.hpp"
#include "comity/wire/request.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace comity::wire {
namespace {

using accord::PartyId;
using accord::Terms;

Result read_level(dom::element value, accord::Level& out) {
    return read_word(value, kLevels, out);
}

Result read_share_rule(dom::element value, accord::ShareRule& out) {
    const auto read_shared = [](dom::element what, accord::Shared& shared) {
        return read_word(what, kShared, shared);
    };
    return Members(value)
        .required("what", read_shared, out.what)
        .required("from", read_party, out.from)
        .required("to", read_party, out.to)
        .required("level", read_level, out.level)
        .optional("residual", read_truth, out.is_residual)
        .finish();
}

Result read_relay_rule(dom::element value, accord::RelayRule& out) {
    return Members(value)
        .required("by", read_party, out.by)
        .required("to", read_party, out.to)
        .required("level", read_level, out.level)
        .finish();
}

// A rule is read over one that names nobody.
Result read_share(dom::element value, std::vector<accord::ShareRule>& out) {
    const PartyId nobody{std::string()};
    return read_list(value, {.least = 0, .most = Terms::kMaxRules}, [&](dom::element rule) {
        return read_share_rule(rule, out.emplace_back(accord::ShareRule{
                                         .what = accord::Shared::kIntents,
                                         .from = nobody,
                                         .to = nobody,
                                     }));
    });
}

Result read_relay(dom::element value, std::vector<accord::RelayRule>& out) {
    const PartyId nobody{std::string()};
    return read_list(value, {.least = 0, .most = Terms::kMaxRules}, [&](dom::element rule) {
        return read_relay_rule(rule, out.emplace_back(accord::RelayRule{
                                         .by = nobody,
                                         .to = nobody,
                                     }));
    });
}

Result read_seconds(dom::element value, geo::Milliseconds& out) {
    std::int64_t seconds = 0;
    Result read = read_whole(value, {.least = 1, .most = BodyLimits::kMaxSeconds}, seconds);
    if (read) out = std::chrono::seconds(seconds);
    return read;
}

Result read_deadlines(dom::element value, accord::Deadlines& out) {
    return Members(value)
        .required("received_s", read_seconds, out.received)
        .required("read_s", read_seconds, out.read)
        .required("passed_on_s", read_seconds, out.passed_on)
        .finish();
}

Result read_all_deadlines(dom::element value, Terms& out) {
    return Members(value)
        .optional("intents", read_deadlines, out.intents)
        .optional("alerts", read_deadlines, out.alerts)
        .finish();
}

// The log's key is for whoever reads the envelope (agreements make it known); the accord does not
// use it.
Result read_log_key(dom::element value) {
    std::string log;
    return read_text(value, {.least = 0, .most = BodyLimits::kMaxLogKey}, log);
}

Result read_empty(const Body& body, accord::AgreementAct act, accord::Operation& out) {
    Result read = Members(body.value).finish();
    if (read) out = accord::ChangeAgreement{.act = act};
    return read;
}

}  // namespace

Result read_propose(const Body& body, accord::Operation& out) {
    constexpr Count kSignatories{.least = 2, .most = Terms::kMaxSignatories};
    constexpr Count kEscalation{.least = 0, .most = Terms::kMaxEscalation};
    Terms terms;
    Result read = Members(body.value)
                      .required("signatories",
                                [&](dom::element list) {
                                    return read_parties(list, kSignatories, terms.signatories);
                                })
                      .required("share", read_share, terms.share)
                      .required("relay", read_relay, terms.relay)
                      .optional("deadlines", read_all_deadlines, terms)
                      .required("escalation",
                                [&](dom::element list) {
                                    return read_parties(list, kEscalation, terms.escalation);
                                })
                      .optional("log", read_log_key)
                      .finish();
    if (read) out = accord::ProposeAgreement{.terms = std::move(terms)};
    return read;
}

Result read_accept(const Body& body, accord::Operation& out) {
    Result read = Members(body.value).optional("log", read_log_key).finish();
    if (read) out = accord::ChangeAgreement{.act = accord::AgreementAct::kAccept};
    return read;
}

Result read_suspend(const Body& body, accord::Operation& out) {
    return read_empty(body, accord::AgreementAct::kSuspend, out);
}

Result read_resume(const Body& body, accord::Operation& out) {
    return read_empty(body, accord::AgreementAct::kResume, out);
}

Result read_end_agreement(const Body& body, accord::Operation& out) {
    return read_empty(body, accord::AgreementAct::kEnd, out);
}

}  // namespace comity::wire
