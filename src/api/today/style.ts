/** Shield with a tick: the tab's icon. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M16 2 4 6v9c0 8 5 13 12 15 7-2 12-7 12-15V6z" fill="#2f6f5e"/><path d="m10 16 4.5 4.5L22.5 12" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** The page's style: system fonts, two palettes, one column below 900 px, table rows as cards below 640 px. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f1; --card: #fffefb; --line: #e3e0d8; --ink: #23272b; --quiet: #6a6f73;
  --pass: #2f6f5e; --warn: #8a5a00; --fail: #b3261e; --unknown: #5b4b8a; --wait: #1f5f99;
  --pass-t: #e3efe9; --warn-t: #f8ecd2; --fail-t: #f9e1de; --unknown-t: #ebe7f5; --wait-t: #e0ecf7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15181b; --card: #1d2125; --line: #30363c; --ink: #e6e4de; --quiet: #9aa1a7;
    --pass: #7cc7ae; --warn: #e3b45a; --fail: #f28b82; --unknown: #b9a8ec; --wait: #8ab8e6;
    --pass-t: #1d332c; --warn-t: #372c14; --fail-t: #3d2220; --unknown-t: #2a2440; --wait-t: #1b2c3c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 78rem; padding: 1.5rem clamp(.75rem, 3vw, 2rem) 4rem; background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--wait); }
code { font: .86em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.place { color: var(--quiet); overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-size: .88rem; }
.top { display: flex; flex-wrap: wrap; gap: .5rem 2rem; justify-content: space-between; align-items: end; margin-bottom: 1.25rem; }
.top h1 { font-size: 1.7rem; line-height: 1.2; letter-spacing: -.01em; }
.book { color: var(--quiet); }
.meta { text-align: right; }
.seen::before { content: ""; display: inline-block; width: .55rem; height: .55rem; margin-right: .45rem; border-radius: 50%; background: var(--pass); }
.seen.is-lost { color: var(--fail); font-weight: 600; }
.seen.is-lost::before { background: var(--fail); }
.stale main { opacity: .45; filter: grayscale(.7); }
.grid { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr); gap: 0 1.25rem; align-items: start; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.15rem; margin-bottom: 1.25rem; }
section > header { display: flex; flex-wrap: wrap; gap: .15rem 1rem; justify-content: space-between; align-items: baseline; margin-bottom: .6rem; }
h2 { font-size: 1.02rem; }
h3 { font-size: .98rem; font-weight: 600; overflow-wrap: anywhere; }
.aside { color: var(--quiet); font-size: .88rem; }
.banner { background: var(--fail-t); border: 1px solid var(--fail); border-radius: .75rem; padding: .7rem 1.1rem; margin-bottom: 1rem; }
.badge { display: inline-flex; align-items: center; gap: .3rem; padding: .05rem .55rem; border-radius: 1rem; font-size: .84rem; white-space: nowrap; background: var(--line); color: var(--ink); }
.badge i { font-style: normal; font-size: .8em; }
.is-pass, .is-done, .is-ok { background: var(--pass-t); color: var(--pass); }
.is-warn, .is-flawed { background: var(--warn-t); color: var(--warn); }
.is-fail, .is-error, .is-missed, .is-refused { background: var(--fail-t); color: var(--fail); }
.is-unknown, .is-inconclusive { background: var(--unknown-t); color: var(--unknown); }
.is-wait, .is-due, .is-open, .is-running { background: var(--wait-t); color: var(--wait); }
.troubles { display: grid; }
.trouble { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: .75rem; padding: .6rem 0; border-top: 1px solid var(--line); align-items: start; }
.trouble:first-child { border-top: 0; padding-top: .1rem; }
.trouble .badge { justify-self: start; }
.trouble p { overflow-wrap: anywhere; }
.fix { color: var(--quiet); font-size: .9rem; }
.well .badge { font-size: .95rem; padding: .3rem .9rem; white-space: normal; }
.empty { color: var(--quiet); }
.cards { display: grid; }
.card { padding: .7rem 0; border-top: 1px solid var(--line); }
.card:first-child { border-top: 0; padding-top: 0; }
.line { display: flex; gap: .75rem; justify-content: space-between; align-items: baseline; }
dl { margin: .3rem 0; }
dl > div { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr); gap: .5rem; }
dt { color: var(--quiet); font-size: .88rem; }
.bad dd { color: var(--fail); }
table { width: 100%; border-collapse: collapse; }
thead th { color: var(--quiet); font-weight: 500; font-size: .84rem; white-space: nowrap; overflow-wrap: normal; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; padding-top: 0; }
tbody th { font-weight: 500; }
.why { display: block; color: var(--quiet); font-weight: 400; font-size: .9rem; }
.value { font-variant-numeric: tabular-nums; white-space: nowrap; }
.gauge { display: block; margin-top: .2rem; max-width: 100%; }
.zone-pass { fill: var(--pass); opacity: .3; } .zone-warn { fill: var(--warn); opacity: .4; } .zone-fail { fill: var(--fail); opacity: .4; }
.mark { fill: var(--ink); }
.target { white-space: nowrap; }
.limits { color: var(--quiet); font-size: .9rem; }
.events li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6rem; padding: .25rem 0; font-size: .92rem; align-items: baseline; }
.events time { color: var(--quiet); font-variant-numeric: tabular-nums; }
.events .quiet { overflow-wrap: anywhere; }
a:focus-visible { outline: 2px solid var(--wait); outline-offset: 2px; }
@media (max-width: 900px) { .grid { grid-template-columns: minmax(0, 1fr); } .meta { text-align: left; } }
@media (max-width: 640px) {
  section { padding: .85rem .9rem; }
  .trouble { grid-template-columns: minmax(0, 1fr); gap: .3rem; }
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .6rem 0; border-top: 1px solid var(--line); }
  tbody tr:first-child { border-top: 0; }
  tbody th, tbody td { border: 0; padding: .1rem 0; white-space: normal; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--quiet); font-size: .84rem; display: inline-block; min-width: 5rem; }
  .gauge { display: inline-block; vertical-align: middle; margin: 0 0 0 .4rem; }
}
@media print { body { background: none; } section { break-inside: avoid; } }
`;
