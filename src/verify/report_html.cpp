// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "report_html.hpp"

#include "report_style.hpp"
#include "shown_text.hpp"
#include "words.hpp"

#include "comity/seal/base64.hpp"
#include "comity/seal/hash.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace comity::verify {
namespace {

using ledger::Attribution;
using ledger::ReceiptFindings;

constexpr std::size_t kMostBody = CheckedReceipt::kMostShown;

// HTML that is made here; what others wrote enters it through `text` alone.
std::string text(std::string_view others) {
    return shown_html(others);
}

// Text whose direction is its own: a name from right to left does not reorder what stands by it.
std::string name(std::string_view others) {
    return "<bdi>" + text(others) + "</bdi>";
}

std::string code(std::string_view others) {
    return "<code>" + text(others) + "</code>";
}

std::string heading(const std::string& words) {
    return "<h2>" + words + "</h2>\n";
}

std::string bullets(const std::vector<std::string>& sentences) {
    std::string out = "<ul>\n";
    for (const std::string& sentence : sentences) out += "<li>" + text(sentence) + "</li>\n";
    return out + "</ul>\n";
}

std::string row(const std::string& term, const std::string& content) {
    return "<dt>" + term + "</dt><dd>" + content + "</dd>\n";
}

std::string cell(const char* label, const std::string& content) {
    return fmt::format("<td data-label=\"{}\"><div>{}</div></td>", label, content);
}

// The first column holds numbers, the second times, of a known width.
std::string header_cells(std::initializer_list<const char*> titles) {
    std::string out = "<thead><tr>";
    for (const char* const& title : titles) {
        const auto column = &title - titles.begin();
        out += fmt::format("<th scope=\"col\"{}>{}</th>",
                           column == 0   ? " class=\"narrow\""
                           : column == 1 ? " class=\"wide\""
                                         : "",
                           title);
    }
    return out + "</tr></thead>\n";
}

// Bytes as text, with their number where not all of them are shown.
std::string excerpt(std::string_view bytes, std::size_t size) {
    std::string out = "<pre>" + text(beginning(bytes, kMostBody)) + "</pre>";
    if (size > kMostBody) {
        out += fmt::format("<span class=\"soft\">The beginning; {} in all.</span>",
                           counted(size, "byte"));
    }
    return out;
}

std::string head() {
    const seal::Hash style = seal::sha256(std::as_bytes(std::span(kReportStyle)));
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<title>Comity evidence bundle</title>\n<style>{}</style>\n</head>\n<body>\n",
        seal::encode_base64(style.span()), kReportStyle);
}

class Report {
  public:
    explicit Report(const CheckedBundle& bundle) : bundle_(bundle) {}

    std::string html() const {
        return head() + "<main>\n" + summary() + deliveries() + proved() + statements() + node() +
               heading("What is not shown") + bullets(not_shown(bundle_)) + how_to_check() +
               "</main>\n</body>\n</html>\n";
    }

  private:
    std::string summary() const {
        std::string out = fmt::format(
            "<h1>Evidence bundle of {}</h1>\n<p>{} of the log {}. All times are UTC.</p>\n",
            name(bundle_.list.party), counted(bundle_.receipts.size(), "receipt"),
            name(bundle_.list.log.substr(0, bundle_.list.log.find('+'))));
        return out +
               "<p class=\"note\"><strong>This page is not evidence.</strong> It shows what the "
               "receipts beside it held when it was written, and whoever hands it on could have "
               "changed it. The receipts cannot be changed unseen: check them, see <a "
               "href=\"#check\">How to check</a>. It shows who stated what; it does not decide who "
               "was right.</p>\n";
    }

    std::string deliveries() const {
        const ledger::BundleList& list = bundle_.list;
        std::string out = heading("Deliveries to " + name(list.party));
        if (list.first_delivery == 0) return out + "<p>This bundle shows none.</p>\n";
        out += fmt::format(
            "<p>The node numbers what it sends to each party: 1, 2, 3 and so on. This bundle "
            "covers {}.</p>\n<p{}>{}.</p>\n",
            numbers_text({list.first_delivery, list.last_delivery}),
            bundle_.omitted.empty() ? "" : " class=\"left-out\"", omission_text(bundle_));
        for (const std::string& sentence : outside(bundle_))
            out += "<p>" + text(sentence) + "</p>\n";
        return out;
    }

