/** Words of the verbs serve and status. */
export const serve = {
  verbs: {
    serve: {
      does: "keep the book running: duties by the calendar, checks, API and console",
      usage: "serve [--listen HOST:PORT] | serve --token-for PERSON [--scope read|write] [--days N]",
      examples:
        "watchbook serve\nwatchbook serve --book /srv/manual --listen 127.0.0.1:7071\nwatchbook serve --token-for wang --scope write --days 30",
      exits:
        "0  stopped by SIGTERM or Ctrl-C\n2  the manual does not compile, the port is taken, or another process owns the data\n1  a bug stopped it",
    },
    status: {
      does: "say what is wrong and due now",
      usage: "status",
      examples: "watchbook status\nwatchbook status --json --lang en",
      exits:
        "0  nothing is wrong and nobody is waited for\n2  the manual has errors\n3  something failed or was missed\n4  something cannot be judged\n5  a person is waited for",
    },
  },
  options: {
    "serve.listen": "address of the API and the console (default 127.0.0.1:7070; port 0 takes a free one)",
    "serve.token-for": "make a token for this person of the book, print it once, and end",
    "serve.scope": "what the token may do: read or write (default read)",
    "serve.days": "days until the token expires (default 30)",
  },
  said: {
    serving: "{title}: the console is at {url} (process {pid}, data in {data}). Ctrl-C ends it.",
    servingOld:
      "{title}: the newest manual is broken; the last good one runs. The console is at {url} (process {pid}, data in {data}).",
    flawed: "The manual has errors, the first at {first}: what stands there is not run. watchbook lint lists them.",
    stopping: "Stopped.",
    alone: "No daemon runs: checks are not read now. Start it: watchbook serve",
    watched: "Watched by process {pid} since {since} · {url}",
    token: "Token of {person}, {scope}, until {until}. It is shown only now:",
    scopes: { read: "may read", write: "may read and write" },
  },
  errors: {},
} as const;
