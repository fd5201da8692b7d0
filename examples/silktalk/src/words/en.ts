import type { Words } from "./words.ts";

export const en: Words = {
  usage: {
    fault: `silktalk-fault FAULT NODE [VALUE]     breaks something, for real
silktalk-undo FAULT NODE              mends it
silktalk-fault --help                 this list; --lang zh shows it in Chinese`,
    undo: `silktalk-undo FAULT NODE              mends what silktalk-fault FAULT NODE has broken
silktalk-undo --help                  this list; --lang zh shows it in Chinese`,
    stack: `silktalk-stack status                        what runs, as JSON
silktalk-stack start|stop|restart NODE       one node
silktalk-stack install NODE VERSION           its program; taken with the next start
silktalk-stack up [--from PORT]              starts the three nodes and waits until they know each other
silktalk-stack down                          ends nodes and faults
silktalk-fault FAULT NODE [VALUE], silktalk-undo FAULT NODE   see silktalk-fault --help
From the source: node src/stack.ts VERB … --dir DIR [--lang zh|en]`,
  },
  nodes: (names) => `nodes: ${names.join(", ")}`,
  faults: "faults:",
  usually: (value) => ` (usually ${value})`,
  fault: {
    stop: {
      does: "ends the node cleanly; its port refuses",
      doing: (node) => `Ending ${node} …`,
      done: (node) => `${node} has ended; its port refuses.`,
      undoing: (node) => `Starting ${node} …`,
      undone: (node) => `${node} runs.`,
    },
    kill: {
      does: "kills the node (SIGKILL); its lock and pid file stay behind",
      doing: (node) => `Killing ${node} …`,
      done: (node) => `${node} is dead; its lock and pid file are still there.`,
      undoing: (node) => `Removing the stale lock and starting ${node} …`,
      undone: (node) => `${node} runs.`,
    },
    freeze: {
      does: "halts the node (SIGSTOP); its port accepts, nothing answers",
      doing: (node) => `Halting ${node} …`,
      done: (node) => `${node} is halted; its port still accepts, nothing answers.`,
      undoing: (node) => `Waking ${node} …`,
      undone: (node) => `${node} goes on.`,
    },
    "identity-lost": {
      does: "restarts the node without identity.key; it comes back as somebody else",
      doing: (node) => `Restarting ${node} without its key …`,
      done: (node) => `${node} is back with another identity.`,
      undoing: (node) => `Giving ${node} its key back …`,
      undone: (node) => `${node} has the identity that is on record.`,
    },
    connections: {
      does: "opens real connections until the node has VALUE of them, or is full",
      doing: (node, count) => `Opening connections until ${node} has ${count} (takes about ten seconds) …`,
      done: (node, count) => `${node} has ${count} connections, or as many as it takes.`,
      undoing: (node) => `Closing the connections to ${node} …`,
      undone: (node) => `${node} has let them go.`,
    },
    "disk-full": {
      does: "fills the node's folder up to VALUE percent of its quota",
      doing: (node, percent) => `Filling the folder of ${node} up to ${percent} % of its quota …`,
      done: (node, percent) => `The folder of ${node} is filled to ${percent} % of its quota, and the node knows.`,
      undoing: (node) => `Making room for ${node} …`,
      undone: (node) => `${node} has room again.`,
    },
    "log-errors": {
      does: "sends VALUE broken messages; the log gets as many ERROR lines",
      doing: (node, count) => `Sending ${count} broken messages to ${node} …`,
      done: (node, count) => `${node} has ${count} more ERROR lines. They age: after a minute nothing is red.`,
      undoing: () => "Nothing has to be waited for …",
      undone: (node) => `What ${node} has logged stays logged; after a minute it no longer counts.`,
    },
    errors: {
      does: "sends messages, VALUE percent of them broken; the node's error rate follows",
      doing: (node, percent) => `Sending messages to ${node}, ${percent} % of them broken (takes about ten seconds) …`,
      done: (node, percent) => `The error rate of ${node} is about ${percent} %.`,
      undoing: (node) => `Ending the broken messages; ${node} counts the last minute, so this takes one …`,
      undone: (node) => `The error rate of ${node} is 0.`,
    },
    latency: {
      does: "puts a proxy before the node; a round trip takes VALUE milliseconds longer",
      doing: (node, ms) => `Leading the traffic of ${node} through a proxy, ${ms} ms longer (takes up to 15 s) …`,
      done: (node, ms) => `A round trip to ${node} takes ${ms} ms longer.`,
      undoing: (node) => `Taking the proxy before ${node} away …`,
      undone: (node) => `${node} is reached without the proxy.`,
    },
  },
  undoWith: (command) => `Mend it: ${command}`,
  runs: (node, pid) => `${node} runs, pid ${pid}`,
  waits: (what, seconds, most) => `  … waiting until ${what} (${seconds} s, at most ${most} s)`,
  until: {
    answers: (node) => `${node} answers`,
    ended: (pid) => `process ${pid} has ended`,
    seen: "all nodes see each other",
    connections: (node, count) => `${node} has ${count} connections`,
    released: (node) => `${node} has let them go`,
    noticed: (node) => `${node} notices`,
    room: (node) => `${node} has room`,
    messages: (node) => `${node} has seen enough messages`,
    forgotten: (node) => `the last minute of ${node} holds no broken message`,
    logged: (node) => `${node} has logged them`,
    proxy: "the proxy listens",
    slow: (node) => `${node} is slow`,
    fast: (node) => `${node} is fast`,
    rejoined: (node) => `the others see ${node} again`,
  },
  failures: {
    inVain: (what, seconds) => ({ say: `Waited ${seconds} s in vain until ${what}.`, fix: "Read nodes/*/logs." }),
    option: (detail) => ({ say: detail, fix: "--help shows what there is." }),
    lang: (word) => ({ say: `There is no language “${word}”.`, fix: "--lang takes zh or en." }),
    dir: { say: "Which work directory?", fix: "Give --dir DIR, or use the commands in its bin folder." },
    port: (word) => ({ say: `${word} is not a port.`, fix: "Give a number from 1024 to 60000." }),
    verb: (word) => ({ say: `There is no command “${word}”.`, fix: "silktalk-stack --help lists them." }),
    node: (word, known) => ({
      say: word === "" ? "No node is named." : `There is no node “${word}”.`,
      fix: `Choose one of: ${known}.`,
    }),
    release: (word, known) => ({
      say: word === "" ? "No version is named." : `There is no version “${word}”.`,
      fix: `Choose one of: ${known}.`,
    }),
    fault: (word, known) => ({
      say: word === "" ? "No fault is named." : `There is no fault “${word}”.`,
      fix: `Choose one of: ${known}. --help says what they do.`,
    }),
    value: (word, name, least, most) => ({
      say: `“${word}” cannot be the value of ${name}.`,
      fix: `Give a whole number from ${least} to ${most}.`,
    }),
    stopped: (node) => ({ say: `${node} does not run.`, fix: `Start it first: silktalk-stack start ${node}` }),
    silent: (node) => ({
      say: `${node} does not answer.`,
      fix: `Wake or restart it first: silktalk-stack restart ${node}`,
    }),
    full: (node) => ({
      say: `${node} is at its connection limit and takes no new ones.`,
      fix: `Free some first: silktalk-undo connections ${node}`,
    }),
    alone: (node) => ({ say: `Nobody but ${node} runs.`, fix: "Start the others first: silktalk-stack up" }),
    endedAtOnce: (node, output) => ({ say: `${node} ended at once.`, fix: `It said: ${output}` }),
  },
};
