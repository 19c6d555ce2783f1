/** What the simulator's tests share: one to talk to, a receiver for its callbacks, and waiting for a condition. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeReference } from '@carillon/core';
import { afterEach } from '@jest/globals';
import { createSimulator, type Simulator, type SimulatorOptions } from '../src/simulator.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs after the test, the latest first. */
export function afterwards(cleanup: () => Promise<void> | void): void {
  cleanups.push(cleanup);
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts one that is stopped after the test, if not before. */
export async function startSimulator(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await createSimulator({ dataDir: options.dataDir ?? temporaryFolder(), ...options });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await simulator.stop();
  };
  afterwards(stop);
  return { url: simulator.url, smtpPort: simulator.smtpPort, dnsPort: simulator.dnsPort, stop };
}

export function referenceOf(run: number, number: number): string {
  return encodeReference({ runId: run, day: '2026-01-01', batchId: 1, number, try: 1 }, Buffer.alloc(32));
}

export function textMessage(to: string, reference?: string): object {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'text',
    text: { body: 'Tea at four' },
    ...(reference !== undefined && { biz_opaque_callback_data: reference }),
  };
}

/** One request to the messages route. Rejects when the connection is lost. */
export function post(
  url: string,
  body: unknown,
  options: { number?: string; token?: string | undefined; signal?: AbortSignal } = {},
): Promise<Response> {
  const { number = '1065', signal } = options;
  const token = 'token' in options ? options.token : 'any';
  return fetch(`${url}/v23.0/${number}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal !== undefined && { signal }),
  });
}

/** Asks another route, and insists on a 200. */
export async function ask<T>(url: string, route: string, body?: unknown): Promise<T> {
  const [method = '', path = ''] = route.split(' ');
  const response = await fetch(`${url}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.status !== 200) throw new Error(`${route}: HTTP ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export interface Receiver {
  readonly url: string;
  readonly received: { readonly body: string; readonly headers: IncomingHttpHeaders }[];
  /** Statuses to answer with, one after the other; then 200. */
  readonly answers: number[];
}

/** An endpoint for status callbacks. */
export async function startReceiver(onReceived?: () => void): Promise<Receiver> {
  const received: Receiver['received'] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answers.shift() ?? 200;
      if (status === 200) received.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
      onReceived?.();
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`, received, answers };
}

/** Repeats a look until it finds something. */
export async function until<T>(look: () => T | Promise<T>, timeoutMs = 10_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for: ${look}`);
    await pause(10);
  }
}
