/**
 * The paid service that checks addresses: the part of Kickbox's interface that we use, and a look-up by the reference that
 * the request carried. A check is charged when it arrives, before its answer goes out.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { normalizeEmail } from '@carillon/core';
import { drawLatencyMs } from '../behaviour.ts';
import type { CheckRule, CheckSettings, Control } from '../control.ts';
import { RateWindow } from '../limits.ts';
import { Rules } from '../rules.ts';
import { builtInCheckRules } from './builtin.ts';
import type { Charge, Charges, Verification } from './charges.ts';

export interface ChecksOptions {
  readonly control: Control;
  readonly charges: Charges;
  /** If set, the one key that is accepted. */
  readonly accessToken: string | undefined;
  readonly random: () => number;
  readonly nowMs: () => number;
}

const PATH = '/v2/verify';
const LOOKUP_PATH = /^\/v2\/verifications\/([^/]{1,1000})$/;
const ADDRESS_LIMIT = 1_000;
const REFERENCE_LIMIT = 512;

const REASONS = {
  deliverable: 'accepted_email',
  undeliverable: 'rejected_email',
  risky: 'low_quality',
  unknown: 'timeout',
} as const;

const SAID: Readonly<Record<number, string>> = {
  401: 'The API key is missing or not valid',
  402: 'The balance is used up',
  429: 'Too many requests, slow down',
  503: 'The service is not available',
};

/** How an answer ends: by itself, or not. */
type Ending = 'answer' | 'hang' | 'reset';

interface Planned {
  readonly response: ServerResponse;
  readonly ending: Ending;
  readonly status: number;
  readonly body: object;
  readonly latencyMs: number;
  readonly retryAfterSeconds?: number | undefined;
}

