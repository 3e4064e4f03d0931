// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import { accuracy, clock, feet, levelDigits, place } from '../model/format';
import { onFrame, trackTable } from '../model/session';
import type { Dot } from '../model/tracks';
import { go } from './actions';
import { useNames, usePicture, useSession, useUi } from './hooks';
import { Icon, kIcons } from './shapes';
import { Fact } from './situation_detail';
import { ui } from './state';

/** What was clicked on the map, in words. */
export function PickedCard(): JSX.Element | null {
  const picked = useUi((state) => state.picked);
  const isBack = useSession((state) => state.moment !== null);
  const picture = usePicture();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => (picked === null ? undefined : onFrame(() => redraw(null))), [picked]);
  if (picked === null) return null;
  const version = picture.items.get(picked);
  const dot = isBack ? undefined : trackTable.dots.find((one) => one.key === picked);
  if (version === undefined && dot === undefined) return null;
  return (
    <aside class="picked" aria-label="Selected on the map">
      <div class="picked-head">
        <h2>{dot === undefined ? version?.id : (dot.callsign ?? dot.track)}</h2>
        <button
          type="button"
          class="icon-button small"
          aria-label="Close"
          onClick={() => ui.set({ picked: null })}
        >
          <Icon path={kIcons.close} />
        </button>
      </div>
      {dot !== undefined ? (
        <TrackFacts dot={dot} />
      ) : (
        <p class="links">
          <button
            type="button"
            class="link"
            onClick={() => go({ page: 'notices', id: version?.item ?? null })}
          >
            {version?.isOwn === true ? 'Yours' : 'What was told of it'}
          </button>
        </p>
      )}
    </aside>
  );
}

function TrackFacts(props: { dot: Dot }): JSX.Element {
  const { dot } = props;
  const nameOf = useNames();
  const isPressure = dot.datum === 'pressure';
  const altitude =
    dot.altitudeFt === null
      ? 'not known'
      : isPressure
        ? `FL${levelDigits(dot.altitudeFt)}`
        : `${feet(dot.altitudeFt)} ${dot.datum === 'msl' ? 'MSL' : 'WGS-84'}`;
  return (
    <dl class="facts">
      <Fact name="Track">{dot.track}</Fact>
      <Fact name="Feed">{dot.feed}</Fact>
      <Fact name="Operator">{dot.operator === null ? 'not known' : nameOf(dot.operator)}</Fact>
      <Fact name="Place">{place(dot.lat, dot.lon)}</Fact>
      <Fact name="Level">{altitude}</Fact>
      <Fact name="Speed">
        {dot.speedKt === null ? 'not known' : `${Math.round(dot.speedKt)} kt`}
        {dot.direction === null
          ? ''
          : `, ${String(Math.round(dot.direction) % 360).padStart(3, '0')}°`}
      </Fact>
      <Fact name="Climb">
        {dot.verticalFpm === null ? 'not known' : `${dot.verticalFpm} ft/min`}
      </Fact>
      <Fact name="Accuracy">{dot.accuracyM === null ? 'not known' : accuracy(dot.accuracyM)}</Fact>
      <Fact name="Seen">
        {clock((trackTable.sweep ?? 0) - dot.ageS * 1000)} Z
        {dot.isLost ? ', lost' : dot.isEstimated ? ', estimated since' : ''}
      </Fact>
    </dl>
  );
}
