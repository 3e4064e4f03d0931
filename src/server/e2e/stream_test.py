#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Comity authors
# SPDX-License-Identifier: Apache-2.0
"""The stream, as api/stream.md says it.

    stream_test.py PROGRAM [unittest arguments]
"""

import json
import math
import os
import time
import unittest

import node_under_test as under_test
from node_under_test import NodeTest, agreement, intent, time_text, wait_for

try:
    import websockets
    from stream_under_test import Stream, read_frame
except ImportError:
    websockets = None
    under_test.MISSING.append("python3-websockets")
from feed_under_test import METRES_PER_DEGREE, Aircraft, World


def large_intent(points=8000):
    """A polygon of so many corners, 300 KB."""
    vertices = [{"lng": round(10 + 0.4 * math.cos(6.283185 * i / points), 7),
                 "lat": round(50 + 0.4 * math.sin(6.283185 * i / points), 7)}
                for i in range(points)]
    body = intent()
    body["volumes"][0]["volume"] = {"outline_polygon": {"vertices": vertices}}
    return body


class StreamTest(NodeTest):
    """Common to all: streams that a test opened are closed at its end."""

    def stream(self, *arguments, **options):
        stream = Stream(self.node, *arguments, **options)
        self.addCleanup(stream.close)
        return stream


