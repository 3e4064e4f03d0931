// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "replay/story_words.hpp"

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

#include <fmt/core.h>

namespace comity::cli {
namespace {

using Words = std::pair<RowKind, std::string>;

struct Verb {
    const node::Filing& filing;
    bool is_first;
    const Names& names;
    const node::History& history;

    std::string object() const { return filing.object.value_or("nothing"); }
    std::string item() const {
        const auto of = accord::item_from(object());
        return of ? names.item(*of, history) : object();
    }
    std::string from_to(geo::Instant from, geo::Instant to) const {
        return names.time(from) + " to " + names.time(to);
    }

    Words operator()(const accord::PutParty&) const {
        const std::string name = names.party(accord::PartyId(object()));
        return {RowKind::kParty,
                (is_first ? "says who takes part: " : "changes the keys or members of ") + name};
    }
    Words operator()(const accord::ProposeAgreement& propose) const {
        std::vector<std::string> others;
        for (const accord::PartyId& party : propose.terms.signatories) {
            if (party != filing.who) others.push_back(names.party(party));
        }
        return {RowKind::kAgreement,
                fmt::format("proposes agreement {} to {}", object(), joined(others))};
    }
    Words operator()(const accord::ChangeAgreement& change) const {
        const char* verb = "";
        switch (change.act) {
            case accord::AgreementAct::kAccept:
                verb = "accepts";
                break;
            case accord::AgreementAct::kSuspend:
                verb = "suspends";
                break;
            case accord::AgreementAct::kResume:
                verb = "resumes";
                break;
            case accord::AgreementAct::kEnd:
                verb = "ends";
                break;
        }
        return {RowKind::kAgreement, fmt::format("{} agreement {}", verb, object())};
    }
    Words operator()(const accord::PutIntent& put) const {
        std::string text = (is_first ? "announces flight " : "changes flight ") + object();
        if (!put.aircraft.empty()) text += ": aircraft " + joined(put.aircraft);
        if (!put.route.empty()) {
            text += ", " + from_to(put.route.front().time, put.route.back().time);
        }
        return {RowKind::kFiled, text};
    }
    Words operator()(const accord::PutAirspace& put) const {
        std::string text = (is_first ? "files airspace " : "changes airspace ") + object();
        if (put.area.accuracy) {
            const auto metres = static_cast<std::int64_t>(put.area.accuracy->in_metres() + 0.5);
            text += fmt::format(", its line accurate to {}", distance_words(metres));
        }
        return {RowKind::kFiled, text};
    }
    Words operator()(const accord::EndAirspace&) const {
        return {RowKind::kFiled, "ends airspace " + object()};
    }
    Words operator()(const accord::PutAlert&) const {
        return {RowKind::kWarning, "files warning " + object()};
    }
    Words operator()(const accord::PutSpooled&) const {
        return {RowKind::kWarning, "files warning " + object() + ", which had left before"};
    }
    Words operator()(const accord::Received&) const {
        return {RowKind::kReceived, "received " + item()};
    }
    Words operator()(const accord::Read&) const {
        const std::string by = filing.person.empty() ? "" : " (" + filing.person + ")";
        return {RowKind::kRead, "read " + item() + by};
    }
    Words operator()(const accord::PassOn& pass_on) const {
        return {RowKind::kPassedOn,
                fmt::format("passes {} on to {}", item(), names.parties(pass_on.to))};
    }
    Words operator()(const accord::Object&) const {
        return {RowKind::kAnswered, "objects to " + item()};
    }
    Words operator()(const accord::Withdraw&) const {
        return {RowKind::kAnswered, "withdraws " + item()};
    }
    Words operator()(const accord::LogCall& call) const {
        std::string text = "calls ";
        text += call.to ? names.party(*call.to) : "whoever hears it";
        switch (call.channel) {
            case accord::Channel::kGuard:
                text += " on guard";
                break;
            case accord::Channel::kRadio:
                text += " by radio";
                break;
            case accord::Channel::kTelephone:
                text += " by telephone";
                break;
            case accord::Channel::kInPerson:
                text += " in person";
                break;
        }
        if (!filing.about.empty()) text += ": \"" + filing.about + "\"";
        if (call.answered) text += *call.answered ? "; answered" : "; no answer";
        return {RowKind::kCalled, text};
    }
    Words operator()(const accord::Unreadable&) const {
        return {RowKind::kRefused, "asks for what cannot be read"};
    }
};

// What is predicted is not known to the millisecond.
geo::Instant to_second(geo::Instant time) {
    return std::chrono::round<std::chrono::seconds>(time);
}

std::string accuracies(const accord::Alert& alert) {
    return fmt::format("accuracy: aircraft {}, line {}", distance_words(alert.track_accuracy_m),
                       distance_words(alert.area_accuracy_m));
}

std::string predictions(const accord::Alert& alert) {
    std::vector<std::string> by;
    if (alert.entry_by_intent) {
        by.push_back("at " + Names::clock(to_second(*alert.entry_by_intent)) +
                     " by the announced flight");
    }
    if (alert.entry_by_track) {
        by.push_back("at " + Names::clock(to_second(*alert.entry_by_track)) +
                     " by a straight line");
    }
    return by.empty() ? "; no entry is predicted now" : "; entry predicted " + joined(by);
}

const char* words_of(accord::Why why) {
    switch (why) {
        case accord::Why::kOwnAircraft:
            return ", its aircraft";
        case accord::Why::kOwnFeed:
            return ", its own feed";
        case accord::Why::kRelayed:
            return ", passed on by ";
        case accord::Why::kEscalated:
            return ", escalated";
        case accord::Why::kShared:
        case accord::Why::kSignatory:
        case accord::Why::kOwner:
            break;
    }
    return "";
}

}  // namespace

std::pair<RowKind, std::string> words_of(const node::Filing& filing, bool is_first,
                                         const Names& names, const node::History& history) {
    Words words = std::visit(Verb{filing, is_first, names, history}, filing.operation);
    if (filing.decided.outcome == accord::Outcome::kAccepted) return words;
    return {RowKind::kRefused,
            fmt::format("{}: refused, {}", words.second, to_string(filing.decided.outcome))};
}

std::string words_of(const accord::Alert& alert, const Names&) {
    const std::string where =
        distance_words(alert.distance_m < 0 ? -alert.distance_m : alert.distance_m);
    switch (alert.phase) {
        case accord::AlertPhase::kPredicted:
            return fmt::format("warns: {} is {} from {}{}; {}", alert.track, where, alert.airspace,
                               predictions(alert), accuracies(alert));
        case accord::AlertPhase::kInside:
            // Outside again, and watched until it is clear of the line.
            if (alert.left && alert.distance_m < 0) {
                return fmt::format("{} left {} at {}, is {} from it; {}", alert.track,
                                   alert.airspace, Names::clock(to_second(*alert.left)), where,
                                   accuracies(alert));
            }
            return fmt::format(
                "{} is reported inside {}{}, {} from the line; {}", alert.track, alert.airspace,
                alert.entered ? " since " + Names::clock(to_second(*alert.entered)) : "", where,
                accuracies(alert));
        case accord::AlertPhase::kResolved:
            return fmt::format("resolved: {} is {} {} from {} and no entry is predicted; {}",
                               alert.track, alert.entered ? "reported outside again," : "now",
                               where, alert.airspace, accuracies(alert));
        case accord::AlertPhase::kUnresolved:
            break;
    }
    return fmt::format("unresolved: {} is not seen, or not watched, any more; last {} from {}, {}",
                       alert.track, where, alert.airspace, accuracies(alert));
}

std::string words_of(const accord::Escalation& escalation, const Names& names,
                     const node::History& history) {
    return fmt::format("{} has not {} {} by {}{}", names.party(escalation.late),
                       to_string(escalation.stage), names.item(escalation.item, history),
                       Names::clock(escalation.due),
                       escalation.told ? "" : "; nobody is left to tell");
}

std::string words_of(const node::Telling& telling, const Names& names) {
    std::string why = words_of(telling.why);
    if (why.ends_with(' ') && telling.via) why += names.party(*telling.via);
    return fmt::format("{} ({}{})", names.party(telling.delivery.to),
                       to_string(telling.delivery.level), why);
}

}  // namespace comity::cli
