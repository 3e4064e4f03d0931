// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#include "expectation_words.hpp"

#include <chrono>
#include <cstdint>
#include <variant>

#include <fmt/core.h>

namespace comity::node {
namespace {

std::string duration_words(geo::Milliseconds duration) {
    const auto count = duration.count();
    if (count % 60'000 == 0 && count > 0) return fmt::format("{} min", count / 60'000);
    if (count % 1000 == 0) return fmt::format("{} s", count / 1000);
    return fmt::format("{} ms", count);
}

// "1 warning", "2 warnings"
std::string counted(std::uint64_t count, accord::ItemKind kind) {
    return fmt::format("{} {}{}", count, to_string(kind), count == 1 ? "" : "s");
}

const char* words_of(wire::CountItems::Step step) {
    switch (step) {
        case wire::CountItems::Step::kTold:
            return "was told";
        case wire::CountItems::Step::kReceived:
            return "received";
        case wire::CountItems::Step::kRead:
            return "read";
    }
    return "";
}

struct Expected {
    std::string operator()(const wire::ExpectAlert& asked) const {
        using enum wire::ExpectAlert::By;
        const char* by = !asked.by              ? ""
                         : *asked.by == kIntent ? " by the announced flight"
                                                : " by a straight line";
        return fmt::format("{} in {}: {}{}", asked.track, asked.airspace, to_string(asked.phase),
                           by);
    }
    std::string operator()(const wire::ExpectTold& asked) const {
        std::string text =
            fmt::format("{} told {}", asked.who.value(), wire::to_string(asked.what));
        if (asked.level) text += fmt::format(" at level {}", to_string(*asked.level));
        return text;
    }
    std::string operator()(const wire::ExpectReceived& asked) const {
        return fmt::format("{} received {}", asked.who.value(), wire::to_string(asked.what));
    }
    std::string operator()(const wire::ExpectRead& asked) const {
        return fmt::format("{} read {}", asked.who.value(), wire::to_string(asked.what));
    }
    std::string operator()(const wire::ExpectPassedOn& asked) const {
        return fmt::format("{} passed {} on to {}", asked.who.value(), wire::to_string(asked.what),
                           asked.to.value());
    }
    std::string operator()(const wire::ExpectEscalated& asked) const {
        return fmt::format("{} had not {} {} in time, {} told", asked.late.value(),
                           to_string(asked.stage), wire::to_string(asked.what), asked.to.value());
    }
    std::string operator()(const wire::ExpectNeverTold& asked) const {
        return fmt::format("{} never told {}", asked.who.value(), wire::to_string(asked.what));
    }
    std::string operator()(const wire::ExpectRefused& asked) const {
        return fmt::format("a request of {} refused with {}", asked.who.value(),
                           name_of(asked.code));
    }
    std::string operator()(const wire::ExpectCount& asked) const {
        if (const auto* items = std::get_if<wire::CountItems>(&asked.of)) {
            return fmt::format("{} {} {}", items->who.value(), words_of(items->step),
                               counted(asked.is, items->what));
        }
        const auto& alerts = std::get<wire::CountAlerts>(asked.of);
        return fmt::format("alerts that came to {}{}: {}", to_string(alerts.phase),
                           alerts.airspace ? " in " + *alerts.airspace : "", asked.is);
    }
};

std::string predicted_by(const accord::Alert& alert) {
    if (alert.phase != accord::AlertPhase::kPredicted) return {};
    if (alert.entry_by_intent && alert.entry_by_track) {
        return " by the announced flight and by a straight line";
    }
    return alert.entry_by_intent ? " by the announced flight" : " by a straight line";
}

struct Found {
    std::string operator()(const Filing& filing) const {
        if (filing.decided.outcome != accord::Outcome::kAccepted) {
            return fmt::format("refused with {}", name_of(filing.decided.outcome));
        }
        if (std::holds_alternative<accord::Received>(filing.operation)) return "received";
        if (std::holds_alternative<accord::Read>(filing.operation)) return "read";
        const auto* pass_on = std::get_if<accord::PassOn>(&filing.operation);
        if (pass_on == nullptr) return "filed";
        std::string to;
        for (const accord::PartyId& party : pass_on->to) {
            to += (to.empty() ? "" : ", ") + party.value();
        }
        return fmt::format("passed on to {}", to);
    }
    std::string operator()(const AlertStep& step) const {
        return to_string(step.alert.phase) + predicted_by(step.alert);
    }
    std::string operator()(const Telling& telling) const {
        return fmt::format("told at level {}", to_string(telling.delivery.level));
    }
    std::string operator()(const Missed& missed) const {
        const accord::Escalation& escalation = missed.escalation;
        return fmt::format("not {} in time, {} told", to_string(escalation.stage),
                           escalation.told ? escalation.told->value() : "nobody");
    }
};

}  // namespace

std::string ClockWords::of(geo::Instant time) const {
    using std::chrono::days;
    std::string text = geo::to_string(time);
    if (std::chrono::floor<days>(time) != std::chrono::floor<days>(start_)) return text;
    text.pop_back();
    return text.substr(text.find('T') + 1);
}

std::string expected_words(const wire::Expectation& asked, const ClockWords& clock) {
    std::string text = std::visit(Expected{}, asked.that);
    if (asked.when) {
        text += " at " + clock.of(asked.when->at);
        if (asked.when->within > geo::Milliseconds(0)) {
            text += " within " + duration_words(asked.when->within);
        }
    }
    if (asked.before) text += " before " + clock.of(*asked.before);
    return text;
}

std::string found_words(const Happening& happening, const ClockWords& clock) {
    return std::visit(Found{}, happening.what) + " at " + clock.of(happening.time);
}

}  // namespace comity::node