    std::string proved() const {
        std::string out = heading("What is proved");
        out +=
            "<p>To anyone who trusts the log&#39;s key " + code(bundle_.list.log) +
            ": the log committed to each of these records in the tick named, at the place named, "
            "and none of them has been changed since.</p>\n";
        if (bundle_.agreed) {
            const AgreedKey& agreed = *bundle_.agreed;
            out += fmt::format(
                "<p>That key is named in agreement {}, signed by {} under the key {}: "
                "{}.</p>\n",
                name(agreed.agreement), name(agreed.party), code(key_text(agreed.key)),
                code(agreed.file));
        }
        out += "<table>\n" +
               header_cells({"No.", "Tick (UTC)", "Record", "Place", "On whose word"}) +
               "<tbody>\n";
        std::size_t omitted = 0;
        for (std::size_t i = 0; i < bundle_.receipts.size(); ++i) {
            const std::uint64_t number = number_of(bundle_.receipts[i].findings);
            while (omitted < bundle_.omitted.size() && bundle_.omitted[omitted].last < number) {
                out += left_out(bundle_.omitted[omitted++]);
            }
            out += receipt_row(i);
        }
        while (omitted < bundle_.omitted.size()) out += left_out(bundle_.omitted[omitted++]);
        return out + "</tbody>\n</table>\n";
    }

    // Of a delivery to the bundle's party; 0 of everything else.
    std::uint64_t number_of(const ReceiptFindings& f) const {
        const ledger::node::Delivery* delivery = delivery_in(f);
        const bool is_counted = delivery != nullptr && delivery->addressee == bundle_.list.party;
        return is_counted ? delivery->number : 0;
    }

    std::string left_out(const NumberRange& range) const {
        const bool is_one = range.first == range.last;
        return fmt::format(
            "<tr><td class=\"left-out\" colspan=\"5\">{} {} to {}: left out, not in this "
            "bundle</td></tr>\n",
            is_one ? "Delivery" : "Deliveries", range_text(range), name(bundle_.list.party));
    }

    std::string receipt_row(std::size_t i) const {
        const CheckedReceipt& receipt = bundle_.receipts[i];
        const ReceiptFindings& f = receipt.findings;
        return "<tr>" + cell("No.", std::to_string(i + 1)) +
               cell("Tick (UTC)",
                    "<span class=\"time\">" + second_text(f.tick.second) + "</span>") +
               cell("Record", name(subject_text(f)) + "<span class=\"soft\">" + text(receipt.name) +
                                  "</span>") +
               cell("Place", name(place_text(f))) + cell("On whose word", name(word_of_text(f))) +
               "</tr>\n";
    }

    // A section for each party and key, in the order of their first statements.
    std::string statements() const {
        std::vector<std::pair<std::string, std::string>> sections;
        std::vector<std::pair<std::string, seal::Hash>> authors;
        for (std::size_t i = 0; i < bundle_.receipts.size(); ++i) {
            const ReceiptFindings& f = bundle_.receipts[i].findings;
            if (f.attribution != Attribution::kSigned) continue;
            const std::pair author(f.envelope->party, *f.envelope->key);
            const auto found = std::find(authors.begin(), authors.end(), author);
            const auto at = static_cast<std::size_t>(found - authors.begin());
            if (found == authors.end()) {
                authors.push_back(author);
                sections.emplace_back(
                    heading("What " + name(author.first) + " states under its own key"),
                    "<p>Key " + code(key_text(author.second)) + "</p>\n");
            }
            sections[at].second += request(i);
        }
        std::string out;
        for (const auto& [title, content] : sections) out += title + content;
        return out;
    }