class PactTest(StreamTest):
    """Alpha shares its intents with beta; gamma is told nothing."""

    parts = {"parties": ("alpha", "beta", "gamma")}

    @classmethod
    def prepare(cls):
        node = cls.node
        cls.alpha, cls.beta, cls.gamma = (node[one] for one in ("alpha", "beta", "gamma"))
        node.file(cls.alpha, "agreement.propose", "pact", agreement("alpha", "beta"))
        node.file(cls.beta, "agreement.accept", "pact", {})

    def put(self, name, **more):
        return self.node.file(self.alpha, "intent.put", name, intent(), **more).json

    def last(self, party=None):
        key = (party or self.beta).api_key
        return self.node.call("GET", "/v1/deliveries", key=key).json["last"]

    def test_hello(self):
        stream = self.stream(self.beta)
        hello = stream.next()
        self.assertEqual((hello["type"], hello["party"], hello["origin"], hello["beat_ms"]),
                         ("hello", "beta", under_test.ORIGIN, 1000))
        self.assertEqual(hello["last"], self.last())

    def test_the_subprotocol_is_chosen(self):
        self.assertEqual(self.stream(self.beta).socket.subprotocol, "comity.v1")

    def test_deliveries_in_order_each_once(self):
        begin = self.last()
        for number in range(3):
            self.put(f"before-{number}")
        wait_for("beta's deliveries", lambda: self.last() == begin + 3)
        stream = self.stream(self.beta, after=begin)
        for number in range(5):
            self.put(f"during-{number}")
        got = stream.deliveries(8)
        self.assertEqual([one["number"] for one in got], list(range(begin + 1, begin + 9)))
        self.assertEqual([one["item"] for one in got],
                         [f"intent/before-{n}" for n in range(3)] +
                         [f"intent/during-{n}" for n in range(5)])
        listed = self.node.call("GET", f"/v1/deliveries?after={begin}",
                                key=self.beta.api_key).json["items"]
        self.assertEqual([{**one, "type": "delivery"} for one in listed], got)
        stream.nothing("delivery", 1.2)

    def test_without_a_number_from_now_on(self):
        self.put("earlier")
        wait_for("beta to be told", lambda: self.last() > 1)
        stream = self.stream(self.beta)
        stream.until("hello")
        self.put("later")
        self.assertEqual(stream.until("delivery")["item"], "intent/later")

    def test_nobody_else_hears_it(self):
        stream = self.stream(self.gamma, after=0, tracks=True)
        self.put("not-for-gamma")
        stream.nothing(lambda one: isinstance(one, bytes) or one["type"] not in ("hello", "beat"),
                       1.5)

    def test_own_items(self):
        stream = self.stream(self.alpha)
        self.put("own")
        item = stream.until("own")["item"]
        self.assertEqual((item["item"], item["version"], item["is_own"]), ("intent/own", 1, True))
        notice = stream.until("notice")["notice"]
        self.assertEqual((notice["item"], notice["to"]), ("intent/own", "beta"))

    def test_beats_each_second(self):
        stream = self.stream(self.gamma)
        for _ in range(4):
            stream.until("beat", 3)
        beats = [(at, one) for at, one in stream.messages if one["type"] == "beat"]
        seconds = [time.mktime(time.strptime(one["time"][:19], "%Y-%m-%dT%H:%M:%S"))
                   for _, one in beats]
        self.assertEqual(seconds, [seconds[0] + n for n in range(4)])
        self.assertTrue(all(one["time"].endswith(".000Z") for _, one in beats))
        self.assertTrue(all(one["mode"] == "recording" for _, one in beats))

    def test_a_reception_on_the_stream(self):
        ours, theirs = self.stream(self.beta), self.stream(self.alpha)
        ours.until("hello"), theirs.until("hello")
        self.put("received")
        version = ours.until("delivery")["version"]
        envelope = self.beta.envelope("notice.receive", "intent/received", {"version": version})
        ours.send(self.beta.sign(envelope))

        def is_received(one):
            return (isinstance(one, dict) and one["type"] == "notice" and one["notice"]["received"]
                    and one["notice"]["item"] == "intent/received")
        seen = {}

        def collect(one):
            if isinstance(one, dict) and one["type"] == "answer":
                seen["answer"] = one
            if is_received(one):
                seen["notice"] = one["notice"]
            return len(seen) == 2
        ours.until(collect)
        answer = seen["answer"]
        self.assertEqual(answer["id"], envelope["id"])
        self.assertEqual((answer["decision"]["outcome"], answer["decision"]["stated_by"]),
                         ("accepted", "key"))
        of_alpha = theirs.until(is_received)["notice"]
        self.assertEqual(of_alpha["to"], "beta")
        self.assertEqual(of_alpha["received"], seen["notice"]["received"])
        # The same again: the same answer, and nothing new.
        ours.send(self.beta.sign(envelope))
        self.assertEqual(ours.until("answer"), answer)

    def test_messages_that_are_refused(self):
        stream = self.stream(self.beta)
        stream.until("hello")
        for text, code in (("hello", "bad_body"), ("{}", "bad_body"), ("", "bad_body"),
                           ("[" * 1000, "bad_body"),
                           (self.alpha.request("intent.put", "x", intent()), "other_party")):
            stream.send(text)
            self.assertEqual(stream.until("answer")["problem"]["code"], code)
        envelope = self.beta.envelope("intent.put", "x", intent())
        stream.send(self.beta.sign(envelope, self.alpha.key))
        answer = stream.until("answer")
        self.assertEqual((answer["id"], answer["problem"]["code"]),
                         (envelope["id"], "unattributed"))
        stream.send(self.beta.request("airspace.end", "none", {}))
        problem = stream.until("answer")["problem"]
        self.assertEqual((problem["code"], problem["status"]), ("unknown_item", 404))
        self.assertGreater(problem["filed"], 0)

    def test_a_binary_message_ends_it(self):
        stream = self.stream(self.beta)
        stream.send(b"\0" * 16)
        self.assertEqual(stream.end_code()[0], 1003)

    def test_a_message_that_is_too_large_ends_it(self):
        stream = self.stream(self.beta)
        stream.send("x" * ((1 << 20) + 1))
        self.assertEqual(stream.end_code()[0], 1009)

    def test_bytes_that_are_no_text_end_it(self):
        from stream_under_test import LOOP  # pylint: disable=import-outside-toplevel
        stream = self.stream(self.beta)
        frame = websockets.frames.Frame(websockets.frames.Opcode.TEXT, b"\xff\xfe\xfd")
        raw = frame.serialize(mask=True)
        LOOP.do(self.write(stream, raw))
        self.assertEqual(stream.end_code()[0], 1007)

    @staticmethod
    async def write(stream, raw):
        stream.socket.transport.write(raw)

    def test_a_number_that_does_not_exist(self):
        """By its code (api/stream.md), or by an answer in place of the handshake's."""
        try:
            stream = self.stream(self.beta, after=self.last() + 100)
        except websockets.InvalidStatusCode as refused:
            self.fail(f"refused by {refused.status_code}, expected a stream that closes with 1008")
        self.assertEqual(stream.end_code()[0], 1008)

    def refusal(self, **how):
        with self.assertRaises(websockets.InvalidStatusCode) as refused:
            self.stream(**how)
        return refused.exception.status_code

    def test_who_may_open_it(self):
        look, _ = self.node.sign_in(self.beta)
        self.assertEqual(self.refusal(), 401)
        self.assertEqual(self.refusal(headers={"Authorization": "Bearer comity_" + "A" * 43}), 401)
        self.assertEqual(self.refusal(headers={**look, "Origin": "https://elsewhere.example"}), 403)
        self.assertEqual(self.refusal(party=self.beta, query="?after=x"), 400)
        self.assertEqual(self.refusal(party=self.beta, query="?tracks=2"), 400)
        stream = self.stream(headers={**look, "Origin": self.node.urls[0]})
        self.assertEqual(stream.next()["party"], "beta")

    def test_a_person_says_nothing_on_it(self):
        look, _ = self.node.sign_in(self.beta)
        stream = self.stream(headers=look)
        stream.until("hello")
        self.put("for-a-person")
        self.assertEqual(stream.until("delivery")["item"], "intent/for-a-person")
        stream.send(self.beta.request("notice.receive", "intent/for-a-person", {"version": 1}))
        self.assertEqual(stream.end_code()[0], 1008)

    def test_a_session_that_ended_ends_its_stream(self):
        look, act = self.node.sign_in(self.beta)
        stream = self.stream(headers=look)
        stream.until("hello")
        self.assertEqual(self.node.call("DELETE", "/v1/session", headers=act).status, 204)
        self.assertEqual(stream.end_code(4)[0], 1008)


