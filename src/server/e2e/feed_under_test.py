# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""A sensor: a server on loopback that says where aircraft are, as docs/formats/track_csv.md has it,
four times a second. And a world in which one of them heads for a national airspace.
"""

import math
import socket
import threading
import time

from node_under_test import Node, agreement, airspace, time_text, wait_for

COLUMNS = "time_utc,track_id,callsign,lat,lon,alt_ft,alt_datum,gs_kt,track_deg,vrate_fpm,accuracy_m"
METRES_PER_DEGREE = 111_195.0
METRES_PER_SECOND = 1852 / 3600  # of a knot


class Aircraft:
    """Flies straight on from where it is now."""

    def __init__(self, track, lat, lon, knots=300.0, heading=0.0, altitude=20000, vertical=0):
        self.track = track
        self.began = time.time()
        self.lat, self.lon = lat, lon
        self.knots, self.heading = knots, heading
        self.altitude, self.vertical = altitude, vertical

    def position(self, at):
        way = self.knots * METRES_PER_SECOND * (at - self.began)
        angle = math.radians(self.heading)
        lat = self.lat + way * math.cos(angle) / METRES_PER_DEGREE
        return lat, self.lon + way * math.sin(angle) / METRES_PER_DEGREE / math.cos(
            math.radians(lat))

    def row(self):
        lat, lon = self.position(time.time())
        return (f"{time_text()},{self.track},CS{self.track},{lat:.7f},{lon:.7f},{self.altitude},"
                f"pressure,{self.knots},{self.heading},{self.vertical},50")


class Feed:
    def __init__(self):
        self.aircraft = {}
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.is_closed = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def add(self, aircraft):
        self.aircraft = {**self.aircraft, aircraft.track: aircraft}

    def run(self):
        while not self.is_closed:
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            with connection:
                try:
                    connection.sendall(f"{COLUMNS}\n".encode())
                    while not self.is_closed:
                        rows = [one.row() for one in self.aircraft.values()]
                        connection.sendall("".join(f"{row}\n" for row in rows).encode())
                        time.sleep(0.25)
                except OSError:
                    continue

    def close(self):
        self.is_closed = True
        self.listener.close()
        self.thread.join(5)


class World:
    """North claims an airspace and has a radar, South flies. North shares its alerts with South,
    and South its intents with North; East and West are enrolled and share nothing."""

    CLAIM = "north-airspace"

    def __init__(self, **more):
        self.feed = Feed()
        more["more"] = (f"feeds:\n  - name: radar\n    of: north\n    format: tracks\n"
                        f"    connect: 127.0.0.1:{self.feed.port}\n"
                        f"    operators: {{ S1: south }}\n") + more.get("more", "")
        try:
            self.node = Node(parties=("north", "south", "east", "west"), **more)
        except BaseException:
            self.feed.close()
            raise

    def start(self):
        node = self.node.start()
        north, south = node["north"], node["south"]
        terms = agreement("north", "south", share=[
            {"what": "alerts", "from": "north", "to": "south", "level": "full"},
            {"what": "intents", "from": "south", "to": "north", "level": "full"}])
        node.file(north, "agreement.propose", "strait", terms)
        node.file(south, "agreement.accept", "strait", {})
        node.file(north, "airspace.put", self.CLAIM,
                  airspace(west=10.0, south=50.0, kind="national", size=1.0))
        return node

    def send_s1(self):
        """From 8 km south of the border, straight north. The warning's id, once South has it."""
        self.feed.add(Aircraft("S1", 50.0 - 8_000 / METRES_PER_DEGREE, 10.5))
        south = self.node["south"]

        def warned():
            items = self.node.call("GET", "/v1/situations", key=south.api_key).json["items"]
            return items[0]["id"] if items else None
        return wait_for("South to be warned of S1", warned, 20)

    def close(self):
        try:
            self.node.close()
        finally:
            self.feed.close()
