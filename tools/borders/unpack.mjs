// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
//
// Unpacks the countries of world-atlas (Natural Earth as TopoJSON) into GeoJSON that the strict
// reader of Comity takes: closed rings, cut at the antimeridian, every feature with a name, a
// source and an accuracy.
//
//     node tools/borders/unpack.mjs NPM_DIR OUT_DIR
//
// NPM_DIR holds node_modules with world-atlas and topojson-client. Writes OUT_DIR/ne_10m.geojson
// and OUT_DIR/ne_50m.geojson, each under a temporary name first, so that a file there is whole.

import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

// accuracy_m: 0.2 mm at the scale of the map, the customary accuracy of a drawn line. Natural Earth
// itself states none. 0.2 mm x 10,000,000 = 2,000 m.
const kSheets = [
    { file: "countries-10m.json", out: "ne_10m.geojson", scale: "1:10m", accuracy_m: 2000 },
    { file: "countries-50m.json", out: "ne_50m.geojson", scale: "1:50m", accuracy_m: 10000 },
];

// A ring around a pole that stays above this latitude is what the packer left of the pole itself.
const kPoleLatitude = 89.9;

const round = (x) => Math.round(x * 1e7) / 1e7;
const clamp = (x, limit) => Math.min(limit, Math.max(-limit, x));
const same = (a, b) => a[0] === b[0] && a[1] === b[1];

/** The ring in 1e-7 degree, inside the range of both coordinates, no vertex twice in a row. */
function tidied(ring) {
    const kept = [];
    for (const [longitude, latitude] of ring) {
        const vertex = [clamp(round(longitude), 180), clamp(round(latitude), 90)];
        if (kept.length === 0 || !same(kept.at(-1), vertex)) kept.push(vertex);
    }
    if (kept.length > 1 && !same(kept[0], kept.at(-1))) kept.push([...kept[0]]);
    return kept;
}

/**
 * The ring with longitudes that go on over 180 instead of jumping to -180. Where it runs around a
 * pole it is closed over the pole, along latitude 90 or -90.
 */
function unwrapped(ring) {
    const out = [[...ring[0]]];
    for (let i = 1; i < ring.length; i++) {
        const step = ring[i][0] - ring[i - 1][0];
        const turn = step >= 180 ? -360 : step <= -180 ? 360 : 0;
        out.push([out.at(-1)[0] + step + turn, ring[i][1]]);
    }
    const [first, last] = [out[0], out.at(-1)];
    if (Math.abs(last[0] - first[0]) > 180) {
        const pole = first[1] > 0 ? 90 : -90;
        out.push([last[0], pole], [first[0], pole], [...first]);
    }
    return out;
}

/** The part of a closed ring where sign * longitude <= sign * limit (Sutherland and Hodgman). */
function clipped(ring, limit, sign) {
    const inside = (v) => sign * v[0] <= sign * limit;
    const out = [];
    for (let i = 1; i < ring.length; i++) {
        const [a, b] = [ring[i - 1], ring[i]];
        if (inside(a)) out.push(a);
        if (inside(a) !== inside(b)) {
            const t = (limit - a[0]) / (b[0] - a[0]);
            out.push([limit, a[1] + t * (b[1] - a[1])]);
        }
    }
    if (out.length > 0) out.push(out[0]);
    return out;
}

/**
 * A polygon as polygons that lie between -180 and 180. Parts of one country that are joined only
 * along the cut stay in one ring there; the even-odd rule reads them correctly.
 */
function cut(rings) {
    const long = rings.map(unwrapped);
    const parts = [];
    for (const west of [-540, -180, 180]) {
        const part = long
            .map((ring) => clipped(clipped(ring, west + 360, 1), west, -1))
            .map((ring) => tidied(ring.map(([x, y]) => [x - west - 180, y])))
            .filter((ring) => ring.length >= 4 && ring.some((v) => v[0] !== ring[0][0]));
        if (part.length > 0) parts.push(part);
    }
    return parts;
}

const crosses = (ring) => ring.some((v, i) => i > 0 && Math.abs(v[0] - ring[i - 1][0]) >= 180);
const isPole = (ring) => ring.every((v) => Math.abs(v[1]) >= kPoleLatitude);

function polygonsOf(geometry) {
    const all = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return all.flatMap((polygon) => {
        const rings = polygon.map(tidied).filter((ring) => ring.length >= 4 && !isPole(ring));
        if (rings.length === 0) return [];
        return rings.some(crosses) ? cut(rings) : [rings];
    });
}

function unpack(topojson, atlas, sheet) {
    const countries = topojson.feature(atlas, atlas.objects.countries).features;
    const lines = [];
    const skipped = [];
    for (const country of countries) {
        const polygons = country.geometry === null ? [] : polygonsOf(country.geometry);
        if (polygons.length === 0) {
            skipped.push(country.properties.name);
            continue;
        }
        const properties = {
            name: country.properties.name || `unnamed ${country.id ?? lines.length}`,
            iso_n3: country.id,
            source: `Natural Earth ${sheet.scale} via world-atlas 2.0.2 (public domain)`,
            accuracy_m: sheet.accuracy_m,
        };
        const geometry = { type: "MultiPolygon", coordinates: polygons };
        lines.push(JSON.stringify({ type: "Feature", properties, geometry }));
    }
    const text = `{"type":"FeatureCollection","features":[\n${lines.join(",\n")}\n]}\n`;
    return { text, features: lines.length, skipped };
}

function main(npmDir, outDir) {
    const require = createRequire(join(resolve(npmDir), "package.json"));
    const topojson = require("topojson-client");
    for (const sheet of kSheets) {
        const packed = readFileSync(require.resolve(`world-atlas/${sheet.file}`), "utf8");
        const atlas = JSON.parse(packed);
        const { text, features, skipped } = unpack(topojson, atlas, sheet);
        const out = join(outDir, sheet.out);
        writeFileSync(`${out}.tmp`, text);
        renameSync(`${out}.tmp`, out);
        const rest = skipped.length > 0 ? `, left out without area: ${skipped.join(", ")}` : "";
        console.error(`${sheet.out}: ${features} features${rest}`);
    }
}

if (process.argv.length !== 4) {
    console.error("usage: node unpack.mjs NPM_DIR OUT_DIR");
    process.exit(2);
}
main(process.argv[2], process.argv[3]);
