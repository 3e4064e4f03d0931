// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { kLayerNames, kLayerWords, type LayerName } from '../map/style';
import { useUi } from './hooks';
import { toggleLayers } from './keys';
import { Icon, kIcons } from './shapes';
import { setOpacity } from './state';

// Layers with an opacity each, and what the signs on the map mean.

export function LayersPanel(): JSX.Element {
  return (
    <section class="layers" aria-label="Layers and legend">
      <div class="layers-head">
        <h2>Layers</h2>
        <button
          type="button"
          class="icon-button small"
          aria-label="Close layers and legend"
          onClick={toggleLayers}
        >
          <Icon path={kIcons.close} />
        </button>
      </div>
      {kLayerNames.map((name) => (
        <LayerRow key={name} name={name} />
      ))}
      <h2>Legend</h2>
      <Legend />
    </section>
  );
}

function LayerRow(props: { name: LayerName }): JSX.Element {
  const { name } = props;
  const value = useUi((state) => state.opacities[name]);
  const word = kLayerWords[name];
  return (
    <div class="layer-row">
      <label class="check">
        <input
          type="checkbox"
          checked={value > 0}
          onChange={() => setOpacity(name, value > 0 ? 0 : 1)}
        />
        {word}
      </label>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        value={Math.round(value * 100)}
        aria-label={`Opacity: ${word}`}
        onInput={(event) => setOpacity(name, Number(event.currentTarget.value) / 100)}
      />
    </div>
  );
}

const kArrow = 'M12 4.5 18.5 20 12 16.5 5.5 20z';
const kCross = 'm7 7 10 10M17 7 7 17';

function Legend(): JSX.Element {
  return (
    <ul class="legend">
      <Entry svg={<path class="ink" d={kArrow} />}>Track, pointing where it flies</Entry>
      <Entry svg={<path class="ink-line" d={kArrow} />}>Estimated: no report for 3 s</Entry>
      <Entry svg={<path class="ink-line" d={kCross} />}>Lost: where it was last seen</Entry>
      <Entry
        svg={
          <>
            <path class="ink-line faint" d="M2 18 10 14" />
            <path class="ink-line" d="M10 14 22 7" />
          </>
        }
      >
        One minute back, one ahead
      </Entry>
      <Entry
        svg={
          <>
            <circle class="ring warning" cx="12" cy="12" r="9" />
            <path class="ink-alert" d="M12 7.5 15.5 17 12 14.8 8.5 17z" />
          </>
        }
      >
        In an open situation
      </Entry>
      <Entry svg={<path class="area national" d="M3 5h18v14H3z" />}>
        National airspace: a claim
      </Entry>
      <Entry svg={<path class="area restricted" d="M3 5h18v14H3z" />}>Prohibited, restricted</Entry>
      <Entry svg={<path class="area hazard" d="M3 5h18v14H3z" />}>Danger, hazard</Entry>
      <Entry svg={<path class="area tsa" d="M3 5h18v14H3z" />}>Segregated, reserved</Entry>
      <Entry svg={<path class="area intent" d="M3 5h18v14H3z" />}>Announced flight</Entry>
      <Entry svg={<path class="area cells" d="M3 5h18v14H3z" />}>Told in cells only</Entry>
    </ul>
  );
}

function Entry(props: { svg: JSX.Element; children: string }): JSX.Element {
  return (
    <li>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {props.svg}
      </svg>
      {props.children}
    </li>
  );
}
