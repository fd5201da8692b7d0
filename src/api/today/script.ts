/**
 * The page's script, as served: asks for the changing part when the stream says that something happened, and says when
 * the daemon is gone. `/now` answers escaped markup made here, nothing of it runs.
 */
export const SCRIPT = `"use strict";
(() => {
  const now = document.getElementById("now");
  const seen = document.getElementById("seen");
  const { lost, seen: fresh } = document.body.dataset;
  let idle = 0;
  let shown = "";
  let current = "";
  let waiting = false;

  const ago = (s) => (s < 120 ? s + " s" : s < 7200 ? Math.round(s / 60) + " min" : Math.round(s / 3600) + " h");
  const tell = () => {
    const gone = idle > 15;
    seen.classList.toggle("is-lost", gone);
    document.body.classList.toggle("stale", gone);
    const text = gone ? lost.replace("{ago}", ago(idle)) : shown && fresh + " · " + shown;
    if (text && seen.textContent !== text) seen.textContent = text;
  };
  const load = async () => {
    waiting = false;
    const answer = await fetch("/now?lang=" + document.documentElement.lang).catch(() => undefined);
    if (!answer || !answer.ok) return;
    const html = await answer.text();
    if (html !== current) now.innerHTML = html;
    current = html;
    shown = decodeURIComponent(answer.headers.get("x-seen") || "");
    idle = 0;
    tell();
  };
  const soon = () => {
    idle = 0;
    if (waiting) return;
    waiting = true;
    setTimeout(load, 400);
  };
  const stream = new EventSource("/api/v1/events/stream");
  stream.addEventListener("event", soon);
  stream.addEventListener("checks", soon);
  stream.addEventListener("tick", soon);
  document.addEventListener("visibilitychange", () => document.hidden || load());
  setInterval(() => {
    idle += 1;
    tell();
  }, 1000);
})();
`;
