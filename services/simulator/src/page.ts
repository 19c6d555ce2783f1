/** The page for people: what the ledgers say of messages, per run, and of checks. */
import type { ChargeTotals } from './checks/charges.ts';
import type { Totals } from './ledger/ledger.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');
}

function row(name: string, { attempts, acceptances, addresses, duplicates }: Totals): string {
  const mark = duplicates > 0 ? ' class="bad"' : '';
  return `<tr><th>${escapeHtml(name)}</th><td>${attempts}</td><td>${acceptances}</td><td>${addresses}</td><td${mark}>${duplicates}</td></tr>`;
}

/** Whole HTML document, without anything from elsewhere. */
export function renderPage(
  totals: Totals,
  runs: readonly (Totals & { readonly run: string })[],
  pendingCallbacks: number,
  charges: ChargeTotals,
): string {
  const rows = runs.map((each) => row(each.run === '' ? 'without a run' : `run ${each.run}`, each));
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2">
<title>Simulator's ledger</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:50rem;padding:0 1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:right;padding:.3rem .6rem;border-bottom:1px solid #ccc}th:first-child{text-align:left}.bad{background:#c00;color:#fff}</style>
<h1>What really arrived</h1>
<p>This stands in for the WhatsApp Cloud API and for a mail server. It counts, in a file of its own, what each address received.</p>
<table><thead><tr><th>Run</th><th>Attempts</th><th>Accepted</th><th>Addresses</th><th>Told twice</th></tr></thead>
<tbody>${rows.join('\n')}</tbody><tfoot>${row('all', totals)}</tfoot></table>
<p>Status callbacks waiting: ${pendingCallbacks}</p>
<h2>Address checks</h2>
<p>This also stands in for a paid service that checks e-mail addresses, and counts what it charged.</p>
<table><thead><tr><th>Requests</th><th>Checked</th><th>Charged</th><th>Refunded</th><th>Cost</th><th>Charged twice</th></tr></thead>
<tbody><tr><th>${charges.requests}</th><td>${charges.checks}</td><td>${charges.charges}</td><td>${charges.refunds}</td><td>${(charges.costMicros / 1_000_000).toFixed(4)}</td><td${charges.duplicates > 0 ? ' class="bad"' : ''}>${charges.duplicates}</td></tr></tbody></table></html>
`;
}
