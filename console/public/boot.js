// Before the first paint: the reader's theme and language, so that nothing flashes. Runs by itself, as old as the page. After
// the first paint: the page's own script. While Vite serves the page it stands in the page itself.
(() => {
  const { main } = document.currentScript.dataset;
  let begun = main === undefined;
  const begin = () => {
    if (begun) return;
    begun = true;
    void import(main);
  };
  // The style sheet is there when the whole page is. A page that nobody looks at has no frames.
  addEventListener("DOMContentLoaded", () => {
    if (document.hidden) begin();
    else requestAnimationFrame(() => setTimeout(begin));
    setTimeout(begin, 300);
  });
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("watchbook.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const lang = localStorage.getItem("watchbook.lang");
    if (lang === "en" || lang === "zh") root.lang = lang === "zh" ? "zh-CN" : "en";
  } catch {
    // Storage is forbidden here: the system's theme and the book's language hold.
  }
})();