class TakenBackTest(StreamTest):
    parts = {"parties": ("alpha", "beta")}

    def test_a_credential_that_was_taken_back_ends_its_stream(self):
        stream = self.stream(self.node["beta"])
        stream.until("hello")
        os.remove(os.path.join(self.node.data, "access", "beta.json"))
        self.assertEqual(stream.end_code(4)[0], 1008)


class LimitTest(StreamTest):
    parts = {"parties": ("alpha", "beta"), "limits": {"streams_per_party": 3}}

    def test_streams_of_a_party(self):
        alpha, beta = self.node["alpha"], self.node["beta"]
        streams = [self.stream(alpha) for _ in range(3)]
        with self.assertRaises(websockets.InvalidStatusCode) as refused:
            self.stream(alpha)
        self.assertEqual(refused.exception.status_code, 429)
        self.stream(beta).until("hello")
        streams[0].close()
        wait_for("room", lambda: self.can_open(alpha), 3)

    def can_open(self, party):
        try:
            self.stream(party)
            return True
        except websockets.InvalidStatusCode:
            return False


class ResumeTest(StreamTest):
    parts = {"parties": ("alpha", "beta")}

    def test_after_kill_9(self):
        node, alpha, beta = self.node, self.node["alpha"], self.node["beta"]
        node.file(alpha, "agreement.propose", "pact", agreement("alpha", "beta"))
        node.file(beta, "agreement.accept", "pact", {})
        stream = self.stream(beta, after=0)
        text = {}
        for number in range(10):
            text[number] = alpha.request("intent.put", f"k-{number}", intent())
            answer = node.call("POST", "/v1/requests", text[number], key=alpha.api_key)
            self.expect(answer, 200)
        first = stream.deliveries(7)
        node.kill()
        node.start()
        seen = first[-1]["number"]
        again = self.stream(beta, after=seen)
        last = again.until("hello")["last"]
        rest = again.deliveries(last - seen)
        numbers = [one["number"] for one in first + rest]
        self.assertEqual(numbers, list(range(1, last + 1)))
        again.nothing("delivery", 1.5)
        # Whatever was answered is there: nothing is lost, nothing is told twice.
        told = [one["item"] for one in first + rest if one["item"].startswith("intent/")]
        self.assertEqual(sorted(told), sorted(f"intent/k-{n}" for n in range(10)))
        # What was delivered before is the same to the byte.
        whole = node.call("GET", "/v1/deliveries?after=0", key=beta.api_key).json["items"]
        self.assertEqual([one["content"] for one in whole],
                         [one["content"] for one in first + rest])
        # The same request again, of before the node ended, is a repetition and files nothing new.
        repeated = node.call("POST", "/v1/requests", text[0], key=alpha.api_key)
        self.expect(repeated, 409, "repeated")
        node.file(alpha, "intent.put", "after-restart", intent())
        self.assertEqual(again.until("delivery")["number"], last + 1)

    def test_sigterm_ends_it_in_order(self):
        stream = self.stream(self.node["beta"])
        stream.until("hello")
        self.assertEqual(self.node.stop(), 0)
        self.assertEqual(stream.end_code()[0], 1001)
        self.node.start()


