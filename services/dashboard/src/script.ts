/**
 * The one script of the status page. It asks for the live part every few seconds and replaces the sections that changed, so
 * that nothing moves under a finger, the focus stays, and a screen reader hears what is new. Without it the page asks for
 * itself anew.
 */
export const SCRIPT = `'use strict';
(() => {
  const live = document.getElementById('live');
  const stale = document.getElementById('stale');
  if (!live || !stale) return;
  const everyMs = Number(live.dataset.refreshMs);
  let pressed = false;
  let seenAt = new Date();
  addEventListener('pointerdown', () => { pressed = true; });
  for (const name of ['pointerup', 'pointercancel']) addEventListener(name, () => { setTimeout(() => { pressed = false; }, 300); });

  function replace(markup) {
    const fresh = document.createElement('template');
    fresh.innerHTML = markup;
    const focused = document.activeElement && live.contains(document.activeElement) ? document.activeElement.id : '';
    const next = [...fresh.content.children];
    const now = [...live.children];
    const same = next.length === now.length && next.every((each, index) => each.id === now[index].id);
    if (!same) live.replaceChildren(...next);
    else next.forEach((each, index) => { if (each.outerHTML !== now[index].outerHTML) now[index].replaceWith(each); });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  async function refresh() {
    if (document.hidden || pressed) return;
    try {
      const answer = await fetch(live.dataset.from, { headers: { Accept: 'text/html' }, redirect: 'manual', signal: AbortSignal.timeout(10000) });
      if (answer.type === 'opaqueredirect' || answer.status === 401) { location.reload(); return; }
      const markup = await answer.text();
      if (pressed) return;
      replace(markup);
      seenAt = new Date();
      stale.hidden = true;
    } catch {
      stale.textContent = 'The dashboard does not answer. What you see is from ' + seenAt.toLocaleTimeString() + '.';
      stale.hidden = false;
    }
  }

  async function forever() {
    await refresh();
    setTimeout(forever, everyMs);
  }
  setTimeout(forever, everyMs);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void refresh(); });
  if (location.search) history.replaceState(null, '', '/');
})();
`;
