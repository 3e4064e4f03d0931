// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading_times.hpp"

#include "comity/accord/agreement.hpp"
#include "comity/accord/alert.hpp"
#include "comity/accord/ids.hpp"
#include "comity/wire/scenario.hpp"
#include "comity/wire/scenario_reader.hpp"
#include "comity/wire/yaml_reading.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// The sections of a scenario, each read into the part of the scenario that has its name. They are
/// read in the order in which they stand here, so that a name is known where it is referred to,
/// whatever the order of the text.
namespace comity::wire {

/// The names of a kind of thing that have been read, in the order of the text.
class Names {
  public:
    /// `thing` names one of them: "party".
    explicit Names(std::string thing) : thing_(std::move(thing)) {}

    void add(const std::string& name);
    /// A fault where it is none of them.
    void check(Reading& reading, std::size_t line, std::string_view name) const;

  private:
    std::string thing_;
    std::vector<std::string> in_order_;
    std::set<std::string, std::less<>> all_;
};

/// What all sections are read with.
struct Context {
    Reading& reading;
    Scenario& scenario;
    Times times;
    Names parties{"party"};
    Names agreements{"agreement"};
    Names airspaces{"airspace"};
    Names intents{"intent"};
    std::size_t vertex_count = 0;  ///< of all volumes made so far
};

void read_parties(Context& context, const YamlNode* node);
void read_agreements(Context& context, const YamlNode* node);
void read_airspaces(Context& context, const YamlNode* node);
void read_intents(Context& context, const YamlNode* node);
void read_feeds(Context& context, const YamlNode* node);
void read_systems(Context& context, const YamlNode* node);
void read_people(Context& context, const YamlNode* node);
void read_moments(Context& context, const YamlNode* node);
void read_assessments(Context& context, const YamlNode* node);
void read_expectations(Context& context, const YamlNode* node);

/// A fault where a key cannot be the id of an item (accord::is_id).
void check_id(Context& context, const YamlKey& key);
/// Ids of known things; the empty id where there is a fault.
accord::PartyId party_of(Context& context, const YamlNode* node);
std::string agreement_of(Context& context, const YamlNode* node);
std::string airspace_of(Context& context, const YamlNode* node);
/// Different parties, at least `least`.
std::vector<accord::PartyId> parties_of(Context& context, const YamlNode* node, std::size_t least,
                                        std::size_t most);
/// Different track ids, at least one.
std::vector<std::string> tracks_of(Context& context, const YamlNode* node, std::size_t most);
/// Texts, each with a party.
std::map<std::string, accord::PartyId> party_by_text(Context& context, const YamlNode* node);
/// "intent/S1", "warning S1 in north-airspace": of known things, but for the track.
ScenarioItem item_of(Context& context, const YamlNode* node);
/// Lower and upper limit of one datum; unlimited where neither is there.
airspace::AltitudeBand band_of(Context& context, Fields& fields);
/// Latitude and longitude, in degrees; the position of neither where there is a fault.
geo::Position position_of(Context& context, const YamlNode* latitude, const YamlNode* longitude);

accord::Level level_of(Reading& reading, const YamlNode* node);
accord::AlertPhase phase_of(Reading& reading, const YamlNode* node);

/// What any duration of a scenario can be, unless said otherwise: 0 to its greatest length.
inline constexpr DurationRange kAnyDuration{.least = geo::Milliseconds(0),
                                            .most = ScenarioLimits::kMaxLength};

}  // namespace comity::wire