class WorldTest(StreamTest):
    """Frames and warnings: a radar of North's sees what South flies."""

    @classmethod
    def setUpClass(cls):
        world = cls.world = World()
        cls.addClassCleanup(world.close)
        cls.node = world.start()
        cls.north, cls.south, cls.east = (cls.node[one] for one in ("north", "south", "east"))

    def test_1_warnings_reach_their_addressees(self):
        streams = [self.stream(one, after=0) for one in (self.south, self.north, self.east)]
        for stream in streams:
            stream.until("hello")
        warning = self.world.send_s1()

        def is_warning(one):
            return (isinstance(one, dict) and one["type"] == "delivery"
                    and one["item"] == f"warning/{warning}")
        for stream, why in zip(streams, ("own_aircraft", "own_feed")):
            content = json.loads(stream.until(is_warning)["content"])
            self.assertIn(content["why"], (why, "shared"))
            said = content["warning"]
            self.assertEqual((said["phase"], said["airspace"], said["operator"], said["feed_of"]),
                             ("predicted", World.CLAIM, "south", "north"))
            # 8 km at 300 kt.
            self.assertAlmostEqual(said["distance_m"], -8000, delta=400)
            self.assertEqual(said["note"], "For collision avoidance and warning. "
                                           "Not evidence of intent; not identification.")
        streams[2].nothing(lambda one: isinstance(one, bytes) or one["type"] == "delivery", 1)

    def test_2_frames(self):
        craft = Aircraft("F1", 40.0, 9.0, knots=420.5, heading=75.0, altitude=31_250, vertical=-640)
        self.world.feed.add(craft)
        stream = self.stream(self.north, tracks=True)
        names, frames = {}, []

        def look(one):
            if isinstance(one, bytes):
                at, tracks = read_frame(one)
                self.assertLessEqual(set(tracks), set(names), "a number before its name")
                if any(names[number][1] == "F1" for number in tracks):
                    frames.append((at, tracks))
            elif one["type"] == "names":
                for row in one["names"]:
                    names[row[0]] = row
            return len(frames) == 4
        stream.until(look, 15)
        number = next(row[0] for row in names.values() if row[1] == "F1")
        self.assertEqual(names[number][1:], ["F1", "CSF1", "radar", None])
        of_s1 = [row for row in names.values() if row[1] == "S1"]
        self.assertEqual([row[4] for row in of_s1], ["south"] * len(of_s1))
        self.assertEqual([at - frames[0][0] for at, _ in frames], [0, 1, 2, 3])
        for at, tracks in frames:
            one = tracks[number]
            lat, lon = craft.position(at - one["age"])
            # A tenth of a second of age is 22 m.
            self.assertAlmostEqual(one["lat"], lat, delta=60 / METRES_PER_DEGREE)
            self.assertAlmostEqual(one["lon"], lon, delta=80 / METRES_PER_DEGREE)
            self.assertLess(one["age"], 1.5)
            self.assertEqual((one["feet"], one["knots"], one["rate"], one["datum"]),
                             (31_250, 420.5, -640, 0))
            self.assertAlmostEqual(one["degrees"], 75.0, delta=0.01)
            self.assertEqual((one["accuracy"], one["flags"]), (50, 8))
        beat = stream.until("beat")
        self.assertEqual([(feed["name"], feed["of"]) for feed in beat["feeds"]],
                         [("radar", "north")])
        self.assertLess(beat["feeds"][0]["age_ms"], 1500)

    def test_3_no_frames_of_feeds_of_others(self):
        stream = self.stream(self.south, tracks=True)
        stream.nothing(lambda one: isinstance(one, bytes) or one["type"] == "names", 2.2)
        self.assertEqual(stream.until("beat")["feeds"], [])

    def test_4_a_track_that_is_not_seen_any_more(self):
        self.world.feed.add(Aircraft("L1", 41.0, 9.0))
        stream = self.stream(self.north, tracks=True)
        names = {}

        def flags_of(one):
            if isinstance(one, dict):
                if one["type"] == "names":
                    names.update({row[1]: row[0] for row in one["names"]})
                return None
            tracks = read_frame(one)[1]
            return tracks.get(names.get("L1"), {}).get("flags")
        stream.until(lambda one: flags_of(one) == 8, 10)
        self.world.feed.aircraft = {name: craft for name, craft in self.world.feed.aircraft.items()
                                    if name != "L1"}
        stream.until(lambda one: flags_of(one) == 9, 10)
        row = next(one for one in self.node.call("GET", "/v1/tracks", key=self.north.api_key)
                   .json["items"] if one["track"] == "L1")
        self.assertTrue(row["is_estimated"])

    def test_5_a_slow_reader_holds_up_nobody(self):
        """North reads nothing while 15 MB of deliveries are for it; its other stream has them as
        they leave. Then it reads again, and has all of them in order."""
        count = 50
        slow = self.stream(self.north, tracks=True, is_slow=True)
        last = slow.until("hello")["last"]
        quick = self.stream(self.north, after=last, tracks=True)
        body = large_intent()
        for number in range(count):
            self.node.file(self.south, "intent.put", f"large-{number}", body)
        began = time.monotonic()
        got = [one for one in quick.deliveries(count, 20)]
        self.assertLess(time.monotonic() - began, 10)
        quick.until("beat", 3)
        health = time.monotonic()
        self.expect(self.node.call("GET", "/health"), 200)
        self.assertLess(time.monotonic() - health, 1)
        time.sleep(3)  # frames that are left out
        late = slow.deliveries(count, 30)
        self.assertEqual(late, got)
        missed = slow.until("missed", 10)
        self.assertEqual(missed["what"], "tracks")
        self.assertGreater(missed["count"], 0)
        self.assertIsInstance(slow.until(lambda one: isinstance(one, bytes), 5), bytes)


if __name__ == "__main__":
    under_test.main()