export class Checks {
  readonly #options: ChecksOptions;
  readonly #builtIn: Rules<CheckRule>;
  /** References of checks whose answer is not out yet. */
  readonly #making = new Set<string>();
  /** Unique among the restarts that share a ledger. */
  readonly #idStart = `chk_${randomBytes(9).toString('base64url')}`;
  #ids = 0;
  #rules: Rules<CheckRule>;
  #window: RateWindow | undefined;
  #rulesUsed = false;

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.#builtIn = new Rules(builtInCheckRules(), options.random);
    this.#rules = new Rules(this.#settings.rules, options.random);
    this.reload();
  }

  /** To be called when the settings were changed. */
  reload(): void {
    const { rules, checksPerSecond } = this.#settings;
    this.#rules = new Rules(rules, this.#options.random);
    this.#window = checksPerSecond === null ? undefined : new RateWindow(checksPerSecond);
  }

  /** Whether a path is the service's. */
  static serves(url: string): boolean {
    return url.startsWith('/v2/');
  }

  /** Answers one request of the service. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
    const lookedUp = LOOKUP_PATH.exec(pathname)?.[1];
    if (request.method !== 'GET' || (pathname !== PATH && lookedUp === undefined)) {
      answer(response, 404, { success: false, message: 'There is nothing here' });
      return;
    }
    const key = keyOf(request.headers.authorization) ?? searchParams.get('apikey') ?? '';
    const { accessToken } = this.#options;
    if (key === '' || (accessToken !== undefined && key !== accessToken)) {
      answer(response, 401, { success: false, message: SAID[401] });
      return;
    }
    if (lookedUp === undefined) this.#check(searchParams.get('email'), searchParams.get('reference') ?? '', response);
    else await this.#lookUp(decodeURIComponent(lookedUp), response).catch(() => response.destroy());
  }

  get #settings(): CheckSettings {
    return this.#options.control.state.checks;
  }

  #check(email: string | null, reference: string, response: ServerResponse): void {
    if (email === null || email === '' || email.length > ADDRESS_LIMIT || reference.length > REFERENCE_LIMIT) {
      answer(response, 400, { success: false, message: 'The parameter email is required' });
      return;
    }
    const to = email.trim().toLowerCase();
    const arrived = { at: this.#options.nowMs(), to, reference };
    if (this.#window?.take(performance.now()) === false) {
      this.#refuse(arrived, { response, status: 429, latencyMs: 0, retryAfterSeconds: 1 });
      return;
    }
    const does = this.#rule(to)?.does ?? {};
    const latencyMs = does.latencyMs ?? drawLatencyMs(this.#settings.latency, this.#options.random);
    if (does.status !== undefined && does.fault === undefined) {
      this.#refuse(arrived, { response, status: does.status, latencyMs, retryAfterSeconds: does.retryAfterSeconds });
      return;
    }
    if (does.fault === 'hang' || does.fault === 'reset_before_accept') {
      const ending = does.fault === 'hang' ? 'hang' : 'reset';
      this.#finish({ ...arrived, fault: does.fault }, { response, ending, status: 0, body: {}, latencyMs });
      return;
    }
    const id = this.#idStart + (this.#ids++).toString(36);
    const verification = verify(to, does);
    const costMicros = verification.result === 'unknown' ? 0 : this.#settings.priceMicros;
    const charge: Charge = {
      ...arrived,
      id,
      answer: verification,
      costMicros,
      ...(does.fault !== undefined && { fault: does.fault }),
    };
    if (does.fault === 'accept_and_500') {
      const body = { success: false, message: 'An unexpected error has occurred' };
      this.#finish(charge, { response, ending: 'answer', status: does.status ?? 500, body, latencyMs });
      return;
    }
    const ending = does.fault === 'accept_and_hang' ? 'hang' : does.fault === 'accept_and_reset' ? 'reset' : 'answer';
    this.#finish(charge, { response, ending, status: 200, body: render(charge, verification), latencyMs });
  }

  async #lookUp(reference: string, response: ServerResponse): Promise<void> {
    if (this.#making.has(reference)) {
      answer(response, 202, { success: true, message: 'The check is still being made' });
      return;
    }
    const charge = await this.#options.charges.find(reference);
    if (charge?.answer !== undefined) answer(response, 200, render(charge, charge.answer));
    else answer(response, 404, { success: false, code: 'unknown_reference', message: 'There is no such check' });
  }

  #refuse(arrived: Charge, { response, status, latencyMs, retryAfterSeconds }: Omit<Planned, 'ending' | 'body'>): void {
    const body = { success: false, message: SAID[status] ?? 'The request was refused' };
    const fault = `http_${status}`;
    this.#finish({ ...arrived, fault }, { response, ending: 'answer', status, body, latencyMs, retryAfterSeconds });
  }

  /** Everything that follows happens only when the line is written. */
  #finish(charge: Charge, planned: Planned): void {
    const { reference } = charge;
    const isMade = charge.id !== undefined && reference !== '' && planned.ending !== 'hang';
    if (isMade) this.#making.add(reference);
    const end = (): void => {
      if (isMade) this.#making.delete(reference);
      if (planned.ending === 'hang') return;
      if (planned.ending === 'reset') planned.response.socket?.resetAndDestroy();
      else answer(planned.response, planned.status, planned.body, planned.retryAfterSeconds);
    };
    const written = (): void => {
      if (planned.latencyMs > 0) setTimeout(end, planned.latencyMs).unref();
      else end();
    };
    this.#options.charges.append(charge, { written });
  }

  #rule(to: string): CheckRule | undefined {
    const rule = this.#rules.find(to);
    if (rule?.match.times !== undefined) this.#keepUse();
    return rule ?? this.#builtIn.find(to);
  }

  /** Saves how often counted rules were used, once per turn, before the turn's answers. */
  #keepUse(): void {
    if (this.#rulesUsed) return;
    this.#rulesUsed = true;
    queueMicrotask(() => {
      this.#rulesUsed = false;
      this.#options.control.save();
    });
  }
}

function verify(to: string, does: CheckRule['does']): Verification {
  const isAddress = normalizeEmail(to).ok;
  const result = isAddress ? (does.result ?? 'deliverable') : 'undeliverable';
  return {
    result,
    reason: isAddress ? (does.reason ?? REASONS[result]) : 'invalid_email',
    role: does.role ?? false,
    disposable: does.disposable ?? false,
    acceptAll: does.acceptAll ?? false,
  };
}

function render({ id, to, reference }: Charge, verification: Verification): object {
  const { result, reason, role, disposable, acceptAll } = verification;
  const at = to.lastIndexOf('@');
  return {
    id,
    reference,
    result,
    reason,
    role,
    free: false,
    disposable,
    accept_all: acceptAll,
    did_you_mean: null,
    sendex: result === 'deliverable' ? 1 : result === 'risky' ? 0.5 : 0,
    email: to,
    user: to.slice(0, Math.max(0, at)),
    domain: to.slice(at + 1),
    success: true,
    message: null,
  };
}

/** Kickbox's own clients say `token`. */
function keyOf(authorization: string | undefined): string | undefined {
  return /^(?:token|bearer) (.+)$/i.exec(authorization ?? '')?.[1];
}

function answer(response: ServerResponse, status: number, body: object, retryAfterSeconds?: number): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(text);
}
