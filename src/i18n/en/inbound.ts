/** Alerts of other systems: what is refused at their doors. */
export const inbound = {
  errors: {
    "INBOUND-ABSENT": {
      say: "watchbook.yaml declares no webhook {name}.",
      fix: "Add it under “inbound:” with its kind (alertmanager, grafana or uptime-kuma) and its token.",
    },
    "INBOUND-JSON": {
      say: "The body is no JSON that can be read.",
      fix: "Look at what that system sends: something between the two may have cut or changed it.",
    },
    "INBOUND-UNREAD": {
      say: "This is not a payload of {kind}.",
      fix: "Point that system here with its own kind of webhook, or correct “kind:” under “inbound:”.",
    },
    "INBOUND-ALERT": {
      say: "{count} of {of} alerts were refused; the first is number {first}: its {what} cannot be read. The others were taken.",
      fix: "An alert has labels (texts by name, at least one), annotations (texts by name), startsAt not after endsAt.",
    },
    "INBOUND-FULL": {
      say: "More than {most} alerts would be open at once: {count} new ones were not taken, ends and those that are open were.",
      fix: "Look for a label that is different every time (an id, a moment) and drop it at the source.",
    },
    "INBOUND-SILENCE": {
      say: "The token of source {source} tells alerts and silences none.",
      fix: "Silence with the token of a person (watchbook serve --token-for PERSON --scope write).",
    },
  },
};