    std::string request(std::size_t i) const {
        const CheckedReceipt& receipt = bundle_.receipts[i];
        const ledger::Envelope& e = *receipt.findings.envelope;
        std::string out = fmt::format("<h3>No. {}: {}</h3>\n<dl>\n", i + 1, name(e.operation));
        if (e.object) out += row("object", name(*e.object));
        out += row("id", name(e.id));
        out += row("sent",
                   fmt::format("{}, valid until {}", time_text(e.sent), time_text(e.valid_until)));
        out += row("traffic", e.traffic == ledger::Traffic::kLive ? "live" : "exercise");
        out += row("body", excerpt(e.body, e.body.size()));
        return out + attachments(receipt) + "</dl>\n";
    }

    static std::string attachments(const CheckedReceipt& receipt) {
        std::string out;
        const auto& states = receipt.findings.attachments;
        for (std::size_t i = 0; i < states.size(); ++i) {
            std::string content;
            switch (states[i].state) {
                case ledger::AttachmentState::State::kOpened:
                    content = "as committed to:" + excerpt(receipt.openings[i], states[i].size);
                    break;
                case ledger::AttachmentState::State::kErased:
                    content = "erased: its key was destroyed; the receipt holds without it";
                    break;
                case ledger::AttachmentState::State::kNotShown:
                    content = "committed to, and not in this bundle";
                    break;
            }
            out += row("attachment", name(states[i].name) + ", " + content);
        }
        return out;
    }

    std::string node() const {
        std::string out = heading("What only the node states");
        out +=
            "<p>Nobody but the node that keeps the log vouches for these: when it recorded each "
            "of them, with what outcome, and what it sent to whom.</p>\n<table>\n" +
            header_cells({"No.", "Recorded (UTC)", "Record", "Outcome"}) + "<tbody>\n";
        std::string details;
        for (std::size_t i = 0; i < bundle_.receipts.size(); ++i) {
            const CheckedReceipt& receipt = bundle_.receipts[i];
            const ReceiptFindings& f = receipt.findings;
            out += "<tr>" + cell("No.", std::to_string(i + 1)) +
                   cell("Recorded (UTC)", "<span class=\"time\">" + time_text(f.record.time) +
                                              "</span><span class=\"soft\">" +
                                              clock_text(f.record) + "</span>") +
                   cell("Record", name(subject_text(f))) +
                   cell("Outcome", outcome_text(f.record) + "<span class=\"soft\">by rules " +
                                       text(f.record.rules) + "</span>") +
                   "</tr>\n";
            if (f.attribution == Attribution::kVouched) details += vouched(i);
            if (delivery_in(f) != nullptr) details += delivery(i);
        }
        return out + "</tbody>\n</table>\n" + details;
    }

    std::string vouched(std::size_t i) const {
        const std::string& party = bundle_.receipts[i].findings.envelope->party;
        return fmt::format(
                   "<p>The node states that {} asked the following; it bears no "
                   "signature.</p>\n",
                   name(party)) +
               request(i);
    }

    std::string delivery(std::size_t i) const {
        const CheckedReceipt& receipt = bundle_.receipts[i];
        const ledger::node::Delivery& d = *delivery_in(receipt.findings);
        return fmt::format("<h3>No. {}: delivery {} to {}</h3>\n<dl>\n", i + 1, d.number,
                           name(d.addressee)) +
               row("item", fmt::format("{}, version {}", name(d.item), d.version)) +
               row("detail", level_text(d.level)) + attachments(receipt) + "</dl>\n";
    }

    std::string how_to_check() const {
        return "<h2 id=\"check\">How to check</h2>\n"
               "<p>With the folder that holds this page, or its zip, and no network:</p>\n"
               "<pre>comity-verify FOLDER --key VKEY</pre>\n"
               "<p>VKEY is the log&#39;s key, as the log or a party that you trust tells you; do "
               "not take it from this page. The program says what holds, and names every delivery "
               "that is left out. The receipts are in the folder receipts, as text; their form is "
               "public, so that other programs can check them too.</p>\n";
    }

    const CheckedBundle& bundle_;
};

}  // namespace

std::string report_html(const CheckedBundle& bundle) {
    return Report(bundle).html();
}

}  // namespace comity::verify
