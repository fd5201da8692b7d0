/** What watchbook says of itself: that it lives, that it was down, and how it stands. */
export const watcher = {
  beat: {
    title: "{title}: watchbook on {host} is watching",
    body: "This heartbeat is sent only while checks are read and the store can be written. Its absence is the alarm.",
  },
  channel: {
    line: "Channel {id} · last notice taken: {taken} · last answer: {answered}",
    never: "never",
  },
  down: {
    title: "{title}: nobody watched from {from} to {to}",
    body: "Watchbook on {host} was down for {span}; it watches again. Whatever began and ended in that time was not seen, nobody was told of it, and it is not known.",
    missed: "Fell due meanwhile: {missed}. `watchbook status` says what of it is still to be done.",
    none: "No duty fell due meanwhile.",
  },
};
