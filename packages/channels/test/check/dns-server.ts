/** A name server with the records that the test gives it; every other name does not exist. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode } from 'dns-packet';

export interface Records {
  /** Preference and exchange; `.` is the null MX. */
  readonly mx?: readonly (readonly [number, string])[];
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  /** An error instead, or no answer at all. */
  readonly fails?: 'SERVFAIL' | 'silence';
}

export interface DnsServer {
  readonly port: number;
  /** Such as `MX town.example`, in order of arrival. */
  readonly questions: string[];
  readonly records: Record<string, Records>;
  close(): void;
}

const SERVFAIL = 2;
const NXDOMAIN = 3;

/** Starts on a free port. The records may be changed while it runs. */
export async function startDnsServer(records: Record<string, Records>): Promise<DnsServer> {
  const questions: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const { id = 0, questions: asked = [] } = decode(message);
    const question = asked[0];
    if (question === undefined) return;
    const name = question.name.toLowerCase();
    questions.push(`${question.type} ${name}`);
    const known = records[name];
    if (known?.fails === 'silence') return;
    const common = { name, ttl: 60 };
    const answers =
      question.type === 'MX'
        ? (known?.mx ?? []).map(([preference, exchange]) => ({
            ...common,
            type: 'MX' as const,
            data: { preference, exchange },
          }))
        : question.type === 'A'
          ? (known?.a ?? []).map((data) => ({ ...common, type: 'A' as const, data }))
          : (known?.aaaa ?? []).map((data) => ({ ...common, type: 'AAAA' as const, data }));
    const rcode = known === undefined ? NXDOMAIN : known.fails === 'SERVFAIL' ? SERVFAIL : 0;
    socket.send(
      encode({ type: 'response', id, flags: rcode, questions: [question], answers }),
      from.port,
      from.address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, questions, records, close: () => socket.close() };
}
