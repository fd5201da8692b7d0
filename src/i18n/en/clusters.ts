/** Clusters: their kinds, the steps that a book makes of them, and why one ended as it did. */
export const clusters = {
  kinds: {
    mariadb: {
      name: "MariaDB",
      does: "A primary and replicas that follow by GTID; 10.5 or later, semi-synchronous where the cluster is synchronous. Promoted when the relay log is applied; who diverged is refused, or copied anew.",
    },
    patroni: {
      name: "PostgreSQL under Patroni",
      does: "Members that Patroni (3.0 or later) runs. It is asked to change the primary, by its own REST API; a drill watches it do so by itself.",
    },
    postgres: {
      name: "PostgreSQL",
      does: "A primary and its streaming replicas; 12 or later. Promoted by pg_promote, joined again by pg_rewind.",
    },
  } as Readonly<Record<string, { readonly name: string; readonly does: string }>>,
  /** Only where the kinds' own descriptions are not in the reader's language. */
  fields: {} as Readonly<Record<string, string>>,
  steps: {
    "cluster-count": {
      name: "Count what was lost",
      does: "Ends the load and compares, row by row, what was confirmed with what the new primary has.",
    },
    "cluster-demote": {
      name: "End the primary in order",
      does: "Ends it when its replicas have everything; undone as long as nobody took its place.",
    },
    "cluster-fault": { name: "Hit the primary", does: "Injects the fault of a drill into whoever is the primary now." },
    "cluster-fence": {
      name: "Put the old primary aside",
      does: "Ends it at once, so that nobody writes there; who starts it again starts one that follows.",
    },
    "cluster-follows": {
      name: "Prove that it follows",
      does: "The primary hears it stream, and it has what was written after it came, on the same branch.",
    },
    "cluster-join": {
      name: "Follow again",
      does: "Makes who was put aside follow the primary; what it wrote alone is cut away.",
    },
    "cluster-lag": {
      name: "How far behind",
      does: "Confirmed rows that the replica did not have when it was made the primary.",
    },
    "cluster-load": {
      name: "Load",
      does: "Writes rows by the application's address and notes each: sent, confirmed, in doubt.",
    },
    "cluster-look": { name: "Who is what", does: "One line per member: what it is, its version, its positions." },
    "cluster-pin": { name: "Hold a session", does: "Holds a session of the primary's, to be asked for a write later." },
    "cluster-promote": { name: "New primary", does: "Makes the replica that has the most the primary." },
    "cluster-recovered": { name: "Recovered", does: "Notes the time at which everything held again." },
    "cluster-refuses": {
      name: "Prove the fence",
      does: "The old primary's processes are gone, or it refuses a superuser's write, and that of the held session.",
    },
    "cluster-writes": {
      name: "Prove that writes arrive",
      does: "At least 20 confirmed writes over at least 2 seconds by the application's address, without an error.",
    },
  },
  reasons: {
    "cluster-behind":
      "{member} ({state}) has applied {applied} of {written}: it lacks what the old primary had written.",
    "cluster-branches":
      "Replicas are on different branches of history, and nothing tells which is the newer one: {detail}. Look at them, then say who takes over: --param MEMBER=…",
    "cluster-diverged":
      "{member} has transactions that the primary does not have: {gtids}. They would be lost; look at them first, then give `clone` in watchbook.yaml, which keeps the old data beside the new.",
    "cluster-extra-rows": "The new primary has {count} rows that nobody sent.",
    "cluster-half-rewound":
      "Rewinding {member} was begun and never ended ({path}): its files are neither its own nor the primary's, and rewinding once more would not notice. Run it again with --param COPY=yes: it is copied anew, and what is there is kept beside.",
    "cluster-keeper-alone":
      "No member confirms commits: Patroni lists no synchronous standby. Set `synchronous_mode: true` (patronictl edit-config), or take `synchronous` out of watchbook.yaml. Seen from {member}.",
    "cluster-keeper-not-joined":
      "Patroni does not bring {member} back: {detail}. Read its log; `patronictl reinit` copies the member anew from the primary, and what it wrote alone is gone then.",
    "cluster-keeper-refused": "Patroni refuses: {detail}",
    "cluster-kept":
      "Patroni runs {member} (patroni.dynamic.json lies in its data): whoever changes roles behind its back is overruled. Write `kind: patroni` for this cluster in watchbook.yaml; where Patroni is used no more, remove that file.",
    "cluster-load-gone": "The load has ended before it was asked to: {detail}",
    "cluster-load-silent": "The load does not write {rate} rows a second through the application's address: {detail}",
    "cluster-no-candidate": "No member can take over: {detail}",
    "cluster-no-connection": "The server cannot be asked: {detail}",
    "cluster-no-copy": "{member} cannot be copied anew: give `clone` in watchbook.yaml.",
    "cluster-no-data": "{path} cannot be reached or written: is it the folder of the data, and who owns it?",
    "cluster-no-keeper":
      "The Patroni of {member} gives no answer ({detail}). Start it, or give its `patroni.url` in watchbook.yaml.",
    "cluster-no-member": "There is no member {name}; there are {known}.",
    "cluster-no-old": "Every member follows, and none is or was the primary: {detail}",
    "cluster-no-pin": "The session that was held is not there any more: {path}.",
    "cluster-no-primary": "There is no primary: {detail}",
    "cluster-no-session": "No session can be held: {detail}",
    "cluster-no-store":
      "The Patroni of {member} cannot reach its store (etcd, Consul, ZooKeeper …). Without it no member may stay the primary: bring the store back first, Patroni then goes on by itself.",
    "cluster-no-upstream": "The primary at {host}:{port} cannot be asked: {detail}",
    "cluster-not-copied": "The primary cannot be copied: {detail}",
    "cluster-not-drained":
      "{member} has not applied all that it received: {left} transactions are left ({detail}). Wait and try again, or say `undrained: lose` in watchbook.yaml.",
    "cluster-not-fenced":
      "{member} is not fenced: its processes are there and may go on ({detail}). Stop that host before anybody writes elsewhere.",
    "cluster-not-in-order": "The old primary did not end in order (it says: {detail}): what it wrote last may be lost.",
    "cluster-not-privileged":
      "That {member} refuses a write of {user} proves nothing: the account is stopped by read_only, others are not. Give `connect.user` all privileges.",
    "cluster-not-promoted": "The replica was not made the primary: {detail}",
    "cluster-not-recovered":
      "Within {seconds} s the new primary (branch {wanted}) did not confirm 20 writes in a row over 2 s; confirmed by branch: {detail}",
    "cluster-not-rewound": "pg_rewind could not do it: {detail}",
    "cluster-not-started": "The server does not come up: {detail}",
    "cluster-not-stopped": "Processes of the server are still there: {detail}",
    "cluster-not-streaming": "{member} does not stream from its primary: {detail}",
    "cluster-not-most":
      "{member} is at {has}, {best} at {most}: what {member} lacks would be lost. Let {best} take over, or give --param FORCE=yes.",
    "cluster-other": "A member belongs to another cluster: it is {seen}, the others are {wanted}.",
    "cluster-paused":
      "Patroni is paused (seen from {member}): it keeps nobody the primary and replaces nobody. Find out who paused it and why, then `patronictl resume`.",
    "cluster-pin-writes": "A session from before wrote to {member} after another one was made the primary.",
    "cluster-primary-alive":
      "{member} is the primary and answers: switch over instead, which loses nothing; or give --param FORCE=yes.",
    "cluster-replaced": "{member} cannot come back as the primary: {by} is that now.",
    "cluster-role-unread":
      "The server's configuration does not read {path} last (it says {detail}): whoever starts the server gets a role that was not meant.",
    "cluster-rows": "The rows of the load cannot be read: {detail}",
    "cluster-still-primary": "{member} runs and does not follow: put it aside first.",
    "cluster-takes-writes": "{member} took a superuser's write after another one was made the primary.",
    "cluster-two-primaries":
      "More than one member says that it is the primary: {members}. Fence one before anything else.",
    "cluster-none-astray": "There is no member that could be made to follow again: {detail}",
  },
} as const;
