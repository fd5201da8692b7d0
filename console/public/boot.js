// Before the first paint: the reader's theme and language, so that nothing flashes. Runs by itself, as old as the page.
(() => {
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
