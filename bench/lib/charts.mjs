/** Bars and lines as SVG, drawn by hand: two shapes need no library, and the same figures give the same bytes. */

const WIDTH = 720;
const LEFT = 190;
const RIGHT = 90;
const BAR = 26;
const COLOURS = ['#0969da', '#1a7f37', '#cf222e', '#8250df', '#9a6700'];

/** Horizontal bars, one for each of `bars` (`label`, `value`), with the value beside it. */
export function barChart({ title, unit, bars }) {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  const height = 60 + bars.length * BAR + 10;
  const rows = bars.map(({ label, value }, n) => {
    const y = 50 + n * BAR;
    const length = ((value / most) * (WIDTH - LEFT - RIGHT)).toFixed(1);
    return (
      `<text x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>` +
      `<rect x="${LEFT}" y="${y + 2}" width="${length}" height="${BAR - 8}" fill="${n === 0 ? COLOURS[0] : '#8c959f'}"/>` +
      `<text x="${(LEFT + Number(length) + 6).toFixed(1)}" y="${y + 15}">${value.toLocaleString('en')}</text>`
    );
  });
  return svg(height, title, [`<text x="${LEFT}" y="40">${escaped(unit)}</text>`, ...rows]);
}

/**
 * Lines over a common axis.
 * @param series `name` and `points`, each a pair of numbers
 * @param logarithmic whether the horizontal axis is
 */
export function lineChart({ title, across, up, series, logarithmic = false }) {
  const height = 380;
  const [left, top, bottom] = [70, 60, 50];
  const scale = logarithmic ? Math.log10 : Number;
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const most = roundUp(Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y))));
  const [from, to] = [scale(xs[0]), scale(xs.at(-1))];
  const x = (value) => (left + ((scale(value) - from) / (to - from || 1)) * (WIDTH - left - 40)).toFixed(1);
  const y = (value) => (height - bottom - (value / most) * (height - top - bottom)).toFixed(1);
  const rules = [0, 0.25, 0.5, 0.75, 1]
    .map((share) => share * most)
    .map(
      (value) =>
        `<line x1="${left}" x2="${WIDTH - 40}" y1="${y(value)}" y2="${y(value)}" stroke="#dddddd"/>` +
        `<text x="${left - 8}" y="${Number(y(value)) + 4}" text-anchor="end">${value.toLocaleString('en')}</text>`,
    );
  const marks = xs.map(
    (value) =>
      `<text x="${x(value)}" y="${height - bottom + 18}" text-anchor="middle">${value.toLocaleString('en')}</text>`,
  );
  const drawn = series.map(({ name, points }, n) => {
    const colour = COLOURS[n % COLOURS.length];
    const at = points.map(([px, py]) => `${x(px)},${y(py)}`);
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${at.join(' ')}"/>` +
      at
        .map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3" fill="${colour}"/>`)
        .join('') +
      `<line x1="${left + n * 160}" x2="${left + 22 + n * 160}" y1="42" y2="42" stroke="${colour}" stroke-width="3"/>` +
      `<text x="${left + 28 + n * 160}" y="46">${escaped(name)}</text>`
    );
  });
  return svg(height, title, [
    ...rules,
    ...marks,
    `<text x="${WIDTH / 2}" y="${height - 10}" text-anchor="middle">${escaped(across)}</text>`,
    `<text x="${WIDTH - 40}" y="46" text-anchor="end">${escaped(up)}</text>`,
    ...drawn,
  ]);
}

function svg(height, title, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="#333333">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="20" y="22" font-size="14" font-weight="bold">${escaped(title)}</text>
${parts.join('\n')}
</svg>
`;
}

function roundUp(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return Math.ceil(value / unit) * unit;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
