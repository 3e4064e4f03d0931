// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "page.hpp"

#include "shown_text.hpp"
#include "words.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/core.h>

namespace comity::verify {
namespace {

using ledger::Attribution;
using ledger::ReceiptFindings;

constexpr std::size_t kWidth = 96;
constexpr std::size_t kMostBody = 400;  // bytes of a request's body
constexpr std::size_t kMostNamed = 20;  // receipts of a bundle in one list

// The text in lines of at most kWidth, the first behind `first`, the others behind as many blanks.
// A word that is longer stands alone.
std::string wrapped(const std::string& first, std::string_view text) {
    const std::string indent(first.size(), ' ');
    std::string out;
    std::string line = first;
    bool is_empty = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (!is_empty && line.size() + 1 + end > kWidth) {
            out += line + "\n";
            line = indent;
            is_empty = true;
        }
        if (!is_empty) line += ' ';
        line += text.substr(0, end);
        is_empty = false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out + line + "\n";
}

std::string point(const std::string& sentence) {
    return wrapped("  - ", shown(sentence));
}

std::string line(const char* name, const std::string& value) {
    return wrapped(fmt::format("    {:<12}", name), shown(value));
}

// The same of text without blanks, broken where the line is full.
std::string block(const char* name, const std::string& value) {
    const std::string text = shown(value);
    std::string_view rest = text;
    std::string out;
    do {
        const std::string start = fmt::format("    {:<12}", out.empty() ? name : "");
        const std::string_view part = beginning(rest, kWidth - start.size());
        out += start + std::string(part) + "\n";
        rest.remove_prefix(part.size());
    } while (!rest.empty());
    return out;
}

std::string attachment_lines(const CheckedReceipt& receipt) {
    std::string out;
    std::uint64_t erased = 0;
    for (const ledger::AttachmentState& a : receipt.findings.attachments) {
        switch (a.state) {
            case ledger::AttachmentState::State::kOpened:
                out += line("attachment", fmt::format("{}: {}, as committed to", a.name,
                                                      counted(a.size, "byte")));
                break;
            case ledger::AttachmentState::State::kErased:
                ++erased;
                break;
            case ledger::AttachmentState::State::kNotShown:
                out += line("attachment", a.name + ": committed to, not in this receipt");
                break;
        }
    }
    if (erased > 0) {
        out += line("attachment", counted(erased, "attachment") + " erased; the receipt holds");
    }
    return out;
}

std::string request_lines(const ledger::Envelope& e) {
    std::string out = line("operation", e.operation);
    if (e.object) out += line("object", *e.object);
    out += line("id", e.id);
    out += line("sent",
                fmt::format("{}, valid until {}", time_text(e.sent), time_text(e.valid_until)));
    out += line("traffic", e.traffic == ledger::Traffic::kLive ? "live" : "exercise");
    std::string body(beginning(e.body, kMostBody));
    if (body.size() < e.body.size()) {
        body += fmt::format(" ... ({} in all)", counted(e.body.size(), "byte"));
    }
    return out + block("body", body);
}

std::string node_lines(const ReceiptFindings& f) {
    const ledger::Record& r = f.record;
    std::string out = line("recorded", fmt::format("{} ({})", time_text(r.time), clock_text(r)));
    out += line("outcome", fmt::format("{}, by rules {}", outcome_text(r), r.rules));
    const auto* record = std::get_if<ledger::NodeRecord>(&r.content);
    if (record == nullptr) return out;
    out += line("kind", ledger::name_of(*record));
    if (const auto* d = delivery_in(f)) {
        out += line("delivery", fmt::format("number {} to {}", d->number, d->addressee));
        out += line("item", fmt::format("{}, version {}, in the detail '{}'", d->item, d->version,
                                        level_text(d->level)));
    }
    return out;
}

std::string states(const CheckedReceipt& receipt) {
    const ReceiptFindings& f = receipt.findings;
    if (f.attribution == Attribution::kNode) return {};
    const std::string heading =
        f.attribution == Attribution::kSigned
            ? fmt::format("What {} states under its own key {}", f.envelope->party,
                          key_text(*f.envelope->key))
            : fmt::format("What only the node states that {} asked: it bears no signature",
                          f.envelope->party);
    return shown(heading) + "\n" + request_lines(*f.envelope) + attachment_lines(receipt) + "\n";
}

// One line for each receipt of a bundle, and a count of those for which there is no room.
class List {
  public:
    void add(const std::string& sentence) {
        if (++count_ <= kMostNamed) out_ += point(sentence);
    }
    std::string text() const {
        if (count_ <= kMostNamed) return out_;
        return out_ + fmt::format("  - and {} more, each checked like these.\n",
                                  grouped(count_ - kMostNamed));
    }

