// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "members.hpp"

#include "comity/accord/request.hpp"
#include "comity/ledger/envelope.hpp"

/// The reader of each operation's body. Each replaces `out` where it succeeds.
namespace comity::wire {

/// What a body stands in: some of an operation lies in its envelope.
struct Body {
    dom::element value;
    const ledger::Envelope& envelope;
};

Result read_put_party(const Body& body, accord::Operation& out);
Result read_propose(const Body& body, accord::Operation& out);
Result read_accept(const Body& body, accord::Operation& out);
Result read_suspend(const Body& body, accord::Operation& out);
Result read_resume(const Body& body, accord::Operation& out);
Result read_end_agreement(const Body& body, accord::Operation& out);
Result read_put_intent(const Body& body, accord::Operation& out);
Result read_put_airspace(const Body& body, accord::Operation& out);
Result read_end_airspace(const Body& body, accord::Operation& out);
Result read_put_alert(const Body& body, accord::Operation& out);
Result read_put_spooled(const Body& body, accord::Operation& out);
Result read_received(const Body& body, accord::Operation& out);
Result read_read(const Body& body, accord::Operation& out);
Result read_pass_on(const Body& body, accord::Operation& out);
Result read_object(const Body& body, accord::Operation& out);
Result read_withdraw(const Body& body, accord::Operation& out);
Result read_log_call(const Body& body, accord::Operation& out);

}  // namespace comity::wire
