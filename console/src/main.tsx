// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0

import { render } from 'preact';
import '@fontsource/b612/latin-400.css';
import '@fontsource/b612/latin-700.css';
import '@fontsource/b612-mono/latin-400.css';
import '@fontsource/b612-mono/latin-700.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/panels.css';
import './styles/map.css';
import './styles/small.css';
import { begin, watchBeats } from './model/session';
import { followHash } from './ui/actions';
import { App } from './ui/app';
import { listenToKeys } from './ui/keys';
import { listenForTouch } from './ui/sound';
import { setTheme, ui } from './ui/state';

setTheme(ui.get().theme);
followHash();
window.addEventListener('hashchange', followHash);
listenToKeys();
listenForTouch();
setInterval(watchBeats, 500);

const app = document.getElementById('app');
if (app !== null) render(<App />, app);
void begin();