  private:
    std::string out_;
    std::uint64_t count_ = 0;
};

std::string proved_list(const CheckedBundle& bundle) {
    List list;
    for (const CheckedReceipt& receipt : bundle.receipts) {
        const ReceiptFindings& f = receipt.findings;
        list.add(fmt::format("{}: {}, {}; in the tick of {}; {}", receipt.name, subject_text(f),
                             place_text(f), second_text(f.tick.second), word_of_text(f)));
    }
    return list.text();
}

std::string deliveries(const CheckedBundle& bundle) {
    const ledger::BundleList& list = bundle.list;
    if (list.first_delivery == 0) return {};
    std::string out = fmt::format("\nDeliveries to {}, {}\n", shown(list.party),
                                  numbers_text({list.first_delivery, list.last_delivery}));
    out += point(omission_text(bundle) + ".");
    for (const std::string& sentence : outside(bundle)) out += point(sentence);
    return out;
}

// Who stated what: each party under its key, in the order of their first statements.
std::string party_statements(const CheckedBundle& bundle) {
    std::vector<std::pair<std::string, List>> authors;
    for (const CheckedReceipt& receipt : bundle.receipts) {
        const ReceiptFindings& f = receipt.findings;
        if (f.attribution != Attribution::kSigned) continue;
        const ledger::Envelope& e = *f.envelope;
        const std::string heading = fmt::format("\nWhat {} states under its own key {}\n",
                                                shown(e.party), key_text(*e.key));
        auto author = std::find_if(authors.begin(), authors.end(),
                                   [&](const auto& known) { return known.first == heading; });
        if (author == authors.end()) author = authors.insert(author, {heading, List()});
        author->second.add(fmt::format("{}{}{}, sent {}", e.operation, e.object ? " of " : "",
                                       e.object.value_or(""), time_text(e.sent)));
    }
    std::string out;
    for (const auto& [heading, list] : authors) out += heading + list.text();
    return out;
}

std::string node_statements(const CheckedBundle& bundle) {
    List list;
    for (const CheckedReceipt& receipt : bundle.receipts) {
        const ledger::Record& record = receipt.findings.record;
        list.add(fmt::format("{}: recorded {} ({}), {}", receipt.name, time_text(record.time),
                             clock_text(record), outcome_text(record)));
    }
    return "\nWhat only the node states\n" + list.text();
}

}  // namespace

std::string page_of(const CheckedReceipt& receipt, const std::string& log_key) {
    const ReceiptFindings& f = receipt.findings;
    std::string out = "The receipt holds.\n\nWhat is proved to anyone who trusts the log's key\n  ";
    out += shown(log_key) + "\n";
    out +=
        point(fmt::format("The log committed to this record in its tick of {}, one of the {} "
                          "that its checkpoint covers.",
                          second_text(f.tick.second), counted(f.log.checkpoint.tree.size, "tick")));
    out += point("It is " + place_text(f) + ".");
    out += point("It has not been changed since.");
    for (std::size_t i = 0; i < receipt.witnesses.size(); ++i) {
        out += point(fmt::format("Witness {} cosigned that checkpoint, as it says at {}.",
                                 receipt.witnesses[i], second_text(f.log.witnessed[i].time)));
    }
    out += "\n" + states(receipt) + "What only the node states\n" + node_lines(f);
    if (f.attribution == Attribution::kNode) out += attachment_lines(receipt);
    out += "\nWhat is not shown\n";
    out += point("That anything else did or did not happen: a receipt is one record.");
    out += point("That what is stated is true: a statement is its author's.");
    if (f.attribution == Attribution::kSigned) {
        out += point(fmt::format("That the key is {}'s: compare it with the key that you know.",
                                 f.envelope->party));
    }
    if (delivery_in(f) != nullptr) {
        out += point("That the addressee received or read it: that is a statement of its own.");
    }
    for (const std::string& sentence : not_shown_by_the_log(f)) out += point(sentence);
    return out;
}

std::string page_of(const CheckedBundle& bundle) {
    std::string out = fmt::format(
        "The bundle holds: {}, each as bundle.txt lists it.\n\n"
        "What is proved to anyone who trusts the log's key\n  ",
        counted(bundle.receipts.size(), "receipt"));
    out += shown(bundle.list.log) + "\n";
    if (!bundle.is_key_given) out += wrapped("  ", shown(agreed_text(*bundle.agreed)));
    out += "  Each of these was committed to by the log, and has not been changed since:\n";
    out += proved_list(bundle) + deliveries(bundle);
    out += party_statements(bundle) + node_statements(bundle);
    out += "\nWhat is not shown\n";
    for (const std::string& sentence : not_shown(bundle)) out += point(sentence);
    out += point("report.html is not evidence: this page was made without it, from the receipts.");
    return out;
}

}  // namespace comity::verify
