/** A course over time as an SVG, drawn by hand: lines, axes and a legend need no library. */

const WIDTH = 900;
const HEIGHT = 420;
const LEFT = 60;
const RIGHT = 60;
const TOP = 50;
const BOTTOM = 45;
const COLOURS = { capacity: '#999999', accepted: '#1a7f37', refused: '#cf222e', window: '#0969da' };

/** A number on an axis, rounded up to one that is easy to read. */
function roundUp(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return Math.ceil(value / unit) * unit;
}

/** Throughput, refusals and window against the capacity of the provider. */
export function capacityPlot(course) {
  const seconds = course.at(-1).atSeconds;
  const most = roundUp(Math.max(...course.map(({ capacity, accepted }) => Math.max(capacity, accepted))));
  const x = (atSeconds) => (LEFT + (atSeconds / seconds) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value) => (HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const line = (key, extra = '') =>
    `<polyline fill="none" stroke="${COLOURS[key]}" stroke-width="1.5" ${extra}points="${course
      .map((one) => `${x(one.atSeconds)},${y(one[key])}`)
      .join(' ')}"/>`;
  const rules = Array.from({ length: 5 }, (_, n) => (most / 4) * n).map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#dddddd"/>` +
      `<text x="${LEFT - 8}" y="${Number(y(value)) + 4}" text-anchor="end">${value}</text>`,
  );
  const marks = [];
  for (let at = 0; at <= seconds; at += 20)
    marks.push(`<text x="${x(at)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${at}</text>`);
  const legend = [
    ['capacity', 'capacity of the provider, /s'],
    ['accepted', 'accepted, /s'],
    ['refused', 'refused, /s'],
    ['window', 'window, calls at once'],
  ].map(
    ([key, text], n) =>
      `<line x1="${LEFT + n * 200}" x2="${LEFT + 24 + n * 200}" y1="24" y2="24" stroke="${COLOURS[key]}" stroke-width="3"/>` +
      `<text x="${LEFT + 30 + n * 200}" y="28">${text}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333333">
<title>Calls that a provider accepts and refuses while its capacity is cut to a quarter and restored</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${rules.join('\n')}
${marks.join('\n')}
<text x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle">seconds</text>
${legend.join('\n')}
${line('capacity', 'stroke-dasharray="6 4" ')}
${line('window')}
${line('refused')}
${line('accepted')}
</svg>
`;
}
