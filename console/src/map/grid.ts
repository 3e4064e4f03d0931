// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { Screen } from './mercator';
import type { Palette } from './palette';

// The grid of latitudes and longitudes, and a scale in nautical miles.

const kSteps = [30, 20, 10, 5, 2, 1, 0.5, 0.25, 1 / 6, 1 / 12, 1 / 60];
const kLeastPixels = 110;
const kScales = [2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];

export function stepFor(pixelsPerDegree: number): number {
  let step = kSteps[0] ?? 30;
  for (const next of kSteps) if (next * pixelsPerDegree >= kLeastPixels) step = next;
  return step;
}

export function drawGrid(
  context: CanvasRenderingContext2D,
  screen: Screen,
  palette: Palette,
  opacity: number,
): void {
  const step = stepFor(screen.pixelsPerDegree());
  const west = screen.lon(0);
  const east = screen.lon(screen.width);
  const south = screen.lat(screen.height);
  const north = screen.lat(0);
  context.lineWidth = 1;
  context.strokeStyle = palette.grid;
  context.fillStyle = palette.gridText;
  context.font = '10px "B612", "DejaVu Sans", sans-serif';
  context.globalAlpha = 0.13 * opacity;
  context.beginPath();
  const middle = (west + east) / 2;
  for (let i = Math.ceil(west / step); i * step <= east; i += 1) {
    const x = screen.width / 2 + (i * step - middle) * screen.pixelsPerDegree();
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, screen.height);
  }
  for (let i = Math.ceil(south / step); i * step <= north; i += 1) {
    const y = Math.round(screen.y(i * step)) + 0.5;
    context.moveTo(0, y);
    context.lineTo(screen.width, y);
  }
  context.stroke();
  context.globalAlpha = opacity;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  for (let i = Math.ceil(west / step); i * step <= east; i += 1) {
    const x = screen.width / 2 + (i * step - middle) * screen.pixelsPerDegree();
    const lon = ((((i * step + 180) % 360) + 360) % 360) - 180;
    if (x > 40 && x < screen.width - 60) {
      context.fillText(degrees(lon, 'E', 'W', step), x, screen.height - 6);
    }
  }
  context.textAlign = 'left';
  for (let i = Math.ceil(south / step); i * step <= north; i += 1) {
    const y = screen.y(i * step);
    if (y > 60 && y < screen.height - 70) {
      context.fillText(degrees(i * step, 'N', 'S', step), 6, y - 4);
    }
  }
}

function degrees(value: number, plus: string, minus: string, step: number): string {
  const minutes = Math.round(Math.abs(value) * 60);
  const side = minutes === 0 || minutes === 180 * 60 ? '' : value < 0 ? minus : plus;
  const whole = Math.floor(minutes / 60);
  if (step >= 1) return `${whole}°${side}`;
  return `${whole}°${String(minutes % 60).padStart(2, '0')}′${side}`;
}

/** The longest round length that fits into `most` pixels. */
export function scaleFor(screen: Screen, lat: number, most: number): { miles: number; px: number } {
  const perMile = screen.pixelsPerMetre(lat) * 1852;
  for (const miles of kScales) if (miles * perMile <= most) return { miles, px: miles * perMile };
  return { miles: 0.1, px: 0.1 * perMile };
}
