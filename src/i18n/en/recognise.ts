/** Findings of tables, lists and prose: WB200 to WB249. */
export const recognise = {
  findings: {
    WB200: {
      say: "This table could be {candidates}; it stays text.",
      fix: "Write <!-- watchbook: table=KIND --> on the line above it, with the one you mean.",
    },
    WB201: {
      say: "This annotation is for a table, but no table stands beside it.",
      fix: "Put the comment directly above or below its table.",
    },
    WB202: {
      say: 'The table is declared as {kind}, but its header "{header}" lacks the columns for that.',
      fix: "Name the columns as docs/formats/book.md lists them for {kind}, or take the annotation away.",
    },
    WB203: { say: 'There is no kind of table "{kind}".', fix: "Use one of: {known}." },
    WB204: { say: 'The table has no row "{row}".', fix: "Use the first cell of a row exactly: {rows}." },
    WB210: {
      say: '"{title}" does not say how often it is due; it stays a checklist that only a person starts.',
      fix: "Put the frequency into the heading, or write <!-- watchbook: every=daily --> above the list.",
    },
    WB211: {
      say: 'How often "{title}" is due is not certain: {candidates}.',
      fix: "Write <!-- watchbook: every=daily --> above the list, with hourly, daily, weekly, monthly, quarterly, yearly, pre-upgrade, pre-release or pre-change.",
    },
    WB212: {
      say: '"{title}" states work that comes again ({first}, …) in a form that is not read: typed numbers or boxes, or a table. None of it is scheduled.',
      fix: "Write the items as `- [ ] …`, or as a numbered list of Markdown (`1. …`), below a heading that says how often.",
    },
    WB213: {
      say: '"{title}" has {items} {items:item|items} and {commands} {commands:command|commands} beside them; which command judges which item is not certain, so none is paired.',
      fix: 'For each item a machine can judge, add a check to watchbook.yaml with items: ["{item}"].',
    },
    WB214: {
      say: '"{title}" looks like an inspection, but its list has neither numbers nor boxes.',
      fix: "Write the items as `- [ ] …` or number them; otherwise write <!-- watchbook: ignore=true --> above the list.",
    },
    WB215: {
      say: '"{title}" stands in a section that is planned or optional; it is not scheduled.',
      fix: "Move the list to a section that is in force when it is.",
    },
    WB220: {
      say: 'No check is known that measures "{metric}"; its limits judge nothing yet.',
      fix: 'Write <!-- watchbook: table=thresholds row="{metric}" probe=promql query="…" for=5m --> below the table, or add a check with metric: "{metric}" to watchbook.yaml.',
    },
    WB221: {
      say: 'The limit "{cell}" of "{metric}" cannot be read.',
      fix: "Write one number with its unit in each cell, for example < 70 % or 500 ms.",
    },
    WB222: {
      say: 'The limits of "{metric}" are not all in one unit: {cell}.',
      fix: "Give every cell its unit, or put the unit into the header or behind the metric in brackets.",
    },
    WB228: { say: 'The row "{metric}" has no number.', fix: "Fill in its limits, or take the row out of the table." },
    WB229: {
      say: 'The limits of "{metric}" contradict each other: {cell}.',
      fix: "Let them rise from normal to critical, or fall when low values are bad, and let < and > agree with that.",
    },
    WB218: {
      say: 'Whether high or low values of "{metric}" are bad is not stated: {cell}.',
      fix: "Write < or > before the limits, or add a column with the normal range.",
    },
    WB216: {
      say: 'The time "{cell}" that "{metric}" must hold has no unit; it does not count.',
      fix: "Write a number and a unit: for=5m in the annotation, for 5 minutes in the text.",
    },
    WB217: {
      say: 'The limits of "{metric}" have no unit: {cell}.',
      fix: "Write the unit into the cells (500 ms), or in brackets behind the metric or the header; until then they judge nothing.",
    },
    WB219: {
      say: 'The limits of "{metric}" must hold for different times: {cell}.',
      fix: "Give warning and critical the same time, or state it once with for=5m in an annotation.",
    },
    WB223: {
      say: '"{metric}" is measured by the check {kind}, which needs to be told where (port, address).',
      fix: 'Add to watchbook.yaml: checks: [{ id: …, kind: {kind}, metric: "{metric}", params: { … } }].',
    },
    WB224: {
      say: 'The column "{header}" does not say whether its limit is a warning or critical.',
      fix: 'Name it "warning threshold" or "critical threshold", or give the table both columns.',
    },
    WB225: {
      say: 'The time "{cell}" of {level} is no duration a clock can run on.',
      fix: "Write a number and a unit, for example 30 min or 4 h; working time belongs into a column of its own.",
    },
    WB226: {
      say: "Whether these levels grade alerts or incidents is not certain; they are not used.",
      fix: "Write <!-- watchbook: {shape} scale=incident --> (or scale=alert) on the line above.",
    },
    WB227: {
      say: 'This reads like an alert rule: "{text}". It is a candidate and never alerts.',
      fix: 'To make it one, write <!-- watchbook: item="{text}" probe=promql query="…" for=5m --> beside it.',
    },
    WB230: {
      say: 'How often "{data}" is backed up is not certain: "{cell}".',
      fix: "Write one of: hourly, daily, weekly, monthly, on change, on creation, real time.",
    },
    WB231: {
      say: 'How long "{data}" is kept is not certain: "{cell}".',
      fix: "Write one rule: a time (30 days), a number of copies (10 copies), or forever.",
    },
    WB232: {
      say: 'How long "{data}" is kept is not stated.',
      fix: "Add the retention: a time (30 days), a number of copies (10 copies), or forever.",
    },
    WB235: {
      say: "The text gives {name} several values: {values}.",
      fix: "Decide for one, and correct the other places.",
    },
    WB236: {
      say: 'The {name} "{cell}" is no limit that can be measured.',
      fix: "Write a comparison, a number and a unit, for example < 15 min or 0 events.",
    },
    WB240: {
      say: 'The manual asks for {kind}: "{text}". It is proposed and not enforced.',
      fix: "Add {kind} to gates in watchbook.yaml to enforce it.",
    },
    WB242: {
      say: '"{name}" is listed as a channel, but it is none that is known.',
      fix: "Declare it under channels in watchbook.yaml with its kind.",
    },
    WB243: {
      say: "This table says who is on call, but names alone cannot be reached.",
      fix: "Declare people and rota in watchbook.yaml; the table stays for readers.",
    },
  },
} as const;
