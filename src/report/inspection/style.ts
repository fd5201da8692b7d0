/** Style of a report as a page: no script, no font or picture from elsewhere, light and dark, readable from 360 px on. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #667085; --paper: #f6f7f9; --card: #ffffff; --line: #e4e7ec;
  --pass: #157347; --warn: #9a6700; --fail: #b42318; --unknown: #5b4bb5; --open: #475467; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3; --paper: #12151b; --card: #1a1f28;
  --line: #2b3240; --pass: #5fcf96; --warn: #e8b84a; --fail: #ff8a7d; --unknown: #b3a6ff; --open: #b4bdcc; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6;
  font-family: system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; font-size: 16px; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: .95rem; margin: 1.75rem 0 .6rem; color: var(--soft); font-weight: 600; }
p { margin: .4rem 0; }
.soft { color: var(--soft); }
.verdict { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap; background: var(--card); margin: 1.25rem 0;
  border: 1px solid var(--line); border-left: .4rem solid var(--tone); border-radius: .6rem; padding: 1rem 1.25rem; }
.verdict strong { color: var(--tone); font-size: 1.25rem; }
.counts { display: flex; gap: .5rem 1.25rem; flex-wrap: wrap; list-style: none; padding: 0; margin: .5rem 0 0; }
.counts b { font-variant-numeric: tabular-nums; }
.pass { --tone: var(--pass); } .warn { --tone: var(--warn); } .fail { --tone: var(--fail); }
.unknown, .inconclusive, .rehearsal { --tone: var(--unknown); } .open { --tone: var(--open); }
.mark { color: var(--tone); font-weight: 600; white-space: nowrap; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .6rem .9rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: .8rem; font-weight: 600; color: var(--soft); }
td.number { font-variant-numeric: tabular-nums; }
td:last-child { min-width: 6.5em; }
ul.todo { list-style: none; margin: 0; padding: 0; }
ul.todo > li { padding: .9rem 1.25rem; border-top: 1px solid var(--line); }
ul.todo > li:first-child { border-top: 0; }
ul.todo ul { list-style: none; margin: .3rem 0 0; padding-left: 0; color: var(--soft); font-size: .92rem; }
code, pre { font-family: ui-monospace, "Noto Sans Mono CJK SC", monospace; font-size: .85em; overflow-wrap: anywhere; }
pre { margin: 0; padding: 1rem 1.25rem; overflow-x: auto; white-space: pre-wrap; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) { thead { display: none; } tr { display: block; border-top: 1px solid var(--line); padding: .5rem 0; }
  td { display: block; border: 0; padding: .1rem .9rem; } tbody th { border: 0; } td:empty { display: none; } }
@media print { body { background: #fff; } main { padding: 0; } }
`;
