// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "values.hpp"
#include "words.hpp"

#include "comity/accord/request.hpp"
#include "comity/wire/request.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace comity::wire {
namespace {

constexpr std::string_view kReaderAttachment = "reader";

// {"version":n} and no more.
template <typename Said>
Result read_version(const Body& body, Said said, accord::Operation& out) {
    Result read = Members(body.value).required("version", read_number, said.version).finish();
    if (read) out = std::move(said);
    return read;
}

}  // namespace

Result read_received(const Body& body, accord::Operation& out) {
    return read_version(body, accord::Received{}, out);
}

Result read_read(const Body& body, accord::Operation& out) {
    accord::Read said;
    const auto& attachments = body.envelope.attachments;
    const auto reader =
        std::ranges::find(attachments, kReaderAttachment, &ledger::AttachmentRef::name);
    if (reader != attachments.end()) said.reader = reader->commitment;
    return read_version(body, std::move(said), out);
}

Result read_pass_on(const Body& body, accord::Operation& out) {
    constexpr Count kTo{.least = 1, .most = BodyLimits::kMaxPassedOn};
    accord::PassOn said;
    Result read =
        Members(body.value)
            .required("version", read_number, said.version)
            .required("to", [&](dom::element list) { return read_party_set(list, kTo, said.to); })
            .finish();
    if (read) out = std::move(said);
    return read;
}

Result read_object(const Body& body, accord::Operation& out) {
    return read_version(body, accord::Object{}, out);
}

Result read_withdraw(const Body& body, accord::Operation& out) {
    Result read = Members(body.value).finish();
    if (read) out = accord::Withdraw{};
    return read;
}

Result read_log_call(const Body& body, accord::Operation& out) {
    accord::LogCall call;
    const auto read_channel = [](dom::element value, accord::Channel& channel) {
        return read_word(value, kChannels, channel);
    };
    Result read = Members(body.value)
                      .required("channel", read_channel, call.channel)
                      .nullable("to", read_party, call.to, accord::PartyId{std::string()})
                      .required("at", read_time, call.at)
                      .nullable("answered", read_truth, call.answered)
                      .finish();
    if (read) out = std::move(call);
    return read;
}

}  // namespace comity::wire
