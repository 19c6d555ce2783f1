/** The routes beside the providers' own: the ledger's questions, the control API, health, the page. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { BadRequest, type Handler, readJson } from './answering.ts';
import type { Behaviour } from './behaviour.ts';
import type { Callbacks } from './callbacks.ts';
import type { Charges } from './checks/charges.ts';
import {
  type Control,
  callbackSchema,
  capacitySchema,
  latencySchema,
  limitSchema,
  replySchema,
  ruleSchema,
} from './control.ts';
import { isEntry, runOf } from './ledger/entry.ts';
import type { Ledger } from './ledger/ledger.ts';
import { renderPage } from './page.ts';
import { digitsOf } from './validate.ts';

const ENTRIES_LIMIT = 10_000;

const rulesBody = z.union([z.strictObject({ rules: z.array(ruleSchema).max(100_000) }), ruleSchema]);

export interface RoutesOptions {
  readonly control: Control;
  readonly ledger: Ledger;
  readonly callbacks: Callbacks;
  readonly behaviour: Behaviour;
  readonly charges: Charges;
  /** Told when every setting was taken back. */
  readonly onReset: () => void;
  /** Where the name server listens. */
  readonly dns: () => { readonly host: string; readonly port: number };
  /** Where the SMTP server listens. */
  readonly smtp: () => { readonly host: string; readonly port: number };
}

/** The table of routes. A handler's value is answered as JSON; undefined means that it answered itself. */
export function makeRoutes(options: RoutesOptions): Record<string, Handler> {
  const { control, ledger, callbacks, behaviour, charges } = options;
  const changed = () => {
    control.save();
    behaviour.reload();
    return publicState(control);
  };
  const rulesOf = async (request: IncomingMessage) => {
    const body = rulesBody.parse(await readJson(request));
    return 'rules' in body ? body.rules : [body];
  };
  return {
    'GET /': async ({ response }) => {
      const page = renderPage(await ledger.totals(), await ledger.runs(), callbacks.pending, await charges.totals());
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    },
    'GET /healthz': () => ({ status: 'ok' }),
    'GET /smtp': () => options.smtp(),
    'GET /dns': () => options.dns(),

    'GET /ledger/totals': ({ query: { run } }) => ledger.totals(run),
    'GET /ledger/runs': async () => ({ runs: await ledger.runs() }),
    'GET /ledger/addresses': ({ query: { run, cursor, limit } }) => ledger.addresses({ run, cursor, limit }),
    'GET /ledger/duplicates': async ({ query: { run, cursor, limit } }) => ({
      duplicates: (await ledger.totals(run)).duplicates,
      ...(await ledger.addresses({ run, cursor, limit, onlyDuplicates: true })),
    }),
    'GET /ledger/entries': async ({ query: { run, to } }) => {
      const entries: object[] = [];
      const digits = to === undefined ? undefined : digitsOf(to) || to.toLowerCase();
      await ledger.scan((line) => {
        if (!isEntry(line) || entries.length >= ENTRIES_LIMIT) return;
        if (digits !== undefined && line.to !== digits) return;
        const entryRun = runOf(line.reference);
        if (run === undefined || run === entryRun) entries.push({ run: entryRun, ...line });
      });
      return { entries };
    },
    'GET /ledger/export': ({ query: { run }, response }) => exportAcceptances(ledger, run, response),
    'DELETE /ledger': () => {
      callbacks.clear();
      ledger.clear();
      return {};
    },

    'GET /control': () => publicState(control),
    'DELETE /control': () => {
      control.reset();
      options.onReset();
      return changed();
    },
    'GET /control/rules': () => ({ rules: control.state.rules }),
    'PUT /control/rules': async ({ request }) => {
      control.state.rules = await rulesOf(request);
      return changed();
    },
    'POST /control/rules': async ({ request }) => {
      control.state.rules.push(...(await rulesOf(request)));
      return changed();
    },
    'DELETE /control/rules': () => {
      control.state.rules = [];
      return changed();
    },
    'PUT /control/latency': async ({ request }) => {
      control.state.latency = latencySchema.parse(await readJson(request));
      return changed();
    },
    'DELETE /control/latency': () => {
      control.state.latency = null;
      return changed();
    },
    'PUT /control/limits': async ({ request }) => {
      const { phoneNumberId, messagesPerSecond } = limitSchema.parse(await readJson(request));
      if (messagesPerSecond === null) delete control.state.limits[phoneNumberId];
      else control.state.limits[phoneNumberId] = messagesPerSecond;
      return changed();
    },
    'DELETE /control/limits': () => {
      control.state.limits = {};
      return changed();
    },
    'PUT /control/capacity': async ({ request }) => {
      const { phoneNumberId, ...capacity } = capacitySchema.parse(await readJson(request));
      control.state.capacities[phoneNumberId] = capacity;
      return changed();
    },
    'DELETE /control/capacity': () => {
      control.state.capacities = {};
      return changed();
    },
    'PUT /control/callbacks': async ({ request }) => {
      const settings = callbackSchema.parse(await readJson(request));
      control.state.callbacks[settings.phoneNumberId] = settings;
      return changed();
    },
    'DELETE /control/callbacks': () => {
      control.state.callbacks = {};
      return changed();
    },
    'POST /control/replies': async ({ request }) => {
      const taken = await callbacks.reply(replySchema.parse(await readJson(request)));
      if (taken === undefined) throw new BadRequest('nobody is told of this number; see /control/callbacks');
      return { taken };
    },
  };
}

/** The settings without secrets. */
function publicState({ state }: Control): object {
  const callbacks = Object.entries(state.callbacks).map(([number, { appSecret: _, ...rest }]) => [number, rest]);
  return { ...state, callbacks: Object.fromEntries(callbacks) };
}

async function exportAcceptances(ledger: Ledger, run: string | undefined, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  let lines = '';
  await ledger.scan(
    (line) => {
      if (!isEntry(line) || line.wamid === undefined) return;
      const entryRun = runOf(line.reference);
      if (run !== undefined && run !== entryRun) return;
      lines += `${JSON.stringify({ run: entryRun, ...line })}\n`;
    },
    () => {
      const chunk = lines;
      lines = '';
      if (response.destroyed) throw new Error('the reader went away');
      return chunk === '' || response.write(chunk) ? undefined : once(response, 'drain').then(() => {});
    },
  );
  response.end();
}
