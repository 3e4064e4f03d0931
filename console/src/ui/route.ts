// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

// Deep links: #/situations/ID, #/notices, #/incidents/ID, #/map/ZOOM/LAT/LON.

export type Route =
  | { page: 'situations'; id: string | null }
  | { page: 'notices'; id: string | null }
  | { page: 'incidents'; id: string | null }
  | { page: 'map'; zoom: number; lat: number; lon: number };

export function parseRoute(hash: string): Route {
  const [page, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'map') {
    const [zoom, lat, lon] = rest.map(Number);
    const isWhole = [zoom, lat, lon].every((value) => Number.isFinite(value));
    if (isWhole && zoom !== undefined && lat !== undefined && lon !== undefined) {
      return {
        page,
        zoom: clamp(zoom, 0, 15),
        lat: clamp(lat, -85, 85),
        lon: clamp(lon, -180, 180),
      };
    }
  }
  const id = rest.length > 0 ? decode(rest.join('/')) : null;
  if (page === 'notices' || page === 'incidents') return { page, id };
  return { page: 'situations', id: page === 'situations' ? id : null };
}

export function hashOf(route: Route): string {
  if (route.page === 'map') {
    return `#/map/${route.zoom.toFixed(2)}/${route.lat.toFixed(4)}/${route.lon.toFixed(4)}`;
  }
  return route.id === null ? `#/${route.page}` : `#/${route.page}/${encodeURIComponent(route.id)}`;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function decode(text: string): string | null {
  try {
    return text === '' ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}
