/**
 * Commands of operators who stop everything, and who bring a restored database back: hold, unknown, restore. Each command
 * gets `{ db, options, positional, actor }` and returns what is printed; `db` is the package @carillon/db with its pool.
 */
import { readFileSync } from 'node:fs';

const idOf = (core, prefix, text, name, Usage) => {
  const id = text === undefined ? undefined : core.parseId(prefix, text);
  if (id === undefined) throw new Usage(`${name} needs an id such as ${prefix}_42`);
  return id;
};

/** Everything of `hold`, `unknown` and `restore`. `Usage` is the error for a wrong call; it is printed without a stack. */
export function holdCommands({ core, db, Usage }) {
  const present = (hold) => ({
    id: core.formatId('hld', hold.id),
    account: hold.accountId === null ? null : core.formatId('acc', hold.accountId),
    channel: hold.channel,
    reason: hold.reason,
    createdAt: new Date(hold.createdAtMs).toISOString(),
    createdBy: hold.createdBy,
  });
  const account = (options) =>
    options.account === undefined ? undefined : idOf(core, 'acc', options.account, '--account', Usage);

  return {
    'hold list': {
      summary: 'List the holds that stand',
      options: {},
      run: async ({ pool }) => ({ items: (await db.listHolds(pool, undefined)).map(present) }),
    },
    'hold place': {
      summary: 'Stop all sending: of everything, of --account, of --channel',
      options: {
        account: 'Only this account, such as acc_1',
        channel: 'Only this channel, such as whatsapp',
        reason: 'Why, for whoever finds the hold (required)',
      },
      async run({ pool, options, actor }) {
        if (!options.reason) throw new Usage('--reason is missing: say why, for whoever finds the hold');
        const accountId = account(options) ?? null;
        const wanted = { accountId, channel: options.channel ?? null, reason: options.reason };
        const { hold, isNew } = await db.placeHold(pool, wanted, { actor, auditAccountId: undefined });
        return { ...present(hold), isNew };
      },
    },
    'hold release': {
      summary: 'Release a hold: hold release hld_3',
      options: { force: 'Release although a restored database is not settled yet' },
      async run({ pool, options, positional, actor }) {
        const id = idOf(core, 'hld', positional[0], 'hold release', Usage);
        const wanted = { id, accountId: undefined, evenIfUnsettled: options.force !== undefined };
        const result = await db.releaseHold(pool, wanted, { actor, auditAccountId: undefined });
        if (result.kind === 'not_found') throw new Usage(`there is no hold hld_${id}; see: hold list`);
        if (result.kind === 'unsettled') {
          throw new Usage('the database was restored and is not settled yet: run "restore settle" first (or --force)');
        }
        return { released: core.formatId('hld', id) };
      },
    },
    'unknown settle': {
      summary: 'Settle unknown outcomes of an account by what is known about them',
      options: {
        account: 'The account, such as acc_1 (required)',
        as: 'sent, failed or resend (required)',
        run: 'Only of this run',
        job: 'Only of this job',
        channel: 'Only of this channel',
        code: 'Only with this code, such as restored',
        'addresses-file': 'Only to the addresses in this file, one a line',
        note: 'How it is known, for the audit trail',
        'dry-run': 'Only count them',
      },
      async run({ pool, options, actor }) {
        const accountId = account(options);
        if (accountId === undefined) throw new Usage('--account is missing');
        if (!db.SETTLED_AS.includes(options.as)) throw new Usage(`--as must be one of ${db.SETTLED_AS.join(', ')}`);
        const file = options['addresses-file'];
        const addresses = file === undefined ? [undefined] : chunks(readAddresses(file, Usage));
        const total = { found: 0, settled: 0 };
        for (const some of addresses) {
          const result = await db.settleUnknownsByHand(pool, {
            accountId,
            as: options.as,
            filter: {
              runId: options.run === undefined ? undefined : idOf(core, 'run', options.run, '--run', Usage),
              jobId: options.job === undefined ? undefined : idOf(core, 'job', options.job, '--job', Usage),
              channel: options.channel,
              code: options.code,
              addresses: some,
            },
            dryRun: options['dry-run'] !== undefined,
            note: options.note,
            actor,
          });
          total.found += result.found;
          total.settled += result.settled;
        }
        return total;
      },
    },
    'restore settle': {
      summary: 'After a restore: mark what was due since the backup as unknown; sending must be held',
      options: {},
      async run({ pool }) {
        const result = await db.settleRestored(pool);
        if (result.kind === 'not_held') {
          throw new Usage('nothing is held: start the services with CARILLON_HOLD=1, or use "hold place", first');
        }
        return { ...result, until: new Date(result.untilMs).toISOString() };
      },
    },
  };
}

function readAddresses(file, Usage) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Usage(`--addresses-file ${file} cannot be read: ${cause.message}`);
  }
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^\+(?=\d+$)/, ''))
    .filter(Boolean);
}

function chunks(list, size = 10_000) {
  const parts = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}
