// Runs before the first paint: the theme somebody chose, else the system's.
(() => {
  try {
    const chosen = localStorage.getItem('groundswell.theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be switched off; the system's theme is a fine answer.
  }
})();
