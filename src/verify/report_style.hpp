// SPDX-FileCopyrightText: The Comity authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace comity::verify {

/// The style sheet of report.html. The page allows this one, by its hash, and nothing else.
inline constexpr std::string_view kReportStyle = R"css(
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #57606a;
  --line: #d0d7de; --box: #f4f6f8; --red: #b3261e; --redbox: #fdecea; --note: #8a5a00;
  --notebox: #fff6e0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --paper: #14171a; --soft: #a3adb8;
  --line: #39414a; --box: #1d2227; --red: #ff8a80; --redbox: #3a1b19; --note: #f2c66d;
  --notebox: #2f2713; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; padding-top: .75rem;
  border-top: 1px solid var(--line); overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; max-width: 46rem; overflow-wrap: anywhere; }
ul { margin: .5rem 0; padding-left: 1.25rem; max-width: 46rem; }
li { margin: .25rem 0; overflow-wrap: anywhere; }
code, pre, .mono { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .875em;
  overflow-wrap: anywhere; }
pre { white-space: pre-wrap; margin: .5rem 0; padding: .6rem .75rem; background: var(--box);
  border: 1px solid var(--line); border-radius: .25rem; }
.soft { color: var(--soft); }
.note { border-left: .3rem solid var(--note); background: var(--notebox); padding: .5rem .9rem;
  margin: 1.25rem 0; max-width: 48rem; }
.left-out { color: var(--red); background: var(--redbox); font-weight: 600; }
p.left-out { border-left: .3rem solid var(--red); padding: .5rem .9rem; }
.unseen { border: 1px solid var(--red); border-radius: .2rem; color: var(--red);
  font: .75em ui-monospace, "DejaVu Sans Mono", monospace; padding: 0 .2em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .75rem 0;
  font-size: .9375rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem .45rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); }
td.left-out { padding-left: .6rem; }
.narrow { width: 3rem; white-space: nowrap; } .wide { width: 14.5rem; }
td .soft { display: block; font-size: .8125rem; }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .2rem .75rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
dd pre { margin: .1rem 0; }
@media (max-width: 44rem) {
  body { padding: 1rem .9rem 2rem; }
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  tr { border: 1px solid var(--line); border-radius: .25rem; margin: .6rem 0;
    padding: .35rem .6rem; }
  td { border: 0; padding: .2rem 0; display: grid; grid-template-columns: 5.5rem 1fr;
    gap: .75rem; }
  td::before { content: attr(data-label); color: var(--soft); }
  td.left-out { display: block; padding: .2rem .4rem; } td.left-out::before { content: none; }
  dl { grid-template-columns: 5.5rem 1fr; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #444; --line: #999;
    --box: #fff; --red: #a00; --redbox: #fff; --note: #444; --notebox: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  tr, dl, .note, pre, li { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
)css";

}  // namespace comity::verify
