/** Small pictures, drawn on the server as SVG. What they say is said in words beside them. */
import type { RunTotals, SendSeries } from '@carillon/db';
import { type Html, html, NONE } from './html.ts';
import { amount } from './words.ts';

const HEIGHT = 40;
const STEP = 10;

/** Accepted messages a second, a bar for each moment. */
export function throughputPlot({ moments }: SendSeries): Html {
  const rates = moments.map((moment) => moment.perSecond);
  return plot(moments.length, 'Messages accepted a second', bars('bars', rates, Math.max(...rates)));
}

/** Due to accepted: light bars up to the slowest hundredth, and full ones for the half. */
export function latenessPlot({ moments }: SendSeries): Html {
  const slow = moments.map((moment) => moment.p99Ms ?? 0);
  const half = moments.map((moment) => moment.p50Ms ?? 0);
  const most = Math.max(...slow);
  return plot(moments.length, 'From due to accepted', html`${bars('band', slow, most)}${bars('bars', half, most)}`);
}

function bars(kind: string, values: readonly number[], most: number): Html {
  const shapes = values.map((value, index) => {
    // What there is can be seen, however little.
    const height = round(Math.max(1, (value / most) * HEIGHT));
    return value === 0 ? '' : `M${index * STEP + 1} ${HEIGHT}v${-height}h${STEP - 2}v${height}z`;
  });
  return html`<path class="${kind}" d="${shapes.join('')}"/>`;
}

function plot(moments: number, title: string, shapes: Html): Html {
  return html`<svg class="plot" viewBox="0 0 ${moments * STEP} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><title>${title}</title>${shapes}</svg>`;
}

/** How far a run is: what arrived, failed, is unknown, was left out, and is in the air, side by side; the rest waits. */
export function progressBar(counts: RunTotals, size: number): Html {
  if (size === 0) return html`<svg class="progress" aria-hidden="true"></svg>`;
  const parts: readonly (readonly [string, number])[] = [
    ['done', counts.sent + counts.delivered],
    ['failed', counts.failed],
    ['unknown', counts.unknown],
    ['left-out', counts.skipped + counts.cancelled],
    ['air', counts.sending],
  ];
  let from = 0;
  const shapes = parts.map(([name, count]) => {
    const width = (count / size) * 1_000;
    from += width;
    return width === 0
      ? NONE
      : html`<rect class="${name}" x="${round(from - width)}" y="0" width="${round(width)}" height="10"/>`;
  });
  const ended = size - counts.scheduled - counts.sending;
  return html`<svg class="progress" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${amount(ended)} of ${amount(size)} done">${shapes}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
